import { describe, expect, test } from "vitest";
import { type NumericColumn, numericColumn } from "../../src/data/table.ts";
import { denoise, denoiseStage } from "../../src/stages/clean/denoise.ts";
import { finish } from "../../src/stages/work.ts";
import { tableOf, vectors } from "./tables.ts";

const { NaN: nan } = Number;

describe("denoise", () => {
  // The expected numbers are scipy.ndimage.median_filter's, mode="nearest".
  const bytes = [
    207, 21, 45, 60, 46, 205, 222, 149, 10, 24, 85, 110, 159, 122, 67, 40, 177, 188, 8, 29, 115, 100, 227, 132, 107, 110, 170, 150, 44, 188,
  ];
  const three = [
    207, 45, 45, 46, 60, 110, 159, 122, 45, 46, 85, 177, 149, 115, 67, 85, 110, 132, 107, 110, 110, 115, 150, 188, 107, 110, 115, 150, 150,
    188,
  ];
  const five = [
    159, 67, 60, 60, 67, 177, 149, 67, 60, 67, 110, 132, 115, 107, 100, 110, 115, 132, 110, 110, 110, 115, 132, 150, 107, 110, 110, 132,
    170, 188,
  ];
  const picture: NumericColumn = { type: "numeric", shape: [5, 6], data: Uint8Array.from([...bytes, ...bytes]) };

  test.each([
    [3, three],
    [5, five],
  ])("size %i on bytes", (size, expected) => {
    const { table, changed, removed } = finish(denoiseStage.apply(denoise({ size }), tableOf({ picture }, 2), undefined));
    expect(numericColumn(table, "picture").data).toEqual(Uint8Array.from([...expected, ...expected]));
    expect(changed).toBe(2 * bytes.filter((value, i) => value !== expected[i]).length);
    expect(removed).toEqual([]);
  });

  test("each channel by itself, on f32", () => {
    const x = [
      -0.39, 0.48, -0.24, 0.96, -0.2, 0.02, 1.55, 0.55, -0.51, -0.18, 0.54, 1.94, -0.27, -0.24, 1, -0.89, -0.29, 0.88, 0.58, 0.09, 0.67,
      -2.83, 1.02, -0.96, -1.67, 0.28, 0.7, -0.44, -1.08, 0.03, -0.05, 1.41, 0.75, 0.19, 1.11, -0.21, -0.93, 0.58, 0.58, -0.21,
    ];
    const y = [
      -0.27, 0.48, -0.24, 0.48, -0.2, 0.55, -0.2, 0.02, -0.29, 0.09, 0.54, 0.48, -0.2, 0.02, -0.2, 0.02, -0.2, 0.03, -0.29, 0.03, 0.54,
      0.19, 0.67, -0.21, 0.7, -0.21, 0.58, 0.03, 0.58, 0.03, 0.67, 0.19, 0.75, 0.19, 0.75, 0.19, 0.58, -0.21, 0.58, -0.21,
    ];
    const colour: NumericColumn = { type: "numeric", shape: [4, 5, 2], data: Float32Array.from(x) };
    const { table } = finish(denoiseStage.apply(denoise(), tableOf({ colour }, 1), undefined));
    expect(numericColumn(table, "colour").data).toEqual(Float32Array.from(y));
  });

  test("a pixel with NaN around it stays", () => {
    const speck: NumericColumn = { type: "numeric", shape: [1, 4], data: Float32Array.of(nan, 9, 1, 2) };
    const { table, changed } = finish(denoiseStage.apply(denoise(), tableOf({ speck }, 1), undefined));
    expect([...numericColumn(table, "speck").data]).toEqual([nan, 9, 2, 2]);
    expect(changed).toBe(1);
  });

  test("needs pictures and an odd size", () => {
    expect(() => finish(denoiseStage.apply(denoise(), tableOf({ x: vectors([[1]]) }, 1), undefined))).toThrow("denoise: expected pictures");
    expect(() => denoise({ size: 4 })).toThrow("denoise.size: expected an odd number, got 4");
    expect(() => denoise({ size: 1 })).toThrow("denoise.size: expected an integer >= 3, got 1");
  });
});
