// What cleaning says that it did: the rows that it removed, whole, and examples of values that it changed.
import { describe, expect, it } from "vitest";

import type { Column, Table } from "../../src/data/table.ts";
import {
  arrays,
  type CleanDescriptor,
  castTypes,
  csv,
  dense,
  dropColumns,
  dropDuplicates,
  dropMissing,
  dropOutliers,
  fillMissing,
  filterRows,
  fixLabels,
  mapValues,
  normalizeText,
  type Pipeline,
  requireShape,
  run,
  trimText,
} from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { cellExamples } from "../../src/pipeline/cellExamples.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { clean } from "../../src/pipeline/prepare.ts";
import { openQuarantine } from "../../src/pipeline/quarantine.ts";
import { createRun } from "../../src/pipeline/run.ts";
import { classes, tableOf, vectors } from "../stages/tables.ts";
import { all, contextOf, failure, fileOf, memoryStore, ofType, resultOf } from "../support/runs.ts";

const { NaN: nan } = Number;
const numbers = (...values: number[]): Column => ({ type: "numeric", shape: [], data: Float64Array.from(values) });
const people = (): Table =>
  tableOf(
    {
      age: numbers(20, nan, 30, 20, 999, 40),
      city: { type: "category", categories: ["Rom", " Rom", "Bern"], codes: Int32Array.of(0, 1, 2, 0, 2, -1) },
      note: { type: "text", values: ["a", "b\nc", "", "a", "d", "e"] },
      label: classes([0, 1, 2, 0, 1, -1]),
    },
    6,
    {
      files: [
        { name: "a.csv", lines: Uint32Array.of(1, 2, 4) },
        { name: "b.csv", lines: Uint32Array.from({ length: 103 }, (_, row) => 2 * row + 1) },
      ],
    },
  );

const pipeline = (stages: readonly CleanDescriptor[], split: Pipeline["split"] & {} = { test: 1, shuffle: false }): Pipeline => ({
  source: arrays({ x: [[1]], y: [0] }),
  clean: stages,
  split,
  model: [dense(3, { activation: "softmax" })],
  train: { loss: "sparseCategoricalCrossentropy" },
});

async function cleaned(stages: readonly CleanDescriptor[], table = people(), store = memoryStore()) {
  const events: RunEvent[] = [];
  await resultOf(clean(contextOf(pipeline(stages), {}, store))(table), events);
  const file = store.files.get("quarantine.jsonl");
  return { events, file, lines: linesOf(file) };
}

const linesOf = (file: Uint8Array | undefined): Record<string, unknown>[] =>
  new TextDecoder()
    .decode(file)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

