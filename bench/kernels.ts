// Every kernel on inputs of the size that a training step has. Elementwise and row-wise kernels come from the specifications that the
// tests run; the others are listed here.
import { readdirSync } from "node:fs";
import { gemmScratch } from "../src/graph/gemm.ts";
import { random } from "../src/random.ts";
import type { Executor, KernelArgs, KernelName } from "../src/wasm/abi.ts";
import { place } from "../test/support/kernels.ts";
import { drawInputs, type KernelSpec, lengthOf, sizesOf, toBuffer } from "../test/support/spec.ts";

export interface KernelCase {
  readonly name: string;
  /** Values read or written, for ns/element; or operations, for GFLOP/s. */
  readonly elements?: number;
  readonly flops?: number;
  /** What stands for plain JavaScript: the kernel's twin unless given; nothing where it would take seconds. */
  readonly rival?: "triple loop" | "none";
  prepare(executor: Executor): () => void;
}

const SIZES = { rows: 32, cols: 128 };

export async function kernelCases(): Promise<KernelCase[]> {
  const folder = new URL("../test/kernels/", import.meta.url);
  const specs: (KernelSpec | KernelSpec[])[] = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".spec.ts"))
    .sort()) {
    specs.push(((await import(new URL(file, folder).href)) as { default: KernelSpec | KernelSpec[] }).default);
  }
  return [...products(), ...specs.flat().flatMap(specCases), ...others(), ...sequences()];
}

function call(executor: Executor, kernel: KernelName, args: readonly number[]): () => void {
  return () => executor.call(kernel, ...(args as KernelArgs<number>[typeof kernel]));
}

function specCases(spec: KernelSpec): KernelCase[] {
  const params = spec.params?.[0] ?? [];
  const elements = SIZES.rows * SIZES.cols;
  const drawn = drawInputs(spec.inputs, SIZES);
  const inputs = Object.entries(spec.inputs).map(([name, input]) => toBuffer(drawn[name] as number[], input.type));
  const outputs = Object.values(spec.outputs).map((shape) => new Float32Array(lengthOf(shape, SIZES)));
  const forward: KernelCase = {
    name: spec.kernel,
    elements,
    prepare: (executor) => call(executor, spec.kernel, [...place(executor, [...outputs, ...inputs]), ...sizesOf(spec, SIZES), ...params]),
  };
  const { grad } = spec;
  if (grad === undefined) return [forward];
  const gradient: KernelCase = {
    name: grad.kernel,
    elements,
    prepare(executor) {
      const computed = spec.reference(drawn, SIZES, params);
      const read = grad.from.map((name) => toBuffer((drawn[name] ?? computed[name]) as number[], spec.inputs[name]?.type ?? "f32"));
      const dy = new Float32Array(lengthOf(spec.outputs[grad.through] ?? "matrix", SIZES)).fill(0.5);
      return call(executor, grad.kernel, [
        ...place(executor, [new Float32Array(elements), dy, ...read]),
        ...sizesOf(spec, SIZES),
        ...params,
      ]);
    },
  };
  return [forward, gradient];
}

function values(n: number, seed = 1): Float32Array {
  const source = random(seed, 99);
  return Float32Array.from({ length: n }, () => source.uniform() - 0.5);
}

/** The product that a user would write. `c`, `a` and `b` are n x n. */
export function tripleLoop(n: number): () => void {
  const [a, b, c] = [values(n * n), values(n * n, 2), new Float32Array(n * n)];
  return () => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += (a[i * n + k] as number) * (b[k * n + j] as number);
        c[i * n + j] = sum;
      }
    }
  };
}

