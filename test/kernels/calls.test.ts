// A kernel that is called directly gets what it would get from a program: floats as f32.
import { describe, expect, test } from "vitest";
import { executors, sheet, uniform } from "../support/memory.ts";

describe.each(executors)("$build", (executor) => {
  test("a factor of 0.1 is the f32 next to it", () => {
    const x = uniform(1000, 1);
    const page = sheet(executor);
    const [y, from] = [page.room(1000), page.f32(x)];
    executor.call("scale_f32", y, from, 1000, 0.1);
    expect(page.readF32(y, 1000)).toEqual(x.map((v) => Math.fround(0.1) * v));
    expect(x.some((v) => Math.fround(0.1 * v) !== Math.fround(Math.fround(0.1) * v))).toBe(true);
  });
});
