// How much of a batch is predicted right, counted while training.
import type { Buffer, Emit } from "../graph/emit.ts";
import { type Loss, resolveLoss } from "./losses/index.ts";
import type { Target } from "./losses/target.ts";

type HitsKernel = "count_correct_f32" | "count_correct_dense_f32" | "count_correct_binary_f32";

/** The kernel that counts, where the target is a class. */
export function hitsKernel(loss: Loss, target: Target, width: number): HitsKernel | undefined {
  switch (resolveLoss(loss).kind) {
    case "sparseCategoricalCrossentropy":
      return "count_correct_f32";
    case "categoricalCrossentropy":
      return "count_correct_dense_f32";
    case "binaryCrossentropy":
      if (target.kind === "values") return undefined;
      return width === 1 ? "count_correct_binary_f32" : "count_correct_dense_f32";
    default:
      return undefined;
  }
}

interface Judged {
  /** [count, width] */
  readonly output: Buffer;
  readonly target: Buffer;
  /** [count]: 1 where a prediction counts, else 0. */
  readonly mask: Buffer | undefined;
  readonly count: number;
  readonly width: number;
}

/** Writes how many are right, and of how many. */
export function emitHits(emit: Emit, kernel: HitsKernel, { output, target, mask, count, width }: Judged, hits: Buffer, of: Buffer): void {
  let each = emit.buffer(count, "hits");
  emit.call(kernel, each, output, target, count, width);
  if (mask !== undefined) {
    const real = emit.buffer(count, "real hits");
    emit.call("multiply_f32", real, each, mask, count);
    each = real;
  }
  emit.call("fill_f32", hits, 1, 0);
  emit.call("accumulate_f32", hits, each, count);
  emit.call("fill_f32", of, 1, mask === undefined ? count : 0);
  if (mask !== undefined) emit.call("accumulate_f32", of, mask, count);
}