/** The products of a training step of 784-128-10, of an evaluation, of one row, with few terms or columns, and squares. */
function products(): KernelCase[] {
  type Product = "gemm_nn_f32" | "gemm_nt_f32" | "gemm_tn_f32";
  const shapes: [kernel: Product, m: number, n: number, k: number, rival?: "triple loop" | "none"][] = [
    ["gemm_nn_f32", 32, 128, 784],
    ["gemm_tn_f32", 784, 128, 32],
    ["gemm_nn_f32", 32, 10, 128],
    ["gemm_tn_f32", 128, 10, 32],
    ["gemm_nt_f32", 32, 128, 10],
    ["gemm_nn_f32", 256, 128, 784],
    ["gemm_nn_f32", 1, 128, 784],
    ["gemm_nn_f32", 256, 1, 128],
    ["gemm_nn_f32", 256, 64, 3],
    ["gemm_nn_f32", 64, 64, 64],
    ["gemm_nn_f32", 192, 192, 192],
    ["gemm_nt_f32", 192, 192, 192],
    ["gemm_tn_f32", 192, 192, 192],
    ["gemm_nn_f32", 384, 384, 384],
    ["gemm_nn_f32", 768, 768, 768],
    ["gemm_nn_f32", 1536, 1536, 1536, "none"],
    ["gemm_nn_f32", 192, 192, 192, "triple loop"],
    ["gemm_nn_f32", 384, 384, 384, "triple loop"],
  ];
  return shapes.map(([kernel, m, n, k, rival]) => ({
    name: `${kernel} ${m}×${n}×${k}${rival === "triple loop" ? ", JavaScript as a triple loop" : ""}`,
    flops: 2 * m * n * k,
    ...(rival && { rival }),
    prepare(executor) {
      const [c, a, b, bias, scratch] = place(executor, [
        new Float32Array(m * n),
        values(m * k),
        values(k * n, 2),
        values(n, 3),
        new Float32Array(gemmScratch(m, n, k)),
      ]) as [number, number, number, number, number];
      if (kernel === "gemm_nn_f32") return call(executor, kernel, [c, a, b, bias, scratch, m, n, k, 1, 0]);
      return call(executor, kernel, kernel === "gemm_nt_f32" ? [c, a, b, scratch, m, n, k] : [c, a, b, scratch, m, n, k, m]);
    },
  }));
}

function kernel(
  name: KernelName,
  elements: number,
  arrays: readonly (Float32Array | Int32Array | Uint32Array | Uint8Array)[],
  rest: (places: readonly number[]) => readonly number[],
): KernelCase {
  return { name, elements, prepare: (executor) => call(executor, name, rest(place(executor, arrays))) };
}

const room = (n: number): Float32Array => new Float32Array(n);

/** A batch of 64 texts of 500 words out of 10,000, the rare ones rarer, half of them padding; 32 numbers a word. */
function sequences(): KernelCase[] {
  const [rows, steps, words, width] = [64, 500, 10_000, 32];
  const n = rows * steps;
  const source = random(1, 99);
  const ids = Float32Array.from({ length: n }, (_, i) => (i % steps < steps / 2 ? 0 : Math.floor(words ** source.uniform())));
  const mask = ids.map((id) => (id === 0 ? 0 : 1));
  const [x, pooled] = [values(n * width), values(rows * width)];
  return [
    kernel(
      "embedding_f32",
      n * width,
      [room(n * width), values(words * width), ids],
      ([y, t, i]) => [y, t, i, n, width, words] as number[],
    ),
    kernel("embedding_grad_f32", n * width, [room(words * width), x, ids], ([t, dy, i]) => [t, dy, i, n, width, words, width] as number[]),
    kernel("mean_steps_f32", n * width, [room(rows * width), x, mask], ([y, f, m]) => [y, f, m, rows, steps, width] as number[]),
    kernel("mean_steps_grad_f32", n * width, [room(n * width), pooled, mask], ([d, g, m]) => [d, g, m, rows, steps, width] as number[]),
    kernel(
      "max_steps_f32",
      n * width,
      [room(rows * width), new Int32Array(rows * width), x],
      ([y, a, f]) => [y, a, f, rows, steps, width] as number[],
    ),
    kernel(
      "max_steps_grad_f32",
      n * width,
      [room(n * width), pooled, new Int32Array(rows * width).fill(3)],
      ([d, g, a]) => [d, g, a, rows, steps, width] as number[],
    ),
    kernel("reverse_steps_f32", n * width, [room(n * width), x], ([y, f]) => [y, f, rows, steps, width] as number[]),
  ];
}

