// jax-js on its WebAssembly backend, which has one thread in Node. Operations are lazy: a product is awaited with `blockUntilReady`,
// which computes and reads nothing; a step reads its loss with `dataSync`, which computes the whole of the jitted step and, of
// all ways tried (awaiting everything, the loss only, or only the last of sixteen steps), was the fastest. There is no optimizer in
// the package, so Adam is written here.
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { type Contender, repeated } from "./contender.ts";
import { BATCH, CLASSES, type Digits, INPUTS, RATE, ROWS, STEPS_CHECKED, UNITS, type Weights } from "./digits.ts";
import type { Product } from "./product.ts";

type Parameters = { [K in keyof Weights<unknown>]: np.Array };

async function use(): Promise<void> {
  if (!(await init("wasm")).includes("wasm")) throw new Error("jax-js has no wasm backend here");
  defaultDevice("wasm");
}

const zeros = (): Parameters => ({
  w1: np.zeros([INPUTS, UNITS]),
  b1: np.zeros([UNITS]),
  w2: np.zeros([UNITS, CLASSES]),
  b2: np.zeros([CLASSES]),
});

export async function jaxProduct({ m, k, n, a, b }: Product, check: (peer: string, c: Float32Array) => void): Promise<Contender> {
  await use();
  const x = np.array(a, { shape: [m, k] });
  const w = np.array(b, { shape: [k, n] });
  const multiply = jit((left: np.Array, right: np.Array) => np.matmul(left, right));
  check("jax-js", (await multiply(x.ref, w.ref).data()) as Float32Array);
  const sample = await repeated(async () => {
    const c = multiply(x.ref, w.ref);
    await c.blockUntilReady();
    c.dispose();
  });
  return {
    peer: "jax-js",
    sample,
    close() {
      multiply.dispose();
      x.dispose();
      w.dispose();
    },
  };
}

function lossOf({ w1, b1, w2, b2 }: Parameters, x: np.Array, y: np.Array): np.Array {
  const h = nn.relu(np.matmul(x, w1).add(b1));
  const z = np.matmul(h, w2).add(b2);
  return nn
    .logSoftmax(z)
    .mul(y)
    .sum()
    .mul(-1 / BATCH);
}

/** One step on the rows that `index` names; `rate` is the learning rate with both corrections for zero moments. */
function step(
  p: Parameters,
  m: Parameters,
  v: Parameters,
  rate: np.Array,
  xs: np.Array,
  ys: np.Array,
  index: np.Array,
): [loss: np.Array, p: Parameters, m: Parameters, v: Parameters] {
  const x = np.take(xs, index.ref, 0);
  const y = np.take(ys, index, 0);
  const [loss, d] = valueAndGrad(lossOf)(tree.ref(p), x, y);
  const [nextP, nextM, nextV] = [{ ...p }, { ...m }, { ...v }];
  for (const key of ["w1", "b1", "w2", "b2"] as const) {
    nextM[key] = m[key].mul(0.9).add(d[key].ref.mul(0.1));
    nextV[key] = v[key].mul(0.999).add(d[key].ref.mul(d[key]).mul(0.001));
    nextP[key] = p[key].sub(nextM[key].ref.mul(rate.ref).div(np.sqrt(nextV[key].ref).add(1e-7)));
  }
  rate.dispose();
  return [loss, nextP, nextM, nextV];
}

export async function jaxStep(task: Digits, check: (peer: string, losses: readonly number[]) => void): Promise<Contender> {
  await use();
  const xs = np.array(task.pixels, { shape: [ROWS, INPUTS] });
  const ys = nn.oneHot(np.array(task.labels), CLASSES);
  const { w1, b1, w2, b2 } = task.weights;
  let p: Parameters = {
    w1: np.array(w1, { shape: [INPUTS, UNITS] }),
    b1: np.array(b1),
    w2: np.array(w2, { shape: [UNITS, CLASSES] }),
    b2: np.array(b2),
  };
  let [m, v] = [zeros(), zeros()];
  await blockUntilReady([xs, ys]);
  const jitted = jit(step);
  let t = 0;
  const advance = (stride: number): number => {
    const index = Int32Array.from({ length: BATCH }, (_, i) => (t * BATCH + i * stride) % ROWS);
    t++;
    const rate = np.array((RATE * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t));
    let loss: np.Array;
    [loss, p, m, v] = jitted(p, m, v, rate, xs.ref, ys.ref, np.array(index));
    return loss.dataSync()[0] as number;
  };
  const peer = "jax-js, jitted step";
  check(
    peer,
    Array.from({ length: STEPS_CHECKED }, () => advance(1)),
  );
  const sample = await repeated(() => {
    advance(37);
  });
  return {
    peer,
    sample,
    close() {
      jitted.dispose();
      tree.dispose([p, m, v, xs, ys]);
    },
  };
}
