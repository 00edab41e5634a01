// One row as a batch holds it: what the network reads, and what augmentation makes of it. For people to look at, so a row at a time will do.
import { emitter } from "../graph/emit.ts";
import { assemble } from "../graph/program.ts";
import type { NetworkMemory } from "../nn/network.ts";
import type { BatchFeed } from "./feed.ts";

/** The values of a row by its place in memory, as training step `step` reads it; without a step nothing is augmented. */
export type Preview = (row: number, step?: number) => Float32Array;

export function createPreview({ arena, rng }: NetworkMemory, feed: BatchFeed, width: number): Preview {
  const { executor } = arena;
  const programOf = (training: boolean): (() => Float32Array) => {
    const emit = emitter(() => "preview");
    const x = feed.emitInput(emit, 1, training);
    const program = assemble(arena, emit.calls, [x]);
    const at = program.addressOf(x) >>> 2;
    return () => {
      program.run();
      return executor.views.f32.slice(at, at + width);
    };
  };
  let plain: ReturnType<typeof programOf> | undefined;
  let augmented: ReturnType<typeof programOf> | undefined;
  return (row, step) => {
    feed.point(Uint32Array.of(row), step);
    if (step === undefined) {
      plain ??= programOf(false);
      return plain();
    }
    executor.views.u32[((rng.address as number) >>> 2) + 2] = step;
    augmented ??= programOf(true);
    return augmented();
  };
}