/** Sizes of a batch of 32 MNIST pictures, and of the weights of 784-128-10. */
function others(): KernelCase[] {
  const [rows, pixels, weights] = [32, 784, 101_776];
  const rng = Uint32Array.of(1, 2, 3);
  const indices = Int32Array.from({ length: rows }, (_, i) => (i * 29) % 100);
  const turn = [0.98, 0.17, -2, -0.17, 0.98, 3];
  const matrices = Float32Array.from({ length: rows * 6 }, (_, i) => turn[i % 6] as number);
  const w = values(weights);
  return [
    kernel(
      "sgd_f32",
      weights,
      [w, values(weights, 2), room(weights), Float32Array.of(1e-9, 0.9, 0, 0)],
      ([a, b, c, h]) => [a, b, c, weights, h] as number[],
    ),
    kernel(
      "rmsprop_f32",
      weights,
      [w, values(weights, 2), room(weights), Float32Array.of(1e-9, 0.9, 1e-7, 0, 0)],
      ([a, b, c, h]) => [a, b, c, 0, weights, h] as number[],
    ),
    kernel(
      "adam_f32",
      weights,
      [w, values(weights, 2), room(weights), room(weights), Float32Array.of(1e-9, 0.1, 0.001, 1e-7, 0)],
      ([a, b, c, d, h]) => [a, b, c, d, weights, h] as number[],
    ),
    kernel("clip_value_f32", weights, [w], ([g]) => [g, weights, 1] as number[]),
    kernel("clip_norm_f32", weights, [w], ([g]) => [g, weights, 1e9] as number[]),
    kernel("penalty_f32", weights, [room(1), room(weights), w], ([l, g, x]) => [l, g, x, weights, 1e-9, 1e-9] as number[]),
    kernel(
      "dropout_f32",
      rows * 128,
      [room(rows * 128), values(rows * 128), rng],
      ([y, x, r]) => [y, x, rows * 128, 0.2, 1, r, 0] as number[],
    ),
    kernel(
      "noise_f32",
      rows * pixels,
      [room(rows * pixels), values(rows * pixels), rng],
      ([y, x, r]) => [y, x, rows * pixels, 0.1, 1, r, 0] as number[],
    ),
    kernel(
      "gather_u8_f32",
      rows * pixels,
      [room(rows * pixels), new Uint8Array(100 * pixels).fill(7), indices, Float32Array.of(1 / 255), room(1)],
      ([y, x, i, s, t]) => [y, x, i, rows, pixels, s, t, 0] as number[],
    ),
    kernel(
      "gather_f32",
      rows * pixels,
      [room(rows * pixels), values(100 * pixels), indices, Float32Array.of(2), room(1)],
      ([y, x, i, s, t]) => [y, x, i, rows, pixels, s, t, 0] as number[],
    ),
    kernel(
      "warp_f32",
      rows * pixels,
      [room(rows * pixels), values(rows * pixels), matrices],
      ([y, x, m]) => [y, x, m, rows, 28, 28, 1, 0] as number[],
    ),
    kernel(
      "cutout_f32",
      rows * pixels,
      [room(rows * pixels), values(rows * pixels), new Int32Array(rows * 4).fill(6)],
      ([y, x, r]) => [y, x, r, rows, 28, 28, 1, 0] as number[],
    ),
    kernel("column_sum_f32", rows * 128, [room(128), values(rows * 128)], ([y, x]) => [y, x, rows, 128, 128] as number[]),
    kernel("copy_columns_f32", rows * 128, [room(rows * 200), values(rows * 128)], ([y, x]) => [y, x, rows, 128, 200, 128] as number[]),
  ];
}
