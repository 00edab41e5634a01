import { describe, expect, test } from "vitest";
import { golden, noGolden } from "../support/golden.ts";
import { error, executors, sheet, sizes, uniform } from "../support/memory.ts";

const { fround } = Math;
const total = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v, 0);

describe.each(executors)("$build", (executor) => {
  test("column sums add the rows in order, for every shape", () => {
    for (const rows of sizes) {
      for (const cols of sizes) {
        const x = uniform(rows * cols, rows + 1000 * cols);
        const page = sheet(executor);
        const [y, from] = [page.room(cols), page.f32(x)];
        executor.call("column_sum_f32", y, from, rows, cols, cols);
        const expected = new Float32Array(cols);
        x.forEach((v, i) => {
          expected[i % cols] = fround((expected[i % cols] as number) + v);
        });
        expect(page.readF32(y, cols)).toEqual(expected);
        expect(page.guardsHold()).toBe(true);
      }
    }
  });

  test("means, weighted or not, and running sums are exact sums rounded once", () => {
    for (const n of sizes) {
      const [x, w] = [uniform(n, n), uniform(n, n + 1)];
      const page = sheet(executor);
      const [out, from, weights, running] = [page.room(1), page.f32(x), page.f32(w), page.f32([1000])];
      executor.call("weighted_mean_f32", out, from, 0, n);
      expect(page.readF32(out, 1)[0]).toBe(fround(total(x) / n));
      executor.call("weighted_mean_f32", out, from, weights, n);
      expect(page.readF32(out, 1)[0]).toBe(fround(total(Array.from(x, (v, i) => v * (w[i] as number))) / n));
      executor.call("accumulate_f32", running, from, n);
      expect(page.readF32(running, 1)[0]).toBe(fround(Array.from(x).reduce((sum, v) => sum + v, 1000)));
      expect(page.guardsHold()).toBe(true);
    }
  });

  test("weights under a mask make a mean over all a mean over what it leaves", () => {
    for (const n of sizes) {
      const [w, x] = [uniform(n, n), uniform(n, n + 1)];
      for (const mask of [x.map((_, i) => Number(i % 3 !== 1)), x.map(() => 0), x.map(() => 1)]) {
        const page = sheet(executor);
        const [plain, weighted, from, given] = [page.room(n), page.room(n), page.f32(mask), page.f32(w)];
        executor.call("mask_weights_f32", plain, from, 0, n);
        executor.call("mask_weights_f32", weighted, from, given, n);
        const left = total(mask);
        const share = left === 0 ? 0 : n / left;
        expect(page.readF32(plain, n)).toEqual(mask.map((m) => m * share));
        expect(page.readF32(weighted, n)).toEqual(mask.map((m, i) => m * (w[i] as number) * share));
        executor.call("mask_weights_f32", given, from, given, n);
        expect(page.readF32(given, n)).toEqual(page.readF32(weighted, n));
        expect(page.guardsHold()).toBe(true);
      }
    }
  });

  test("penalties add to the loss and to the gradient, for every length", () => {
    for (const n of sizes) {
      const [w, g] = [uniform(n, n), uniform(n, n + 1)];
      w[n >> 1] = 0;
      const page = sheet(executor);
      const [loss, gradient, weights] = [page.f32([0.5]), page.f32(g), page.f32(w)];
      executor.call("penalty_f32", loss, gradient, weights, n, 0.25, 0.125);
      const expected = 0.5 + 0.25 * total(w.map(Math.abs)) + 0.125 * total(Array.from(w, (v) => v * v));
      expect(page.readF32(loss, 1)[0]).toBeCloseTo(expected, 5);
      expect(
        error(
          page.readF32(gradient, n),
          Array.from(g, (v, i) => v + 0.25 * Math.sign(w[i] as number) + 0.25 * (w[i] as number)),
        ),
      ).toBeLessThan(2e-7);
      expect(page.readF32(gradient, n)[n >> 1]).toBe(g[n >> 1]);
      expect(page.guardsHold()).toBe(true);
    }
  });

  test("clipping by value leaves what lies inside, and NaN", () => {
    for (const n of sizes) {
      const g = uniform(n, n);
      g[n - 1] = Number.NaN;
      const page = sheet(executor);
      const at = page.f32(g);
      executor.call("clip_value_f32", at, n, 0.5);
      expect(page.readF32(at, n)).toEqual(g.map((v) => (v < -0.5 ? -0.5 : v > 0.5 ? 0.5 : v)));
      expect(page.guardsHold()).toBe(true);
    }
  });

  test("clipping by norm scales down to the norm and touches nothing below it", () => {
    for (const n of sizes) {
      const g = uniform(n, n, 0.25, 1);
      const norm = Math.sqrt(total(Array.from(g, (v) => v * v)));
      const page = sheet(executor);
      const at = page.f32(g);
      executor.call("clip_norm_f32", at, n, norm * 1.001);
      expect(page.readF32(at, n)).toEqual(g);
      executor.call("clip_norm_f32", at, n, norm / 4);
      expect(
        error(
          page.readF32(at, n),
          g.map((v) => v / 4),
        ),
      ).toBeLessThan(3e-7);
      expect(page.guardsHold()).toBe(true);
    }
  });

  test("a norm whose square overflows f32 is still clipped", () => {
    const page = sheet(executor);
    const at = page.f32([3e30, 4e30, 0, 0, 0]);
    executor.call("clip_norm_f32", at, 5, 5);
    expect(error(page.readF32(at, 5), [3, 4, 0, 0, 0])).toBeLessThan(3e-7);
  });

  test.skipIf(noGolden)("clipping is PyTorch's", () => {
    interface Case {
      readonly params: { readonly maxNorm: number };
      readonly grads: readonly { readonly data: readonly number[] }[];
      readonly out: readonly { readonly data: readonly number[] }[];
    }
    const cases = golden<Case>("clip") ?? [];
    expect(cases.length).toBeGreaterThan(1);
    for (const { params, grads, out } of cases) {
      const page = sheet(executor);
      const flat = grads.flatMap((t) => t.data);
      const at = page.f32(flat);
      executor.call("clip_norm_f32", at, flat.length, params.maxNorm);
      expect(
        error(
          page.readF32(at, flat.length),
          out.flatMap((t) => t.data),
        ),
      ).toBeLessThan(1e-6);
    }
  });
});
