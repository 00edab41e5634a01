import { describe, expect, test } from "vitest";
import { gemmScratch } from "../../src/graph/gemm.ts";
import type { Executor } from "../../src/wasm/abi.ts";
import { golden, noGolden } from "../support/golden.ts";
import { error, executors, sheet, sizes, uniform } from "../support/memory.ts";

type Order = "nn" | "nt" | "tn";
const { fround } = Math;

interface Fused {
  readonly bias?: ArrayLike<number>;
  readonly activation?: number;
  readonly slope?: number;
}

function product(
  executor: Executor,
  order: Order,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  m: number,
  n: number,
  k: number,
  fused: Fused = {},
): Float32Array {
  const page = sheet(executor);
  const [c, x, y, scratch] = [page.room(m * n), page.f32(a), page.f32(b), page.room(gemmScratch(m, n, k))];
  const bias = fused.bias === undefined ? 0 : page.f32(fused.bias);
  if (order === "nn") executor.call("gemm_nn_f32", c, x, y, bias, scratch, m, n, k, fused.activation ?? 0, fused.slope ?? 0);
  else if (order === "nt") executor.call("gemm_nt_f32", c, x, y, scratch, m, n, k);
  else executor.call("gemm_tn_f32", c, x, y, scratch, m, n, k, m);
  expect(page.guardsHold()).toBe(true);
  return page.readF32(c, m * n);
}

/** One chain over ascending k from 0, whose step is `madd`. */
function chain(
  order: Order,
  a: Float32Array,
  b: Float32Array,
  m: number,
  n: number,
  k: number,
  madd: (a: number, b: number, c: number) => number,
): Float32Array {
  const c = new Float32Array(m * n);
  const [aRow, aStep] = order === "tn" ? [1, m] : [k, 1];
  const [bColumn, bStep] = order === "nt" ? [k, 1] : [1, n];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let s = 0; s < k; s++) sum = madd(a[i * aRow + s * aStep] as number, b[j * bColumn + s * bStep] as number, sum);
      c[i * n + j] = sum;
    }
  }
  return c;
}

const exact = (a: number, b: number, c: number): number => a * b + c;
const split = (a: number, b: number, c: number): number => fround(fround(a * b) + c);
const fused = (a: number, b: number, c: number): number => fround(a * b + c);

/** What each build may answer: relaxed SIMD fuses where the machine does, and then everywhere. */
function oracles(build: string, ...args: [Order, Float32Array, Float32Array, number, number, number]): Float32Array[] {
  if (build === "js") return [chain(...args, exact)];
  if (build === "simd") return [chain(...args, split)];
  return [chain(...args, fused), chain(...args, split)];
}

const same = (x: Float32Array, y: Float32Array): boolean => x.every((v, i) => Object.is(v, y[i]));

function holds(executor: Executor, order: Order, m: number, n: number, k: number): boolean {
  const a = uniform(m * k, m + 1000 * k);
  const b = uniform(n * k, n + 1000 * k + 1);
  const c = product(executor, order, a, b, m, n, k);
  return oracles(executor.build, order, a, b, m, n, k).some((oracle) => same(c, oracle));
}

const activations: [number, (x: number, slope: number) => number][] = [
  [0, (x) => x],
  [1, (x) => Math.max(x, 0)],
  [2, (x, slope) => (x > 0 ? x : slope * x)],
  [3, (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x))],
  [4, (x) => 1 / (1 + Math.exp(-x))],
  [5, (x) => Math.tanh(x)],
  [6, (x) => Math.min(Math.max(x / 6 + 0.5, 0), 1)],
];