describe("quarantine.jsonl", () => {
  it("keeps every removed row: its number, its line, the stage, the reason and its values at that time", async () => {
    const stages = [dropDuplicates({ columns: ["age", "city"] }), filterRows({ column: "age", max: 100 }), trimText(), dropMissing()];
    const { lines, events, file } = await cleaned(stages);
    expect(lines).toEqual([
      {
        row: 103,
        file: "b.csv",
        line: 201,
        stage: "dropDuplicates",
        reason: "equals row 100",
        values: { label: "a", age: 20, city: "Rom", note: "a" },
      },
      expect.objectContaining({ row: 101, stage: "filterRows" }),
      expect.objectContaining({ row: 104, stage: "filterRows", reason: "age is 999, not <= 100" }),
      expect.objectContaining({
        row: 102,
        stage: "dropMissing",
        reason: "note is empty",
        values: { label: "c", age: 30, city: "Bern", note: "" },
      }),
      {
        row: 105,
        file: "b.csv",
        line: 205,
        stage: "dropMissing",
        reason: "city is missing",
        values: { label: null, age: 40, city: null, note: "e" },
      },
    ]);
    expect(lines[1]).toMatchObject({ reason: "age is missing, not <= 100", values: { age: null, city: " Rom", note: "b\nc" } });
    expect(ofType(events, "artifact")).toEqual([{ type: "artifact", name: "quarantine.jsonl", bytes: file?.length, rows: 5 }]);
    const gone = ofType(events, "stage").reduce((sum, { rowsIn, rowsOut }) => sum + rowsIn - rowsOut, 0);
    expect(lines).toHaveLength(gone);
  });

  it("tells the file and the line of a row that was read from lines", async () => {
    const text = 'a,y\n1,0\n\n,1\n"2",0\n3,"x\ny"\n,0\n';
    const test = { text: "a,y\n9,0\n,1\n" };
    const events = await all(run({ ...pipeline([dropMissing()], {}), source: csv({ text, test }) }));
    expect(linesOf(fileOf(events, "quarantine.jsonl")).map(({ row, file, line }) => [row, file, line])).toEqual([
      [1, "csv", 4],
      [4, "csv", 8],
      [6, "csv.test", 3],
    ]);
  });

  it("is not there where no row was removed", async () => {
    const { events, file } = await cleaned(
      [trimText(), dropColumns(["city", "note"]), fillMissing(), fixLabels({ c: "b" }), filterRows({ column: "age", min: 0 })],
      {
        ...people(),
        columns: { ...people().columns, label: classes([0, 1, 2, 0, 1, 0]) },
      },
    );
    expect([file, ofType(events, "artifact")]).toEqual([undefined, []]);
  });

  it("is written before a run ends because no row is left, in place of an earlier one", async () => {
    const store = memoryStore(new Map([["quarantine.jsonl", Uint8Array.of(65)]]));
    expect(await failure(cleaned([filterRows({ column: "age", min: 1e9 })], people(), store))).toContain("all 6 rows were removed");
    expect(linesOf(store.files.get("quarantine.jsonl"))).toHaveLength(6);
  });

  it("holds vectors, pictures and what is infinite whole; rows of another shape have no values", async () => {
    const x: Column = {
      ...vectors([
        [1, Number.POSITIVE_INFINITY],
        [nan, 2],
      ]),
      features: ["a", "b"],
    };
    const image: Column = { type: "numeric", shape: [2, 1, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    const misfits = [{ id: 7, reason: "x[7] is [3]" }];
    const { lines } = await cleaned([requireShape([2])], tableOf({ x: vectors([[1, 2]]) }, 1, { misfits }));
    expect(lines).toEqual([{ row: 7, stage: "requireShape", reason: "x[7] is [3]" }]);
    const store = memoryStore();
    const quarantine = openQuarantine({ store });
    await quarantine.add("some", tableOf({ x, image }, 2), [
      { id: 100, reason: "why" },
      { id: 101, reason: "why" },
    ]);
    expect(linesOf(store.files.get("quarantine.jsonl")).map(({ values }) => values)).toEqual([
      { label: "a", x: { a: 1, b: "Infinity" }, image: [[[1, 2]], [[3, 4]]] },
      { label: "a", x: { a: null, b: 2 }, image: [[[5, 6]], [[7, 8]]] },
    ]);
  });

  it("is written in pieces", async () => {
    const rows = 3000;
    const long = "x".repeat(4000);
    const table = tableOf({ note: { type: "text", values: Array.from({ length: rows }, (_, i) => `${i}${long}`) } }, rows);
    const sizes: number[] = [];
    const store = memoryStore();
    const watched = {
      ...store,
      append: async (name: string, bytes: Uint8Array) => {
        sizes.push(bytes.length);
        await store.append(name, bytes);
      },
    };
    const removed = Array.from({ length: rows }, (_, i) => ({ id: 100 + i, reason: "long" }));
    await openQuarantine({ store: watched }).add("some", table, removed);
    expect(sizes.length).toBe(2);
    expect(Math.max(...sizes)).toBeLessThan(5e6);
    expect(linesOf(store.files.get("quarantine.jsonl")).map(({ row }) => row)).toEqual(removed.map(({ id }) => id));
  });

  it("comes with the artifact event where a run has no folder", async () => {
    const x = [[1], [2], [null], [2]];
    const events = await all(run({ ...pipeline([dropMissing(), dropDuplicates()]), source: arrays({ x, y: [0, 1, 2, 1] }) }));
    expect(linesOf(fileOf(events, "quarantine.jsonl"))).toEqual([
      { row: 2, stage: "dropMissing", reason: "x[0] is missing", values: { x: [null], y: "2" } },
      { row: 3, stage: "dropDuplicates", reason: "equals row 1", values: { x: [2], y: "1" } },
    ]);
  });

  it("is one for all folds and the final model, and one for what each fold removes after its split", async () => {
    const store = memoryStore();
    const x = Array.from({ length: 20 }, (_, i) => [i === 7 ? 1000 : i % 10, i]);
    const folds = {
      ...pipeline([dropDuplicates({ columns: ["x"] }), dropOutliers()], { folds: 2, shuffle: false }),
      source: arrays({ x: [...x, [0, 0]], y: [...x.map((_, i) => i % 3), 0] }),
    };
    await all(createRun({ ...nodePlatform, store: async () => store })(folds, { out: "here" }));
    const rows = (name: string) => linesOf(store.files.get(name)).map(({ row, stage }) => [row, stage]);
    expect(rows("quarantine.jsonl")).toEqual([
      [20, "dropDuplicates"],
      [7, "dropOutliers"],
    ]);
    // Row 7 is a test row in one fold, and no test row is dropped.
    expect([rows("quarantine-1-1.jsonl"), rows("quarantine-1-2.jsonl")]).toEqual([[], [[7, "dropOutliers"]]]);
  });
});

describe("examples", () => {
  const examples = async (...stages: CleanDescriptor[]) =>
    ofType((await cleaned([...stages, dropMissing()])).events, "stage").map((event) => event.examples ?? []);

  it("tell what the first changed value of a column was and is", async () => {
    expect(
      await examples(
        mapValues({ city: { Bern: null, Rom: "Roma" }, age: { "999": null } }),
        fillMissing({ columns: ["age"] }),
        castTypes({ age: "category" }),
        fixLabels({ a: "b" }),
      ),
    ).toEqual([
      [
        { id: 104, column: "age", before: "999", after: "missing" },
        { id: 100, column: "city", before: '"Rom"', after: '"Roma"' },
      ],
      [{ id: 101, column: "age", before: "missing", after: "27.5" }],
      [{ id: 100, column: "age", before: "20", after: '"20"' }],
      [{ id: 100, column: "label", before: '"a"', after: '"b"' }],
      [],
    ]);
  });

  it("show the part of a long text that changed", async () => {
    const table = tableOf({ text: { type: "text", values: ["the same", `${"long ".repeat(20)}Ünd so weiter, ${"long ".repeat(20)}`] } }, 2);
    const { events } = await cleaned([normalizeText()], table);
    expect(ofType(events, "stage")[0]?.examples).toEqual([
      {
        id: 101,
        column: "text",
        before: '"…long long Ünd so weiter, long long long …"',
        after: '"…long long ünd so weiter, long long long …"',
      },
    ]);
  });

  it("show numbers as they are", () => {
    const [before, after] = [tableOf({ x: numbers(1234.56) }, 1), tableOf({ x: numbers(1234.5) }, 1)];
    expect(cellExamples(before, after)).toEqual([{ id: 100, column: "x", before: "1234.56", after: "1234.5" }]);
  });

  it("are looked for no further than needed", () => {
    const rows = 5000;
    // Differences below what is shown: nothing to show, and not every row is written as text.
    const table = tableOf({ x: numbers(...new Array<number>(rows).fill(1)) }, rows);
    const other = tableOf({ x: numbers(...new Array<number>(rows).fill(1 + 1e-9)) }, rows);
    expect(cellExamples(table, other)).toEqual([]);
    expect(cellExamples(table, tableOf({ x: numbers(1) }, 1))).toEqual([]);
  });
});
