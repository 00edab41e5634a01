import { describe, expect, test } from "vitest";
import { column, type NumericColumn, numericColumn, type Table } from "../../src/data/table.ts";
import { type FillMissing, fillMissing, fillMissingStage } from "../../src/stages/clean/fillMissing.ts";
import type { CleanResult } from "../../src/stages/stage.ts";
import { finish } from "../../src/stages/work.ts";
import { learn } from "../support/work.ts";
import { tableOf, vectors } from "./tables.ts";

const { NaN: nan } = Number;
const values = (table: Table, name: string): number[] => [...numericColumn(table, name).data];
const text = (...texts: string[]) => ({ type: "text", values: texts }) as const;
const fill = (stage: FillMissing, table: Table, train: Table = table): CleanResult =>
  finish(fillMissingStage.apply(stage, table, learn(fillMissingStage, stage, train) ?? {}));

describe("fillMissing", () => {
  const table = tableOf(
    {
      x: vectors([
        [1, 5],
        [nan, 5],
        [2, nan],
        [6, 8],
      ]),
      t: text("b", "", "a", "b"),
    },
    4,
  );

  test.each<[FillMissing["strategy"], number, number]>([
    ["mean", 3, 6],
    ["median", 2, 5],
    ["mostFrequent", 1, 5],
  ])("%s", (strategy, first, second) => {
    const { table: filled, changed, removed } = fill(fillMissing(strategy ? { strategy } : {}), table);
    expect(values(filled, "x")).toEqual([1, 5, first, 5, 2, second, 6, 8]);
    expect(removed).toEqual([]);
    expect(changed).toBe(strategy === "mostFrequent" ? 3 : 2);
  });

  test("forward takes the last value before; training rows take none from others", () => {
    const rows = tableOf(
      {
        x: vectors([[nan], [1], [nan], [9], [nan], [nan], [3], [nan]]),
        t: text("", "a", "", "test", "", "", "b", ""),
      },
      8,
      { tags: Uint8Array.of(0, 0, 0, 2, 2, 0, 0, 1) },
    );
    const train = tableOf({ x: vectors([[nan], [1], [nan], [nan], [3]]), t: text("", "a", "", "", "b") }, 5);
    const stage = fillMissing({ strategy: "forward" });
    const { table: filled, changed } = fill(stage, rows, train);
    expect(values(filled, "x")).toEqual([nan, 1, 1, 9, 9, 1, 3, 3]);
    expect(column(filled, "t")).toEqual(text("", "a", "a", "test", "test", "a", "b", "b"));
    expect(changed).toBe(8);
    const { tags: _, ...predicted } = rows;
    expect(values(fill(stage, predicted, train).table, "x")).toEqual([3, 1, 3, 9, 3, 3, 3, 3]);
  });

  test("is the mean by default, and leaves text and targets alone", () => {
    const label: NumericColumn = { type: "numeric", shape: [], data: Float32Array.of(1, nan, 3, 4) };
    const { table: filled } = fill(fillMissing(), { ...table, columns: { ...table.columns, label } });
    expect(values(filled, "x")).toEqual([1, 5, 3, 5, 2, 6, 6, 8]);
    expect(column(filled, "t")).toEqual(table.columns.t);
    expect(values(filled, "label")).toEqual([1, nan, 3, 4]);
  });

  test("fills with a constant: numbers with a number, text with text", () => {
    expect(values(fill(fillMissing({ strategy: "constant", value: -1 }), table).table, "x")).toEqual([1, 5, -1, 5, 2, -1, 6, 8]);
    expect(fill(fillMissing({ strategy: "constant", value: "?" }), table).table.columns.t).toEqual(text("b", "?", "a", "b"));
    expect(fill(fillMissing({ strategy: "mostFrequent" }), table).table.columns.t).toEqual(text("b", "b", "a", "b"));
  });

  test("statistics come from the rows that it was fitted on, and from no other", () => {
    const train = tableOf({ x: vectors([[10], [nan], [20]]) }, 3);
    const other = tableOf({ x: vectors([[1000], [nan]]) }, 2);
    expect(values(fill(fillMissing(), other, train).table, "x")).toEqual([1000, 15]);
  });

  test("what was fitted is plain data", () => {
    const stage = fillMissing({ strategy: "mostFrequent" });
    const fitted = learn(fillMissingStage, stage, table);
    expect(fitted).toEqual({ x: [1, 5], t: ["b"] });
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
  });

  test("refuses what cannot be filled", () => {
    const empty = tableOf(
      {
        x: vectors([
          [1, nan],
          [2, nan],
        ]),
      },
      2,
    );
    expect(() => fill(fillMissing(), empty)).toThrow(
      "fillMissing: x[1] is missing in every training row; drop that feature, or fill it with a constant",
    );
    expect(() => fill(fillMissing({ columns: ["t"] }), table)).toThrow('column "t" holds text, which "mean" cannot fill');
    expect(() => fill(fillMissing({ columns: ["z"] }), table)).toThrow('fillMissing.columns: there is no column "z"');
    expect(() => fillMissing({ strategy: "constant" })).toThrow('fillMissing: strategy "constant" needs a value');
    expect(() => fillMissing({ value: 3 })).toThrow('fillMissing: value goes with strategy "constant"');
    expect(() => fillMissing({ strategy: "average" as never })).toThrow('fillMissing.strategy: unknown value "average"');
  });
});
