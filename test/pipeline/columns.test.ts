// Tables of many columns through normalize: scaled column by column, encoded, and put together as what the model reads.
import { describe, expect, it } from "vitest";
import { type Column, numericColumn, type Table } from "../../src/data/table.ts";
import { take } from "../../src/data/take.ts";
import { bagOfWords, dense, minMax, type NormalizeDescriptor, oneHot, ordinal, standardize, vocabulary } from "../../src/node/index.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { fitNormalize, normalizedTable } from "../../src/pipeline/normalize.ts";
import { finish } from "../../src/stages/work.ts";
import { tableOf } from "../stages/tables.ts";
import { contextOf, ofType, resultOf } from "../support/runs.ts";

const numbers = (...values: number[]): Column => ({ type: "numeric", shape: [], data: Float64Array.from(values) });
const city: Column = { type: "category", categories: ["Wien", "Bern"], codes: Int32Array.of(0, 1, 1, 0) };
const people = tableOf({ age: numbers(20, 30, 40, 50), city, height: numbers(1.5, 1.7, 1.9, 2.5) }, 4);

async function normalized(normalize: readonly NormalizeDescriptor[], train: Table, test?: Table, events: RunEvent[] = []) {
  const pipeline = { source: { kind: "arrays" }, normalize, model: [dense(1)], train: { loss: "mse" } } as const;
  return resultOf(fitNormalize(contextOf(pipeline), { train, validation: undefined, test }), events);
}

const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 6);
  });
};

describe("a table of many columns", () => {
  it("is scaled column by column and becomes one column of named numbers", async () => {
    const { parts, affine, normalize } = await normalized([standardize(), oneHot()], people);
    const { data, features, shape } = numericColumn(parts.train, "features");
    expect([parts.train.inputs, shape, features]).toEqual([["features"], [4], ["age", "city=Bern", "city=Wien", "height"]]);
    const deviation = Math.sqrt(125);
    const spread = Math.sqrt((0.4 ** 2 + 0.2 ** 2 + 0 ** 2 + 0.6 ** 2) / 4);
    close(data.subarray(0, 4), [-15 / deviation, 0, 1, -0.4 / spread]);
    close(data.subarray(12, 16), [15 / deviation, 0, 1, 0.6 / spread]);
    expect(affine).toEqual({ scale: [1], shift: [0] });
    expect(JSON.parse(JSON.stringify(normalize))).toEqual(normalize);
  });

  it("is scaled where it is told, not in the zeros and ones, whatever the order; and ends as an earlier run's fit makes it", async () => {
    const stages = [oneHot(), minMax({ columns: ["age"], to: [-1, 1] })];
    const { parts, normalize } = await normalized(stages, people);
    const { data } = numericColumn(parts.train, "features");
    close(data.subarray(0, 4), [-1, 0, 1, 1.5]);
    close(data.subarray(12, 16), [1, 0, 1, 2.5]);
    expect(finish(normalizedTable(stages, normalize, people))).toEqual(parts.train);
    const all = await normalized([oneHot(), standardize()], people);
    expect([...new Set(Array.from({ length: 4 }, (_, row) => numericColumn(all.parts.train, "features").data[row * 4 + 1]))]).toEqual([
      0, 1,
    ]);
  });

  it("gives the same fit whatever the test rows hold", async () => {
    const stages = [standardize(), oneHot({ columns: "category" })];
    const rows = (...positions: number[]): Table => take(people, Uint32Array.from(positions));
    const alone = await normalized(stages, rows(0, 1, 2));
    const strange = tableOf(
      { age: numbers(-1e9), city: { type: "category", categories: ["Oslo"], codes: Int32Array.of(0) }, height: numbers(1e9) },
      1,
    );
    const beside = await normalized(stages, rows(0, 1, 2), strange);
    expect(beside.normalize).toEqual(alone.normalize);
    expect(beside.parts.train).toEqual(alone.parts.train);
    expect([...numericColumn(beside.parts.test as Table, "features").data.subarray(1, 3)]).toEqual([0, 0]);
  });

  it("keeps text that is made into numbers beside the others", async () => {
    const text: Column = { type: "tokens", words: ["good", "bad"], ids: Int32Array.of(0, 1, 0, 0), offsets: Uint32Array.of(0, 1, 2, 3, 4) };
    const table = tableOf({ age: numbers(1, 2, 3, 4), text }, 4);
    const { parts } = await normalized([vocabulary(), bagOfWords()], table);
    expect(numericColumn(parts.train, "features").features).toEqual(["age", "good", "bad"]);
  });

  it("tells in the events how many categories there are", async () => {
    const events: RunEvent[] = [];
    await normalized([ordinal(), standardize()], people, undefined, events);
    expect(ofType(events, "stage").map(({ kind, note }) => `${kind}: ${note}`)).toEqual([
      "ordinal: categories: city 2",
      expect.stringContaining("standardize: fitted on 4 training rows"),
    ]);
  });

  it("is refused in one line where a column is no number", async () => {
    const fails = async (normalize: readonly NormalizeDescriptor[], table: Table, message: string): Promise<void> => {
      await expect(normalized(normalize, table)).rejects.toThrow(message);
    };
    await fails([standardize()], people, 'normalize: column "city" holds text; encode it with oneHot() or ordinal(), or leave it out');
    const text: Column = { type: "text", values: ["a", "b", "c", "d"] };
    await fails([], tableOf({ age: numbers(1, 2, 3, 4), text }, 4), 'column "text" holds text; add tokenize() to clean');
    await fails(
      [],
      tableOf({ age: numbers(1, 2, 3e200, 4), b: numbers(1, 2, 3, 4) }, 4),
      'row 102: column "age" is 3e+200, more than an f32 holds',
    );
    await fails([minMax({ columns: ["city"] })], people, 'minMax.columns: column "city" holds no numbers; expected one number a row');
    await fails(
      [minMax({ columns: ["town"] })],
      people,
      'minMax.columns: there is no column "town"; the columns are label, age, city, height',
    );
    const pictures = tableOf({ x: { type: "numeric", shape: [2], data: Float32Array.of(1, 2) } }, 1);
    await fails([minMax({ columns: ["x"] })], pictures, "normalize[0] minMax.columns: the rows are one column, which is scaled whole");
  });
});
