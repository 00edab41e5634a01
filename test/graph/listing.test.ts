import { describe, expect, it } from "vitest";
import { arena as createArena } from "../../src/graph/arena.ts";
import { emitter, nothing } from "../../src/graph/emit.ts";
import { listing } from "../../src/graph/listing.ts";
import { assemble } from "../../src/graph/program.ts";
import { loadJs } from "../../src/js/executor.ts";

const arena = createArena(loadJs());
const emit = emitter(() => "dense");
const x = arena.allocate(32 * 5 * 4, "x");
const w = arena.allocate(5 * 3 * 4, "w");
const [y, z, scratch] = [emit.buffer(32 * 3, "y"), emit.buffer(32 * 3, "z"), emit.buffer(1000, "scratch")];
const rng = arena.allocate(16, "rng");
emit.call("gemm_nn_f32", y, x, w, nothing, scratch, 32, 3, 5, 1, 0);
emit.call("softmax_f32", y, y, 32, 3);
emit.call("dropout_f32", z, y, 96, 0.5, 7, rng, 0);
emit.call("column_sum_f32", z, y, 32, 3, 3);
const lstm = [y, nothing, x, w, w, nothing, nothing, nothing, scratch] as const;
emit.call("recurrent_f32", ...lstm, 3, 2, 5, 4, 1, 16, 0, 0, 5, 0, 4, 0, 0, 0, 0, 0);
const program = assemble(arena, emit.calls);
const rows = listing(program);

describe("a listing", () => {
  it("has a row for each call, with the sizes it loops over and no other integers", () => {
    expect(rows.map(({ by, kernel, sizes }) => [by, kernel, sizes])).toEqual([
      ["dense", "gemm_nn_f32", [32, 3, 5]],
      ["dense", "softmax_f32", [32, 3]],
      ["dense", "dropout_f32", [96]],
      ["dense", "column_sum_f32", [32, 3]],
      ["dense", "recurrent_f32", [3, 2, 5, 4]],
    ]);
  });

  it("counts 2mnk operations for a product, those of its products for a recurrent layer, and one an element otherwise", () => {
    expect(rows.map(({ flops }) => flops)).toEqual([2 * 32 * 3 * 5, 96, 96, 96, 2 * 3 * 2 * (5 + 4) * 4 * 4]);
  });

  it("names the buffers and where they lie, without those that are left out or scratch", () => {
    expect(rows[0]?.buffers).toEqual([
      { label: "y", address: program.addressOf(y), bytes: 384 },
      { label: "x", address: x.address, bytes: 640 },
      { label: "w", address: w.address, bytes: 60 },
    ]);
  });

  it("counts a buffer once that is read and written in place", () => {
    expect(rows.map(({ bytes }) => bytes)).toEqual([384 + 640 + 60, 384, 384 + 384 + 16, 384 + 384, 384 + 640 + 60]);
  });
});