describe.each(executors)("$build products", (executor) => {
  test.each<Order>(["nn", "nt", "tn"])("%s is one chain over k in every output, for every small shape", (order) => {
    for (const m of sizes)
      for (const n of sizes) for (const k of sizes) expect(holds(executor, order, m, n, k), `${m} x ${n} x ${k}`).toBe(true);
  });

  test.each<Order>(["nn", "nt", "tn"])("%s is the same chain across blocks of m, n and k, packed and unpacked", (order) => {
    for (const [m, n, k] of [
      [130, 7, 400],
      [49, 17, 785],
      [5, 520, 393],
      [1, 600, 1200],
      [2, 1024, 3],
      [512, 9, 5],
      [121, 9, 70],
      [32, 10, 784],
    ] as const) {
      expect(holds(executor, order, m, n, k), `${m} x ${n} x ${k}`).toBe(true);
    }
  });

  test("the bias is added after the sum, then the activation is applied", () => {
    for (const [m, n, k] of [
      [1, 1, 3],
      [1, 21, 19],
      [7, 3, 5],
      [13, 12, 9],
      [6, 31, 400],
    ] as const) {
      const [a, b, bias] = [uniform(m * k, 1), uniform(n * k, 2), uniform(n, 3)];
      const plain = product(executor, "nn", a, b, m, n, k);
      for (const [activation, reference] of activations) {
        const expected = plain.map((v, i) => reference(fround(v + (bias[i % n] as number)), 0.25));
        const y = product(executor, "nn", a, b, m, n, k, { bias, activation, slope: 0.25 });
        if (activation < 3) expect(same(y, expected)).toBe(true);
        else expect(error(y, expected)).toBeLessThan(6e-7);
        const unbiased = product(executor, "nn", a, b, m, n, k, { activation, slope: 0.25 });
        expect(
          error(
            unbiased,
            plain.map((v) => reference(v, 0.25)),
          ),
        ).toBeLessThan(6e-7);
      }
    }
  });

  test("NaN and Infinity reach exactly the outputs that they belong to", () => {
    const a = uniform(7 * 5, 1);
    a[2 * 5 + 3] = Number.NaN;
    a[4 * 5] = Number.POSITIVE_INFINITY;
    const c = product(executor, "nn", a, uniform(5 * 11, 2, 0.5, 1), 7, 11, 5, { activation: 1 });
    c.forEach((v, i) => {
      const row = Math.floor(i / 11);
      expect(row === 2 ? Number.isNaN(v) : row === 4 ? v === Number.POSITIVE_INFINITY : Number.isFinite(v)).toBe(true);
    });
  });

  interface Array2 {
    readonly shape: readonly number[];
    readonly data: readonly number[];
  }
  interface Case {
    readonly id: string;
    readonly params: { readonly transposeA?: boolean; readonly transposeB?: boolean; readonly activation?: string | null };
    readonly inputs: { readonly a: Array2; readonly b: Array2; readonly x: Array2; readonly W: Array2 };
    readonly outputs: { readonly y: Array2 };
    readonly dy: { readonly y: Array2 };
    readonly grads: { readonly a: Array2; readonly b: Array2; readonly x: Array2; readonly W: Array2 };
    readonly noise: number;
    readonly gradNoise: number;
  }
  const tolerance = (noise: number): number => Math.max(1e-6, 8 * noise);

  test.skipIf(noGolden)("products and their gradients are PyTorch's", () => {
    const cases = (golden<Case>("matmul") ?? []).filter((c) => c.id.startsWith("matmul") && !(c.params.transposeA && c.params.transposeB));
    expect(cases.length).toBeGreaterThan(20);
    for (const { id, params, inputs, outputs, dy, grads, noise, gradNoise } of cases) {
      const order: Order = params.transposeA ? "tn" : params.transposeB ? "nt" : "nn";
      const [m, n] = outputs.y.shape as [number, number];
      const k = inputs.a.shape[params.transposeA ? 0 : 1] as number;
      const [a, b, g] = [inputs.a.data, inputs.b.data, dy.y.data];
      expect(error(product(executor, order, a, b, m, n, k), outputs.y.data), id).toBeLessThan(tolerance(noise));
      const da = order === "tn" ? product(executor, "nt", b, g, k, m, n) : product(executor, order === "nt" ? "nn" : "nt", g, b, m, k, n);
      const db = order === "nt" ? product(executor, "tn", g, a, n, k, m) : product(executor, order === "tn" ? "nn" : "tn", a, g, k, n, m);
      expect(error(da, grads.a.data), `${id} da`).toBeLessThan(tolerance(gradNoise));
      expect(error(db, grads.b.data), `${id} db`).toBeLessThan(tolerance(gradNoise));
    }
  });

  test.skipIf(noGolden)("dense layers are PyTorch's", () => {
    const codes: Readonly<Record<string, number>> = { relu: 1, elu: 3, sigmoid: 4, tanh: 5 };
    const cases = (golden<Case>("dense") ?? []).filter(({ params: { activation } }) => activation == null || activation in codes);
    expect(cases.length).toBeGreaterThan(8);
    for (const { id, params, inputs, outputs, noise } of cases) {
      const [n, k] = inputs.W.shape as [number, number];
      const m = inputs.x.data.length / k;
      const w = Array.from({ length: k * n }, (_, i) => inputs.W.data[(i % n) * k + Math.floor(i / n)] as number);
      const bias = (inputs.b as Array2 | undefined)?.data;
      const y = product(executor, "nn", inputs.x.data, w, m, n, k, {
        ...(bias && { bias }),
        activation: codes[params.activation ?? ""] ?? 0,
        slope: 1,
      });
      expect(error(y, outputs.y.data), id).toBeLessThan(tolerance(noise));
    }
  });
});
