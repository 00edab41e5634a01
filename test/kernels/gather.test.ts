import { describe, expect, test } from "vitest";
import type { Executor } from "../../src/wasm/abi.ts";
import { executors, sheet, sizes, uniform } from "../support/memory.ts";

const { fround } = Math;
const DATA_ROWS = 6;
const indices = [5, 0, 3, 3, 1, 5, 2];

type Kernel = "gather_u8_f32" | "gather_f32" | "gather_i32_f32";

const sources: Readonly<Record<Kernel, (n: number) => number[]>> = {
  gather_u8_f32: (n) => Array.from({ length: n }, (_, i) => (i * 89 + 255) % 256),
  gather_f32: (n) => Array.from(uniform(n, 3)),
  gather_i32_f32: (n) => Array.from({ length: n }, (_, i) => Math.imul(i - 7, 40_503_007)),
};

function gather(executor: Executor, kernel: Kernel, size: number, features: number): void {
  const data = sources[kernel](DATA_ROWS * size);
  const [scale, shift] = [uniform(features ? size : 1, 1), uniform(features ? size : 1, 2)];
  const page = sheet(executor);
  const from = kernel === "gather_u8_f32" ? page.u8(data) : kernel === "gather_f32" ? page.f32(data) : page.i32(data);
  const out = page.room(indices.length * size);
  executor.call(kernel, out, from, page.i32(indices), indices.length, size, page.f32(scale), page.f32(shift), features);
  const expected = indices.flatMap((row) =>
    Array.from({ length: size }, (_, j) => {
      const at = features ? j : 0;
      return fround(fround(fround(data[row * size + j] as number) * (scale[at] as number)) + (shift[at] as number));
    }),
  );
  expect(page.readF32(out, expected.length), `${size} columns`).toEqual(Float32Array.from(expected));
  expect(page.guardsHold()).toBe(true);
}

describe.each(executors)("$build", (executor) => {
  test.each(Object.keys(sources) as Kernel[])(
    "%s gives the same bits as a rounded product and a rounded sum, for every row length",
    (kernel) => {
      for (const size of sizes) for (const features of [0, 1]) gather(executor, kernel, size, features);
    },
  );

  test("gather_i32 copies rows", () => {
    for (const size of sizes) {
      const data = sources.gather_i32_f32(DATA_ROWS * size);
      const page = sheet(executor);
      const out = page.room(indices.length * size);
      executor.call("gather_i32", out, page.i32(data), page.i32(indices), indices.length, size);
      const expected = indices.flatMap((row) => data.slice(row * size, (row + 1) * size));
      expect(Array.from(page.readI32(out, expected.length))).toEqual(expected);
      expect(page.guardsHold()).toBe(true);
    }
  });
});
