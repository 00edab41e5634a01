// Augmentation of training batches of word numbers: the rows of a batch are copied, changed in place by one stage after the other, and
// gathered from there. What happens to a row depends on the seed, the step and the row, not on its place in the batch; padding stays.
import type { Descriptor } from "../check.ts";
import { PipelineError } from "../errors.ts";
import type { Buffer } from "../graph/emit.ts";
import type { NetworkMemory } from "../nn/network.ts";
import { purpose, random } from "../random.ts";
import { augmentStages } from "../stages/index.ts";
import { PADDING } from "../stages/text/vocabulary.ts";

export interface WordAugmenter {
  /** i32 [largest batch, length]: the changed rows of the batch, one behind the other. */
  readonly rows: Buffer;
  /** The places of these rows: 0, 1, 2, … */
  readonly order: Buffer;
  /** Makes the rows of the next batch from the `data` that they have in memory, i32 [all rows, length]. */
  draw(data: Buffer, rows: Uint32Array, step: number): void;
}

export function createWordAugmenter(
  { arena }: NetworkMemory,
  stages: readonly Descriptor[],
  vocabulary: readonly string[],
  length: number,
  seed: number,
  largestBatch: number,
): WordAugmenter | undefined {
  const changes = stages.flatMap((stage, i) => {
    const kind = augmentStages[stage.kind];
    if (kind?.order !== undefined) return [];
    const change = kind?.words?.(stage, vocabulary);
    if (change !== undefined) return [change];
    const way = "the rows are word numbers, not pictures; use wordDropout(), wordSwap() or synonyms()";
    throw new PipelineError("config", `augment[${i}] ${stage.kind}`, way);
  });
  if (changes.length === 0) return undefined;
  const copies = arena.allocate(largestBatch * length * 4, "augmented rows");
  const order = arena.allocate(largestBatch * 4, "order of augmented rows");
  const { views } = arena.executor;
  for (let i = 0; i < largestBatch; i++) views.u32[((order.address as number) >>> 2) + i] = i;

  return {
    rows: copies,
    order,
    draw(data, rows, step) {
      const { i32 } = arena.executor.views;
      const [from, to] = [(data.address as number) >>> 2, (copies.address as number) >>> 2];
      rows.forEach((row, r) => {
        const copy = i32.subarray(to + r * length, to + (r + 1) * length);
        copy.set(i32.subarray(from + row * length, from + (row + 1) * length));
        const words = withoutPadding(copy);
        const draw = random(seed, purpose.augment, step, row).uniform;
        for (const change of changes) change(words, draw);
      });
    },
  };
}

function withoutPadding(row: Int32Array): Int32Array {
  let [start, end] = [0, row.length];
  while (start < end && row[start] === PADDING) start++;
  while (end > start && row[end - 1] === PADDING) end--;
  return row.subarray(start, end);
}
