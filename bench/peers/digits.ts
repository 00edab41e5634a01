// The training task: 784 → 128 relu → 10 softmax, cross-entropy, Adam (rate 0.001, betas 0.9 and 0.999, epsilon 1e-7), batches of 32
// drawn digits. A float64 model says what the losses of the first steps must be.
import { strokes, strokesKind } from "../../dist/data/strokes.js";
import { purpose, random } from "../../dist/random.js";

export const [INPUTS, UNITS, CLASSES, BATCH] = [784, 128, 10, 32];
export const ROWS = 4096;
export const RATE = 0.001;
export const STEPS_CHECKED = 6;
const TOLERANCE = 1e-4;

export interface Weights<A> {
  readonly w1: A;
  readonly b1: A;
  readonly w2: A;
  readonly b2: A;
}

export interface Digits {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The bytes as 0 … 1, for peers that keep floats. */
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
  readonly weights: Weights<Float32Array<ArrayBuffer>>;
}

const needless = (): Promise<never> => Promise.reject(new Error("digits are drawn, not read"));

export async function digits(): Promise<Digits> {
  const table = await strokesKind.load(strokes({ rows: ROWS, test: 0 }), {
    signal: new AbortController().signal,
    seed: 0,
    file: needless,
    read: needless,
    list: needless,
    progress() {},
    warn() {},
  });
  const column = (name: string) => table.columns[name] as { readonly data: ArrayLike<number> };
  const bytes = Uint8Array.from(column("image").data);
  const source = random(7, purpose.init);
  const uniform = (length: number, limit: number) => Float32Array.from({ length }, () => (2 * source.uniform() - 1) * limit);
  return {
    bytes,
    pixels: Float32Array.from(bytes, (byte) => byte / 255),
    labels: Int32Array.from(column("label").data),
    weights: {
      w1: uniform(INPUTS * UNITS, Math.sqrt(6 / (INPUTS + UNITS))),
      b1: new Float32Array(UNITS),
      w2: uniform(UNITS * CLASSES, Math.sqrt(6 / (UNITS + CLASSES))),
      b2: new Float32Array(CLASSES),
    },
  };
}

/**
 * Throws where the losses of the first steps, rows in order, are not those of the float64 model within 1e-4. Adam's epsilon is added
 * before the second moment is corrected for its start at zero, as Keras does it, or after, as the paper's first algorithm and tfjs do.
 */
export function lossCheck(task: Digits, epsilonAdded: "before" | "after"): (peer: string, losses: readonly number[]) => void {
  const exact = exactLosses(task, epsilonAdded);
  return (peer, losses) => {
    const off = exact.reduce((most, loss, i) => Math.max(most, Math.abs(loss - (losses[i] ?? Number.NaN)) / loss), 0);
    if (!(off <= TOLERANCE)) throw new Error(`${peer}: losses ${losses.join(", ")} are not ${exact.join(", ")}`);
  };
}

function exactLosses({ pixels, labels, weights }: Digits, epsilonAdded: "before" | "after"): number[] {
  const { w1, b1, w2, b2 } = weights;
  const parameters = [w1, b1, w2, b2].map((values) => Float64Array.from(values)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const moments = parameters.map((p) => ({ m: new Float64Array(p.length), v: new Float64Array(p.length) }));
  const losses: number[] = [];
  for (let t = 1; t <= STEPS_CHECKED; t++) {
    const { loss, gradients } = exactGradients(parameters, pixels, labels, (t - 1) * BATCH);
    losses.push(loss);
    const correction = Math.sqrt(1 - 0.999 ** t);
    const rate = (RATE * correction) / (1 - 0.9 ** t);
    const epsilon = epsilonAdded === "before" ? 1e-7 : 1e-7 * correction;
    parameters.forEach((p, i) => {
      const { m, v } = moments[i] as { m: Float64Array; v: Float64Array };
      const gradient = gradients[i] as Float64Array;
      for (let j = 0; j < p.length; j++) {
        const g = gradient[j] as number;
        m[j] = 0.9 * (m[j] as number) + 0.1 * g;
        v[j] = 0.999 * (v[j] as number) + 0.001 * g * g;
        (p[j] as number) -= (rate * (m[j] as number)) / (Math.sqrt(v[j] as number) + epsilon);
      }
    });
  }
  return losses;
}

function exactGradients(
  parameters: readonly [Float64Array, Float64Array, Float64Array, Float64Array],
  pixels: Float32Array,
  labels: Int32Array,
  first: number,
): { loss: number; gradients: Float64Array[] } {
  const [w1, b1, w2, b2] = parameters;
  const gradients = parameters.map((p) => new Float64Array(p.length));
  const [dw1, db1, dw2, db2] = gradients as [Float64Array, Float64Array, Float64Array, Float64Array];
  let loss = 0;
  for (let row = first; row < first + BATCH; row++) {
    const x = pixels.subarray(row * INPUTS, (row + 1) * INPUTS);
    const h = affine(x, w1, b1).map((z) => Math.max(z, 0));
    const z = affine(h, w2, b2);
    const top = Math.max(...z);
    const sum = z.reduce((s, value) => s + Math.exp(value - top), 0);
    const label = labels[row] as number;
    loss += (Math.log(sum) + top - (z[label] as number)) / BATCH;
    const dz = z.map((value, j) => (Math.exp(value - top) / sum - (j === label ? 1 : 0)) / BATCH);
    const dh = h.map((value, i) => (value > 0 ? dz.reduce((s, d, j) => s + d * (w2[i * CLASSES + j] as number), 0) : 0));
    accumulate(dw2, db2, h, dz);
    accumulate(dw1, db1, x, dh);
  }
  return { loss, gradients };
}

/** x w + b for one row. */
function affine(x: ArrayLike<number>, w: Float64Array, b: Float64Array): Float64Array {
  const y = Float64Array.from(b);
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < y.length; j++) (y[j] as number) += (x[i] as number) * (w[i * y.length + j] as number);
  return y;
}

/** dw += xᵀ dy, db += dy for one row. */
function accumulate(dw: Float64Array, db: Float64Array, x: ArrayLike<number>, dy: Float64Array): void {
  for (let j = 0; j < dy.length; j++) (db[j] as number) += dy[j] as number;
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < dy.length; j++) (dw[i * dy.length + j] as number) += (x[i] as number) * (dy[j] as number);
}
