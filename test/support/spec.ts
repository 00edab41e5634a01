// A kernel's specification as data: what goes in, what comes out, an obvious float64 reference, and how far from it the kernel may
// be. `test/kernels/battery.test.ts` runs every `*.spec.ts` beside it; `bench/` times the same kernels on the same inputs.
import type { Random } from "../../src/random.ts";
import { purpose, random } from "../../src/random.ts";
import type { KernelName } from "../../src/wasm/abi.ts";
import type { Tolerance } from "./close.ts";
import type { Buffer } from "./kernels.ts";

/** An elementwise kernel sees one row of n columns. */
export interface Sizes {
  readonly rows: number;
  readonly cols: number;
}

/** A buffer holds rows × cols values, or one for each row. */
export type Shape = "matrix" | "rows";

export interface Input {
  readonly shape: Shape;
  readonly type: "f32" | "i32";
  /** NaN and infinities never come here: they are refused before. */
  readonly finite?: boolean;
  /** One row of values (or the one value of a row), drawn from the domain. */
  draw(source: Random, cols: number): number[];
}

export type Values = Readonly<Record<string, readonly number[]>>;

export interface Grad {
  readonly kernel: KernelName;
  /** The input that the gradient is for, and the output that it comes through. */
  readonly of: string;
  readonly through: string;
  /** What the kernel reads besides the output's gradient: inputs and outputs of the forward kernel, in its order. */
  readonly from: readonly string[];
  readonly tolerance: Tolerance;
  /** The gradient may be written over this one: "d…" of the output, or one of `from`. */
  readonly inPlace?: readonly string[];
}

/** The kernel's arguments are its outputs, inputs, sizes and parameters, in the order they have here. */
export interface KernelSpec {
  readonly kernel: KernelName;
  readonly sizes: "n" | "rows, cols";
  readonly outputs: Readonly<Record<string, Shape>>;
  readonly inputs: Readonly<Record<string, Input>>;
  /** Sets of trailing scalars, each run in turn; kernel and reference get them as f32. */
  readonly params?: readonly (readonly number[])[];
  reference(inputs: Values, sizes: Sizes, params: readonly number[]): Values;
  readonly tolerance: Tolerance;
  /** Pairs of an output and the input it may overwrite. */
  readonly inPlace?: readonly (readonly [output: string, input: string])[];
  readonly grad?: Grad;
}

/** Uniform reals, at least a thousandth away from each of `kinks`. */
export function reals(low: number, high: number, kinks: readonly number[] = []): Input {
  const one = (source: Random): number => {
    for (;;) {
      const x = Math.fround(low + (high - low) * source.uniform());
      if (kinks.every((k) => Math.abs(x - k) > 1e-3)) return x;
    }
  };
  return { shape: "matrix", type: "f32", draw: (source, cols) => Array.from({ length: cols }, () => one(source)) };
}

/** Rows of positive reals that sum to about 1. */
export function distributions(): Input {
  return {
    shape: "matrix",
    type: "f32",
    draw(source, cols) {
      const parts = Array.from({ length: cols }, () => 0.05 + source.uniform());
      const sum = parts.reduce((a, b) => a + b);
      return parts.map((p) => Math.fround(p / sum));
    },
  };
}

/** One class number for each row. */
export function labels(): Input {
  return { shape: "rows", type: "i32", draw: (source, cols) => [source.integer(cols)] };
}

/** Inputs of the given sizes, the same on every call. */
export function drawInputs(inputs: Readonly<Record<string, Input>>, { rows, cols }: Sizes): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input], stream) => {
      const source = random(20, purpose.data, stream);
      return [name, Array.from({ length: rows }, () => input.draw(source, cols)).flat()];
    }),
  );
}

export const lengthOf = (shape: Shape, { rows, cols }: Sizes): number => (shape === "rows" ? rows : rows * cols);

export const sizesOf = (spec: KernelSpec, { rows, cols }: Sizes): number[] => (spec.sizes === "n" ? [rows * cols] : [rows, cols]);

export const toBuffer = (values: readonly number[], type: "f32" | "i32"): Buffer =>
  type === "i32" ? Int32Array.from(values) : Float32Array.from(values);

/** A reference for whole buffers, from one for a single row; "rows" inputs come as lists of one. */
export function byRow<In extends string>(
  row: (inputs: Readonly<Record<In, readonly number[]>>, params: readonly number[]) => Values,
): KernelSpec["reference"] {
  return (inputs, { rows }, params) => {
    const all: Record<string, number[]> = {};
    for (let r = 0; r < rows; r++) {
      const mine = Object.fromEntries(
        Object.entries(inputs).map(([name, values]) => [name, values.slice((r * values.length) / rows, ((r + 1) * values.length) / rows)]),
      );
      for (const [name, values] of Object.entries(row(mine as Record<In, number[]>, params))) all[name] = [...(all[name] ?? []), ...values];
    }
    return all;
  };
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

/** Keras's clip of probabilities, whose bounds are f32. */
export const clip = (p: number): number => Math.min(Math.max(p, Math.fround(1e-7)), Math.fround(1 - 1e-7));

interface Elementwise {
  readonly kernel: KernelName;
  readonly reference: (x: number, ...params: readonly number[]) => number;
  readonly params?: readonly (readonly number[])[];
  readonly domain: readonly [number, number];
  readonly kinks?: readonly number[];
  readonly tolerance: Tolerance;
  readonly grad?: { readonly kernel: KernelName; readonly from: "x" | "y"; readonly tolerance: Tolerance };
}

/** y[i] = f(x[i]), and dx[i] from dy[i] and either x[i] or y[i]. */
export function elementwise({ kernel, reference, params, domain, kinks, tolerance, grad }: Elementwise): KernelSpec {
  return {
    kernel,
    sizes: "n",
    outputs: { y: "matrix" },
    inputs: { x: reals(domain[0], domain[1], kinks) },
    ...(params && { params }),
    reference: ({ x = [] }, _, p) => ({ y: x.map((v) => reference(v, ...p)) }),
    tolerance,
    inPlace: [["y", "x"]],
    ...(grad && { grad: { kernel: grad.kernel, of: "x", through: "y", from: [grad.from], tolerance: grad.tolerance, inPlace: ["dy"] } }),
  };
}
