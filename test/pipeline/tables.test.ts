// A table of many columns from comma-separated values to predictions: trained, read back, asked and measured again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inMemory } from "../../src/data/readableFile.ts";
import {
  adam,
  csv,
  dense,
  dropDuplicates,
  dropIncomplete,
  fillMissing,
  fixLabels,
  loadModel,
  minMax,
  oneHot,
  ordinal,
  type Pipeline,
  requireRange,
  run,
  standardize,
  type TrainedModel,
} from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { openStore } from "../../src/node/store.ts";
import type { PipelineFile } from "../../src/pipeline/artifacts.ts";
import { csvRows } from "../../src/pipeline/csvRows.ts";
import { evaluateRun } from "../../src/pipeline/evaluateRun.ts";
import { random } from "../../src/random.ts";
import { all, failure, fileOf, ofType, resultOf } from "../support/runs.ts";

const root = mkdtempSync(join(tmpdir(), "lanewise-tables-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** People of whom those over 40 in Rom, and those over 60 elsewhere, say yes. */
function people(rows: number, seed: number): string {
  const source = random(seed, 0);
  const lines = Array.from({ length: rows }, (_, i) => {
    const age = 18 + source.integer(60);
    const city = ["Rom", "Wien", "Bern"][source.integer(3)] as string;
    const says = age > (city === "Rom" ? 40 : 60) ? "yes" : "no";
    return `${i},${i % 9 === 0 ? "" : age},${i % 11 === 0 ? "?" : city},"${(source.uniform() * 5).toFixed(2)}",${says}`;
  });
  return `id,age,city,noise,says\n${lines.join("\n")}\n`;
}

const train = people(300, 1);
const pipeline: Pipeline = {
  name: "people",
  source: csv({ text: train, test: { text: people(60, 2).replaceAll("yes", "yes.") }, ignore: ["id"] }),
  clean: [
    fixLabels({ "yes.": "yes" }),
    dropDuplicates(),
    requireRange({ columns: ["age"], max: 100 }),
    fillMissing({ columns: "numeric" }),
    fillMissing({ strategy: "constant", value: "nowhere", columns: "category" }),
    dropIncomplete(),
  ],
  normalize: [standardize(), oneHot()],
  split: { test: "given", validation: 0.1, stratify: true },
  model: [dense(12, { activation: "tanh" }), dense(2, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.02 }), loss: "sparseCategoricalCrossentropy", epochs: 20 },
  evaluate: { metrics: ["accuracy"], confidence: false },
  seed: 4,
};

describe("a table", () => {
  let model: TrainedModel;
  const out = join(root, "run");
  let events: Awaited<ReturnType<typeof all>>;
  beforeAll(async () => {
    events = await all(run(pipeline, { out }));
    model = await loadModel(out);
  });
  afterAll(() => model.close());

  it("is described, cleaned and learned", () => {
    const notes = ofType(events, "stage").map(({ stage, kind, note, rowsOut }) => [stage, kind, note, rowsOut]);
    expect(notes[0]).toEqual(["source", "csv", "2 numbers (age, noise), 1 categories (city 3) → says, 3 classes", 360]);
    expect(ofType(events, "done")[0]?.test?.accuracy).toBeGreaterThan(0.85);
  });

  it("keeps the names of its features to the end", async () => {
    const file: PipelineFile = model.file;
    expect(file.reads).toEqual({
      shape: [6],
      type: "f32",
      features: ["age", "city=Bern", "city=Rom", "city=Wien", "city=nowhere", "noise"],
    });
    expect(file.input).toMatchObject({
      type: "table",
      others: ["says", "id"],
      columns: [
        { name: "age", type: "numeric" },
        { name: "city", type: "category" },
        { name: "noise", type: "numeric" },
      ],
    });
    expect(file.target).toMatchObject({ names: ["no", "yes"] });
  });

  it("answers for objects, for lists, and for cells as text; what is missing is filled as in training", async () => {
    const [a, b, c, d] = await model.predict([
      { age: 70, city: "Rom", noise: 1 },
      [70, "Rom", 1],
      { noise: "1", age: "70", city: "Rom", says: "no", id: 3 },
      { city: "?", noise: null },
    ]);
    expect(a?.class).toBe("yes");
    expect([b, c]).toEqual([a, a]);
    const [e] = await model.predict([{}]);
    expect((await model.predict([{ age: null, city: "", noise: Number.NaN }]))[0]).toEqual(e);
    expect(d?.output.length).toBe(2);
    expect((await model.predict([{ age: 20, city: "Oslo", noise: 1 }]))[0]?.class).toBe("no");
  });

  it("refuses rows that are none, in one line", async () => {
    const fails = (rows: readonly unknown[]): Promise<string> => failure(model.predict(rows));
    const one = "predict: expected a list of rows, got ";
    expect(await fails({ age: 1 } as never)).toBe(`${one}{"age":1}; of one row, give [row]`);
    expect(await fails("Rom" as never)).toBe(`${one}"Rom"; of one row, give [row]`);
    expect(await fails(undefined as never)).toContain(one);
    expect(await fails([{ age: 1 }, { aeg: 3 }])).toBe('predict row 1: unknown column "aeg"; did you mean "age"?');
    expect(await fails([[1, "Rom"]])).toBe("predict row 0: expected 3 values (age, city, noise), got 2");
    expect(await fails([7])).toBe('predict row 0: expected an object such as { "age": …, "city": … }, got 7');
    expect(await fails([{ age: "old" }])).toBe('predict row 0: column "age": expected a number, got "old"');
    expect(await fails([{ city: ["Rom"] }])).toBe('predict row 0: column "city": expected text, got ["Rom"]');
  });

  it("answers for comma-separated values, with names in any order or, where the source had none, without", async () => {
    const rows = (text: string, file: PipelineFile = model.file) => csvRows(inMemory(new TextEncoder().encode(text), "rows.csv"), file);
    expect(await rows("city,age,says\nRom,70,no\n,?,\n")).toEqual([
      { age: 70, city: "Rom" },
      { age: Number.NaN, city: null },
    ]);
    expect(await failure(rows("town,age\nRom,70\n"))).toBe('rows.csv line 1: unknown column "town"; known: age, city, id, noise, says');
    expect(await failure(rows("city,age\nRom,old\n"))).toContain('rows.csv line 2, column "age": expected a number, got "old"');
    expect(await failure(rows("city,age\n"))).toBe("rows.csv: there are no rows");
    const { input } = model.file;
    const indexed = { ...model.file, input: { ...input, others: ["says", "column_1"] } as typeof input };
    expect(await rows(",city,age\n0,Rom,70\n", indexed)).toEqual([{ age: 70, city: "Rom" }]);
    expect(await failure(rows("city,,age\nRom,0,70\n", indexed))).toContain('rows.csv line 1: unknown column "column_2"');
    const nameless = {
      ...model.file,
      pipeline: { ...pipeline, source: csv({ text: "x", names: ["id", "age", "city", "noise", "says"] }) },
    };
    expect(await rows("1,70,Rom,2,no\n", nameless)).toEqual([{ age: 70, city: "Rom", noise: 2 }]);
    expect(await rows("70,Rom,2\n", nameless)).toEqual([{ age: 70, city: "Rom", noise: 2 }]);
    expect(await rows("city\nRom\n", nameless)).toEqual([{ city: "Rom" }]);
    expect(await failure(rows("70,Rom\n", nameless))).toBe("rows.csv line 1: expected 3 cells (age, city, noise), got 2");
  });

  it("is measured again to the same numbers", async () => {
    const store = await openStore(out);
    const event = await resultOf(evaluateRun(store, nodePlatform, {}, new AbortController().signal));
    expect(event.evaluation.scalars).toEqual(ofType(events, "metrics").find(({ set }) => set === "test")?.evaluation.scalars);
  });

  it("whose source has other columns now is refused", async () => {
    const { name, read } = await openStore(out);
    const changed = async (file: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
      const bytes = await read(file);
      if (file !== "pipeline.json" || bytes === undefined) return bytes;
      return new TextEncoder().encode(
        new TextDecoder().decode(bytes).replace('"ignore": [', '"types": { "noise": "category" }, "ignore": ['),
      );
    };
    const measured = resultOf(evaluateRun({ name, read: changed }, nodePlatform, {}, new AbortController().signal));
    expect(await failure(measured)).toBe(
      "source: the model was trained on rows of 3 columns (age: numbers, city: categories, noise: numbers), now they are of 3 columns (age: numbers, city: categories, noise: categories); is it the same data?",
    );
  });
});

describe("nothing that is fitted looks at test rows", () => {
  const weights = async (source: Pipeline["source"], more: Partial<Pipeline> = {}): Promise<[unknown, Buffer]> => {
    const events = await all(run({ ...pipeline, source, train: { ...pipeline.train, epochs: 1 }, ...more }));
    const { fitted, reads } = JSON.parse(fileOf(events, "pipeline.json").toString()) as PipelineFile;
    return [{ fitted, reads }, fileOf(events, "model.safetensors")];
  };

  it.each([
    ["as it is", {}],
    [
      "with other stages",
      {
        clean: [fillMissing({ strategy: "median", columns: "numeric" }), fillMissing({ strategy: "mostFrequent", columns: "category" })],
        normalize: [ordinal(), minMax()],
      },
    ],
  ])("%s", async (_, more) => {
    const test = people(60, 2);
    const strange = test
      .replaceAll("Rom", "Atlantis")
      .replaceAll("Wien", "?")
      .replace(/^(\d+),\d*,/gm, "$1,9999,");
    const labels = { classes: ["no", "yes"] };
    const plain = { clean: [fillMissing(), fillMissing({ strategy: "mostFrequent", columns: "category" })], ...more };
    const [one, other] = [
      await weights(csv({ text: train, test: { text: test }, ignore: ["id"], ...labels }), plain),
      await weights(csv({ text: train, test: { text: strange }, ignore: ["id"], ...labels }), plain),
    ];
    expect(strange).not.toBe(test);
    expect(other).toEqual(one);
  });
});

it("a table whose columns are all numbers predicts a value, and one number a row is enough", async () => {
  const text = `x,y\n${Array.from({ length: 60 }, (_, i) => `${i / 10},${(i / 10) * 2.5 - 1}`).join("\n")}\n`;
  const numbers: Pipeline = {
    source: csv({ text }),
    normalize: [standardize()],
    split: { test: 0.2 },
    model: [dense(1)],
    train: { optimizer: adam({ learningRate: 0.1 }), loss: "mse", epochs: 80, batchSize: 8 },
  };
  const out = join(root, "numbers");
  await all(run(numbers, { out }));
  const model = await loadModel(out);
  expect((await model.predict([{ x: 3 }]))[0]?.output[0]).toBeCloseTo(6.5, 1);
  await model.close();
});
