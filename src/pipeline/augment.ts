// Augmentation of training batches: the stages' draws for each row, and the kernels that carry them out. Neighbouring warps are merged
// into one resampling. A row's draws depend on the seed, the step and the row, not on its place in the batch; `noise` alone
// draws in its kernel, by place.
import type { Descriptor } from "../check.ts";
import { PipelineError } from "../errors.ts";
import type { Buffer, Emit } from "../graph/emit.ts";
import type { NetworkMemory } from "../nn/network.ts";
import { purpose, random } from "../random.ts";
import { augmentStages } from "../stages/index.ts";
import type { AugmentStage, Draw, ImageShape, Matrix } from "../stages/stage.ts";

export interface Augmenter {
  emit(emit: Emit, x: Buffer, rows: number): Buffer;
  /** Draws for the rows of the next batch. */
  draw(rows: Uint32Array, step: number): void;
}

interface Stage {
  readonly descriptor: Descriptor;
  readonly kind: AugmentStage<Descriptor>;
}

/** Stages that run as one: a merged warp, or one batch stage. */
interface Group {
  readonly warps: readonly Stage[];
  readonly batch?: Stage;
  /** Six f32 a row, or four i32. */
  readonly draws?: Buffer;
}

/** The pictures that rows of this shape are; a vector of n is 1 × n × 1. */
export function imageShape(shape: readonly number[]): ImageShape {
  const [a = 1, b, c] = shape;
  if (b === undefined) return { height: 1, width: a, channels: 1 };
  return { height: a, width: b, channels: c ?? 1 };
}

export function createAugmenter(
  memory: NetworkMemory,
  stages: readonly Descriptor[],
  shape: readonly number[],
  seed: number,
  largestBatch: number,
  fill: number,
): Augmenter | undefined {
  if (stages.length === 0) return undefined;
  const { arena, rng } = memory;
  const image = imageShape(shape);
  const groups = group(stages, shape).map((g): Group => {
    const bytes = g.batch === undefined ? 24 : g.batch.kind.rect === undefined ? 0 : 16;
    return bytes === 0 ? g : { ...g, draws: arena.allocate(largestBatch * bytes, g.batch === undefined ? "matrices" : "rectangles") };
  });
  if (groups.length === 0) return undefined;

  return {
    emit(emit, x, rows) {
      return groups.reduce((from, { batch, draws }, i) => {
        if (batch === undefined) {
          const to = emit.buffer(rows * image.height * image.width * image.channels, "warped");
          emit.call("warp_f32", to, from, draws as Buffer, rows, image.height, image.width, image.channels, fill);
          return to;
        }
        const context = { rows, image, stream: i, rng, fill, ...(draws && { rects: draws }) };
        return (batch.kind.batch as NonNullable<typeof batch.kind.batch>)(batch.descriptor, emit, from, context);
      }, x);
    },
    draw(rows, step) {
      const { f32, i32 } = arena.executor.views;
      rows.forEach((row, r) => {
        const draw: Draw = random(seed, purpose.augment, step, row).uniform;
        for (const { warps, batch, draws } of groups) {
          const at = (draws?.address ?? 0) >>> 2;
          if (batch === undefined) f32.set(merged(warps, draw, image), at + r * 6);
          else if (batch.kind.rect !== undefined) i32.set(batch.kind.rect(batch.descriptor, draw, image), at + r * 4);
        }
      });
    },
  };
}

function group(stages: readonly Descriptor[], shape: readonly number[]): Group[] {
  const groups: Group[] = [];
  stages.forEach((descriptor, i) => {
    const kind = augmentStages[descriptor.kind];
    if (kind === undefined) throw new PipelineError("config", `augment[${i}]`, `unknown augment stage "${descriptor.kind}"`);
    if (kind.order !== undefined || kind.blend !== undefined) return;
    if (kind.words !== undefined)
      throw new PipelineError(
        "config",
        `augment[${i}] ${descriptor.kind}`,
        `expected word numbers, got rows of shape [${shape.join(", ")}]; put encode() and pad() in normalize`,
      );
    const stage: Stage = { descriptor, kind };
    const last = groups.at(-1);
    if (kind.warp === undefined) groups.push({ warps: [], batch: stage });
    else {
      if (shape.length < 2)
        throw new PipelineError(
          "shape",
          `augment[${i}] ${descriptor.kind}`,
          `expected images, got rows of shape [${shape.join(", ")}]; give the source a shape such as [28, 28], or use noise()`,
        );
      if (last !== undefined && last.batch === undefined) groups[groups.length - 1] = { warps: [...last.warps, stage] };
      else groups.push({ warps: [stage] });
    }
  });
  return groups;
}

/** A pixel of the output is sought in what the last stage saw, that in what the one before saw, and so on back to the input. */
function merged(stages: readonly Stage[], draw: Draw, image: ImageShape): Matrix {
  let whole: Matrix = [1, 0, 0, 0, 1, 0];
  for (const { descriptor, kind } of stages) {
    const warp = (kind.warp as NonNullable<typeof kind.warp>)(descriptor, draw, image);
    whole = times(whole, warp);
  }
  return whole;
}

/** Applies `b` first, then `a`. */
function times(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[3],
    a[0] * b[1] + a[1] * b[4],
    a[0] * b[2] + a[1] * b[5] + a[2],
    a[3] * b[0] + a[4] * b[3],
    a[3] * b[1] + a[4] * b[4],
    a[3] * b[2] + a[4] * b[5] + a[5],
  ];
}
