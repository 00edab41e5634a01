import { expect, it } from "vitest";
import { rowText } from "../../src/data/rowText.ts";
import type { Column } from "../../src/data/table.ts";

const ragged = { ids: Int32Array.of(1, 0, 1, 1), offsets: Uint32Array.of(1, 2, 4) };

it.each<[Column, number, string]>([
  [{ type: "text", values: ["a", 'x\n"y"'] }, 1, '"x\\n\\"y\\""'],
  [{ type: "text", values: ["a".repeat(500)] }, 0, `"${"a".repeat(158)}…`],
  [{ type: "tokens", words: ["so", "good"], ...ragged }, 1, "good · good"],
  [{ type: "sequences", vocabulary: [], ...ragged }, 0, "0"],
  [{ type: "numeric", shape: [6], data: Int32Array.of(0, 0, 0, 0, 7, 7) }, 0, "0 (× 4) 7 7"],
  [{ type: "numeric", shape: [2], data: Float32Array.of(1, 2, 0.5, Number.NaN) }, 1, "0.5 missing"],
  [{ type: "numeric", shape: [4], data: Float32Array.of(0, 0.25, 0, 0), features: ["a", "b", "c", "d"] }, 0, "b 0.25 (1 of 4 are not 0)"],
  [{ type: "numeric", shape: [2, 2], data: Uint8Array.of(0, 1, 2, 3) }, 0, "2 × 2 numbers, 0 to 3, mean 1.5"],
])("a row is one line: %#", (column, row, text) => {
  expect(rowText(column, row)).toBe(text);
});
