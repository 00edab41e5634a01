import { describe, expect, test } from "vitest";
import { executors, sheet, sizes, uniform } from "../support/memory.ts";

const { fround } = Math;
/** Repeated, first, last, and out of order. */
const idsOf = (n: number, vocabulary: number): number[] => Array.from({ length: n }, (_, i) => (i * 7 + (i >> 2)) % vocabulary);

function sums(dy: Float32Array, ids: readonly number[], vocabulary: number, cols: number): Float32Array {
  const expected = new Float32Array(vocabulary * cols);
  ids.forEach((id, i) => {
    for (let j = 0; j < cols; j++) expected[id * cols + j] = fround((expected[id * cols + j] as number) + (dy[i * cols + j] as number));
  });
  return expected;
}

describe.each(executors)("$build", (executor) => {
  test("embedding copies rows, and its gradient adds them in order, for every shape", () => {
    for (const n of sizes) {
      for (const cols of sizes) {
        const vocabulary = 1 + ((n * 5) % 11);
        const ids = idsOf(n, vocabulary);
        const [table, dy] = [uniform(vocabulary * cols, n), uniform(n * cols, cols)];
        const page = sheet(executor);
        const [y, dtable, at] = [page.room(n * cols), page.room(vocabulary * cols), page.f32(ids)];
        executor.call("embedding_f32", y, page.f32(table), at, n, cols, vocabulary);
        executor.call("embedding_grad_f32", dtable, page.f32(dy), at, n, cols, vocabulary, cols);
        expect(page.readF32(y, n * cols)).toEqual(Float32Array.from(ids.flatMap((id) => [...table.subarray(id * cols, (id + 1) * cols)])));
        expect(page.readF32(dtable, vocabulary * cols)).toEqual(sums(dy, ids, vocabulary, cols));
        expect(page.guardsHold()).toBe(true);
      }
    }
  });

  test("columns may be added up apart from each other", () => {
    const [n, vocabulary, stride] = [31, 5, 13];
    const ids = idsOf(n, vocabulary);
    const dy = uniform(n * stride, 3);
    const page = sheet(executor);
    const [dtable, from, at] = [page.room(vocabulary * stride), page.f32(dy), page.f32(ids)];
    for (const [start, cols] of [
      [9, 4],
      [0, 2],
      [2, 7],
    ] as const)
      executor.call("embedding_grad_f32", dtable + start * 4, from + start * 4, at, n, cols, vocabulary, stride);
    expect(page.readF32(dtable, vocabulary * stride)).toEqual(sums(dy, ids, vocabulary, stride));
    expect(page.guardsHold()).toBe(true);
  });

  test("an id that the table does not have gives NaN, and touches nothing", () => {
    const wrong = [3, -1, Number.NaN, 1e9, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -0.5, 2 ** 32];
    const ids = [2, ...wrong, 0];
    for (const cols of [1, 5, 8]) {
      const table = uniform(3 * cols, 1);
      const dy = uniform(ids.length * cols, 2);
      const page = sheet(executor);
      const [y, dtable, at] = [page.room(ids.length * cols), page.room(3 * cols), page.f32(ids)];
      executor.call("embedding_f32", y, page.f32(table), at, ids.length, cols, 3);
      executor.call("embedding_grad_f32", dtable, page.f32(dy), at, ids.length, cols, 3, cols);
      const rows = page.readF32(y, ids.length * cols);
      expect(rows.subarray(0, cols)).toEqual(table.subarray(2 * cols));
      expect(rows.subarray(cols, -cols).every(Number.isNaN)).toBe(true);
      expect(rows.subarray(-cols)).toEqual(table.subarray(0, cols));
      expect(page.readF32(dtable, 3 * cols)).toEqual(
        Float32Array.from([...dy.subarray(-cols), ...new Float32Array(cols), ...dy.subarray(0, cols)]),
      );
      expect(page.guardsHold()).toBe(true);
    }
  });
});
