import { describe, expect, test } from "vitest";
import { type Column, column, type Table } from "../../src/data/table.ts";
import { dropDuplicates, dropDuplicatesStage } from "../../src/stages/clean/dropDuplicates.ts";
import { dropMissing, dropMissingStage } from "../../src/stages/clean/dropMissing.ts";
import { type DropOutliers, dropOutliers, dropOutliersStage } from "../../src/stages/clean/dropOutliers.ts";
import { type FillMissing, fillMissing, fillMissingStage } from "../../src/stages/clean/fillMissing.ts";
import type { CleanResult } from "../../src/stages/stage.ts";
import { finish } from "../../src/stages/work.ts";
import { golden, noGolden } from "../support/golden.ts";
import { learn } from "../support/work.ts";
import { tableOf, vectors } from "./tables.ts";

const { NaN: nan } = Number;
const text = (...texts: string[]) => ({ type: "text", values: texts }) as const;
const fill = (stage: FillMissing, table: Table, train: Table = table): CleanResult =>
  finish(fillMissingStage.apply(stage, table, learn(fillMissingStage, stage, train) ?? {}));

type Row = Readonly<Record<string, number | string | null>>;
interface CleaningCase {
  readonly id: string;
  readonly op: string;
  readonly csv: string;
  readonly rows: readonly Row[];
  readonly params?: {
    readonly strategy?: string;
    readonly columns?: string[];
    readonly subset?: string[];
    readonly minNonNull?: number;
    readonly k?: number;
    readonly threshold?: number;
  };
  readonly lower?: number;
  readonly upper?: number;
  readonly kept?: readonly number[];
}

describe.skipIf(noGolden)("against pandas (needs ../shared/golden)", () => {
  const cases = golden<CleaningCase>("cleaning") ?? [];
  const rowsOf = (csv: string): readonly Row[] => cases.find((c) => c.op === "readCsv" && c.csv === csv)?.rows ?? [];
  const byId = (id: string): CleaningCase => cases.find((c) => c.id === id) as CleaningCase;

  /** One column each: numbers with null as NaN, text with null as "". */
  function tableFrom(rows: readonly Row[]): Table {
    const names = Object.keys(rows[0] as Row);
    const columns = names.map((name) => {
      const cells = rows.map((row) => row[name]);
      if (cells.some((cell) => typeof cell === "string")) return [name, text(...cells.map((cell) => String(cell ?? "")))] as const;
      return [name, vectors(cells.map((cell) => [cell === null ? nan : (cell as number)]))] as const;
    });
    return tableOf(Object.fromEntries(columns), rows.length);
  }

  const contents = (c: Column): readonly unknown[] =>
    c.type === "text" ? c.values : c.type === "numeric" ? [...c.data] : c.type === "category" ? [...c.codes] : [...c.ids];

  function expectRows(table: Table, rows: readonly Row[]): void {
    const expected = tableFrom(rows);
    expect(table.rows).toBe(rows.length);
    for (const name of expected.inputs) {
      expect(contents(column(table, name))).toEqual(contents(column(expected, name)));
    }
  }

  test("dropna", () => {
    const { csv, rows } = byId("dropna");
    expectRows(finish(dropMissingStage.apply(dropMissing(), tableFrom(rowsOf(csv)), undefined)).table, rows);
  });

  test("dropna_thresh3", () => {
    const { csv, rows, params } = byId("dropna_thresh3");
    const table = tableFrom(rowsOf(csv));
    const stage = dropMissing({ columns: table.inputs, threshold: params?.minNonNull ?? 0 });
    expectRows(finish(dropMissingStage.apply(stage, table, undefined)).table, rows);
  });

  test("ffill", () => {
    const { csv, rows } = byId("ffill");
    const table = tableFrom(rowsOf(csv));
    expectRows(fill(fillMissing({ strategy: "forward" }), { ...table, tags: new Uint8Array(table.rows) }).table, rows);
  });

  test.each([
    ["fill_mean", "mean"],
    ["fill_median", "median"],
    ["fill_mode_city", "mostFrequent"],
  ] as const)("%s", (id, strategy) => {
    const { csv, rows, params } = byId(id);
    expectRows(fill(fillMissing({ strategy, columns: params?.columns ?? [] }), tableFrom(rowsOf(csv))).table, rows);
  });

  test("dedupe", () => {
    const { csv, rows } = byId("dedupe");
    expectRows(finish(dropDuplicatesStage.apply(dropDuplicates(), tableFrom(rowsOf(csv)), undefined)).table, rows);
  });

  test("dedupe_subset_last", () => {
    const { csv, rows, params } = byId("dedupe_subset_last");
    const stage = dropDuplicates({ columns: params?.subset ?? [], keep: "last" });
    expectRows(finish(dropDuplicatesStage.apply(stage, tableFrom(rowsOf(csv)), undefined)).table, rows);
  });

  test.each(["iqr", "zscore"])("%s", (id) => {
    const { csv, params, lower, upper, kept } = byId(id);
    const table = tableFrom(rowsOf(csv));
    const stage: DropOutliers = dropOutliers(
      id === "iqr" ? { factor: params?.k ?? 0 } : { method: "zScore", factor: params?.threshold ?? 0 },
    );
    const limits = learn(dropOutliersStage, stage, table) ?? {};
    if (lower !== undefined && upper !== undefined) expect(limits).toEqual({ x: { low: [lower], high: [upper] } });
    expect(contents(column(finish(dropOutliersStage.apply(stage, table, limits)).table, "x"))).toEqual(kept);
  });
});
