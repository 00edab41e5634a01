import { describe, expect, it } from "vitest";
import { niceScale } from "../../src/report/scale.ts";

describe("the ticks of an axis", () => {
  it.each([
    [0.03, 0.97, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
    [0.7, 0.99, ["0.7", "0.8", "0.9", "1.0"]],
    [0, 0.001, ["0", "0.0002", "0.0004", "0.0006", "0.0008", "0.0010"]],
    [0, 65_000, ["0", "20 k", "40 k", "60 k", "80 k"]],
    [-3, 3, ["-4", "-2", "0", "2", "4"]],
  ])("from %d to %d are round", (low, high, texts) => {
    const { ticks, text } = niceScale(low, high, 5);
    expect(ticks.map(text)).toEqual(texts);
  });

  it("reach around all values", () => {
    for (const [low, high] of [
      [0.123, 0.456],
      [5, 5],
      [0, 0],
      [-1e-7, 3e-7],
      [1e9, 4e9],
    ] as const) {
      const scale = niceScale(low, high, 5);
      expect(scale.low).toBeLessThanOrEqual(low);
      expect(scale.high).toBeGreaterThanOrEqual(high);
      expect(scale.ticks.length).toBeGreaterThan(1);
      expect(scale.ticks.length).toBeLessThan(12);
    }
  });

  it("are whole for epochs, and stay within the axis", () => {
    for (const epochs of [2, 3, 5, 12, 300]) {
      const { ticks, high } = niceScale(1, epochs, 8, { whole: true, snap: false });
      expect(ticks.every((tick) => Number.isInteger(tick) && tick >= 1 && tick <= epochs)).toBe(true);
      expect([high, ticks.length > 0]).toEqual([epochs, true]);
    }
  });
});
