// Where batches come from: all rows lie in the executor's memory as they were read (images as bytes), and a batch is a gather with the
// fitted map applied, then augmentation while training. One gather serves training, evaluation and prediction.
import { type NumericColumn, size } from "../data/table.ts";
import type { Buffer, Emit } from "../graph/emit.ts";
import type { Target } from "../nn/losses/target.ts";
import type { Feed, NetworkMemory } from "../nn/network.ts";
import type { Affine } from "../stages/stage.ts";
import type { Augmenter } from "./augment.ts";
import type { WordAugmenter } from "./augmentWords.ts";

export interface FeedSpec {
  /** Of one row. */
  readonly shape: readonly number[];
  readonly type: "u8" | "i32" | "f32";
  readonly target: Target;
  readonly affine: Affine;
  /** Rows that fit into memory at once. */
  readonly capacity: number;
  readonly largestBatch: number;
  readonly augmenter?: Augmenter;
  /** Where rows are word numbers: `type` is "i32" then. */
  readonly wordAugmenter?: WordAugmenter;
  /** What a row of each class counts for in the loss. */
  readonly classWeights?: readonly number[];
}

export interface BatchFeed extends Feed {
  /** Puts rows at position `start`; targets may be absent where only predictions are wanted. */
  load(start: number, input: NumericColumn, target?: NumericColumn): void;
  /** The next batch is made of these rows; `step` is the training step, or undefined where nothing is augmented. */
  point(rows: Uint32Array, step?: number): void;
}

const bytesOf = { u8: 1, i32: 4, f32: 4 } as const;

export const columnType = (column: NumericColumn): FeedSpec["type"] =>
  column.data instanceof Uint8Array ? "u8" : column.data instanceof Float32Array ? "f32" : "i32";

export function createFeed({ arena }: NetworkMemory, spec: FeedSpec): BatchFeed {
  const { executor } = arena;
  const width = size(spec.shape);
  const targetWidth = spec.target.kind === "labels" ? (spec.target.steps ?? 1) : size(spec.target.shape);
  const data = arena.allocate(spec.capacity * width * bytesOf[spec.type], "rows");
  const targets = arena.allocate(spec.capacity * targetWidth * 4, "targets");
  const indices = arena.allocate(spec.largestBatch * 4, "indices");
  const constants = (values: readonly number[], label: string): Buffer => {
    const buffer = arena.allocate(values.length * 4, label);
    executor.views.f32.set(values, (buffer.address as number) >>> 2);
    return buffer;
  };
  const scale = constants(spec.affine.scale, "scale");
  const shift = constants(spec.affine.shift, "shift");
  const one = constants([1], "one");
  const zero = constants([0], "zero");
  const perFeature = spec.affine.scale.length > 1 ? 1 : 0;
  const classes = spec.target.kind === "labels" ? spec.target.classes : 0;
  const classWeights = spec.classWeights && constants(spec.classWeights, "class weights");
  let oneHot: Buffer | undefined;

  const labels = (emit: Emit, rows: number): Buffer => {
    const y = emit.buffer(rows * targetWidth, "labels");
    emit.call("gather_i32", y, targets, indices, rows, targetWidth);
    return y;
  };

  return {
    inputShape: spec.shape,
    target: spec.target,
    emitInput(emit, rows, training) {
      const x = emit.buffer(rows * width, "input");
      const gather = spec.type === "u8" ? "gather_u8_f32" : spec.type === "i32" ? "gather_i32_f32" : "gather_f32";
      const words = training ? spec.wordAugmenter : undefined;
      emit.call(gather, x, words?.rows ?? data, words?.order ?? indices, rows, width, scale, shift, perFeature);
      return training && spec.augmenter !== undefined ? spec.augmenter.emit(emit, x, rows) : x;
    },
    emitTarget(emit, rows, as) {
      if (as === "labels") return labels(emit, rows);
      if (spec.target.kind === "values" || as.width === 1) {
        const gather = spec.target.kind === "values" ? "gather_f32" : "gather_i32_f32";
        const y = emit.buffer(rows * targetWidth, "target");
        emit.call(gather, y, targets, indices, rows, targetWidth, one, zero, 0);
        return y;
      }
      const y = emit.buffer(rows * targetWidth * classes, "target");
      oneHot ??= constants(identityMatrix(classes), "one-hot");
      emit.call("gather_f32", y, oneHot, labels(emit, rows), rows * targetWidth, classes, one, zero, 0);
      return y;
    },
    emitRowWeights(emit, rows) {
      if (classWeights === undefined) return undefined;
      const weights = emit.buffer(rows * targetWidth, "class weights");
      emit.call("gather_f32", weights, classWeights, labels(emit, rows), rows * targetWidth, 1, one, zero, 0);
      return weights;
    },
    load(start, input, target) {
      const { u8, i32, f32 } = executor.views;
      const address = (data.address as number) + start * width * bytesOf[spec.type];
      if (spec.type === "u8") u8.set(input.data, address);
      else (spec.type === "i32" ? i32 : f32).set(input.data, address >>> 2);
      if (target === undefined) return;
      const at = ((targets.address as number) >>> 2) + start * targetWidth;
      (spec.target.kind === "labels" ? i32 : f32).set(target.data, at);
    },
    point(rows, step) {
      executor.views.u32.set(rows, (indices.address as number) >>> 2);
      if (step === undefined) return;
      spec.augmenter?.draw(rows, step);
      spec.wordAugmenter?.draw(data, rows, step);
    },
  };
}

function identityMatrix(n: number): number[] {
  return Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}
