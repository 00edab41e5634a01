// Kernels over the steps of sequences: mean, greatest, reversal; every odd size, one step, one row, rows of padding.
import { describe, expect, test } from "vitest";
import { executors, sheet, uniform } from "../support/memory.ts";

const { fround } = Math;
const shapes = [1, 2, 3].flatMap((rows) => [1, 2, 5].flatMap((steps) => [1, 3, 4, 7, 8, 13].map((cols) => [rows, steps, cols] as const)));

/** Row 0 is real throughout, row 1 is padding throughout, row 2 has both. */
const maskOf = (rows: number, steps: number): number[] =>
  Array.from({ length: rows * steps }, (_, i) => [1, 0, i % 2][Math.floor(i / steps)] as number);

function mean(x: Float32Array, mask: readonly number[] | undefined, rows: number, steps: number, cols: number): Float32Array {
  return Float32Array.from({ length: rows * cols }, (_, i) => {
    const [r, j] = [Math.floor(i / cols), i % cols];
    let [sum, count] = [0, 0];
    for (let t = 0; t < steps; t++) {
      if (mask?.[r * steps + t] === 0) continue;
      sum = fround(sum + (x[(r * steps + t) * cols + j] as number));
      count++;
    }
    return sum / Math.max(count, 1);
  });
}

describe.each(executors)("$build", (executor) => {
  test.each(["no mask", "a mask"])("means over steps, with %s", (which) => {
    for (const [rows, steps, cols] of shapes) {
      const mask = which === "a mask" ? maskOf(rows, steps) : undefined;
      const x = uniform(rows * steps * cols, 1);
      const dy = uniform(rows * cols, 2);
      // What stands at padding is not read.
      mask?.forEach((real, i) => {
        if (real === 0) x.fill(Number.NaN, i * cols, (i + 1) * cols);
      });
      const page = sheet(executor);
      const at = mask === undefined ? 0 : page.f32(mask);
      const [y, dx] = [page.room(rows * cols), page.room(x.length)];
      executor.call("mean_steps_f32", y, page.f32(x), at, rows, steps, cols);
      executor.call("mean_steps_grad_f32", dx, page.f32(dy), at, rows, steps, cols);
      expect(page.readF32(y, rows * cols)).toEqual(mean(x, mask, rows, steps, cols));
      expect(page.readF32(dx, x.length)).toEqual(
        x.map((_, i) => {
          const step = Math.floor(i / cols);
          const r = Math.floor(step / steps);
          const count = mask === undefined ? steps : mask.slice(r * steps, (r + 1) * steps).filter((m) => m !== 0).length;
          return mask?.[step] === 0 ? 0 : (dy[r * cols + (i % cols)] as number) / count;
        }),
      );
      expect(page.guardsHold()).toBe(true);
    }
  });

  test("the greatest of the steps, the first of equals, NaN above all", () => {
    for (const [rows, steps, cols] of shapes) {
      const x = uniform(rows * steps * cols, 3).map((v, i) => (i % 11 === 7 ? Number.NaN : Math.round(v * 2)));
      const dy = uniform(rows * cols, 4);
      const expected = new Float32Array(rows * cols);
      const places = new Int32Array(rows * cols);
      const dxs = new Float32Array(x.length);
      for (let i = 0; i < rows * cols; i++) {
        const [r, j] = [Math.floor(i / cols), i % cols];
        const own = Array.from({ length: steps }, (_, t) => x[(r * steps + t) * cols + j] as number);
        const most = own.some(Number.isNaN) ? Number.NaN : Math.max(...own);
        const place = Number.isNaN(most) ? own.findLastIndex(Number.isNaN) : own.indexOf(most);
        expected[i] = most;
        places[i] = place;
        dxs[(r * steps + place) * cols + j] = dy[i] as number;
      }
      const page = sheet(executor);
      const [y, at, dx] = [page.room(rows * cols), page.room(rows * cols), page.room(x.length)];
      executor.call("max_steps_f32", y, at, page.f32(x), rows, steps, cols);
      executor.call("max_steps_grad_f32", dx, page.f32(dy), at, rows, steps, cols);
      expect(page.readF32(y, rows * cols).map((v) => v + 0)).toEqual(expected.map((v) => v + 0));
      expect(page.readI32(at, rows * cols)).toEqual(places);
      expect(page.readF32(dx, x.length)).toEqual(dxs);
      expect(page.guardsHold()).toBe(true);
    }
  });

  test("steps, last first", () => {
    for (const [rows, steps, cols] of shapes) {
      const x = uniform(rows * steps * cols, 5);
      const page = sheet(executor);
      const y = page.room(x.length);
      executor.call("reverse_steps_f32", y, page.f32(x), rows, steps, cols);
      const expected = x.map((_, i) => {
        const step = Math.floor(i / cols);
        const [r, t] = [Math.floor(step / steps), step % steps];
        return x[(r * steps + steps - 1 - t) * cols + (i % cols)] as number;
      });
      expect(page.readF32(y, x.length)).toEqual(expected);
      expect(page.guardsHold()).toBe(true);
    }
  });
});
