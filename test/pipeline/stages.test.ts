// What the stages promise of a whole run: nothing leaks from rows that are set aside, augmentation is for training alone, and weights of
// classes count as they say.
import { describe, expect, it } from "vitest";
import {
  arrays,
  constant,
  dense,
  dropDuplicates,
  fillMissing,
  flatten,
  minMax,
  noise,
  type Pipeline,
  rotate,
  run,
  sgd,
  standardize,
  strokes,
} from "../../src/node/index.ts";
import { clean, loadSource, split } from "../../src/pipeline/prepare.ts";
import { random } from "../../src/random.ts";
import { all, contextOf, fileOf, ofType, resultOf } from "../support/runs.ts";

const ROWS = 40;

/** Forty rows of three features, a few of them missing; the last 16 are set aside. Row `changed` is another. */
function table(changed = -1): Pipeline {
  const source = random(1, 0);
  const x = Array.from({ length: ROWS }, () => [
    source.normal(),
    5 * source.normal() + 2,
    source.uniform() < 0.2 ? Number.NaN : source.uniform(),
  ]);
  const y = x.map(([a = 0, b = 0]) => Number(a + b > 2));
  if (changed >= 0) {
    x[changed] = [50, -70, 90];
    y[changed] = 1 - (y[changed] as number);
  }
  return {
    source: arrays({ x, y }),
    clean: [fillMissing()],
    normalize: [standardize(), minMax({ to: [-1, 1] })],
    augment: [noise({ deviation: 0.05 })],
    split: { validation: 8, test: 8, shuffle: false },
    model: [dense(5, { activation: "tanh" }), dense(2, { activation: "softmax" })],
    train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 3, batchSize: 5 },
  };
}

async function outcome(pipeline: Pipeline): Promise<{ weights: Buffer; fitted: unknown; scores: readonly unknown[] }> {
  const events = await all(run(pipeline));
  const { fitted } = JSON.parse(String(fileOf(events, "pipeline.json")));
  return { weights: fileOf(events, "model.safetensors"), fitted, scores: ofType(events, "metrics").map((e) => e.evaluation.scalars) };
}

describe("rows that are set aside", () => {
  it.each([
    ["validation", 25],
    ["test", 38],
  ])("for %s change nothing that is fitted, and no weight", async (_, row) => {
    const [before, after] = [await outcome(table()), await outcome(table(row))];
    expect(after.fitted).toEqual(before.fitted);
    expect(after.weights).toEqual(before.weights);
    expect(after.scores).not.toEqual(before.scores);
  });

  it("are not the rows that training sees: of those, one changes everything", async () => {
    const [before, after] = [await outcome(table()), await outcome(table(3))];
    expect(after.fitted).not.toEqual(before.fitted);
    expect(after.weights).not.toEqual(before.weights);
  });

  it("lend nothing to missing values", async () => {
    const filled: Pipeline = {
      ...table(),
      source: arrays({ x: [[1], [null], [3], [1000], [2000]], y: [0, 1, 0, 1, 0] }),
      normalize: [],
      split: { validation: 1, test: 1, shuffle: false },
    };
    expect(await outcome(filled)).toMatchObject({ fitted: { clean: [{ x: [2] }] } });
  });

  it.each<[string, Pipeline["split"] & {}, string]>([
    ["a fraction of the rows that are not test rows", { validation: 0.25 }, "90 train, 30 validation, 30 test"],
    ["a number of rows", { test: 20, validation: 7 }, "123 train, 7 validation, 20 test"],
    ["nothing", {}, "120 train, 0 validation, 30 test"],
    ["fractions of all rows", { test: 0.2, validation: 0.1, stratify: true }, "105 train, 15 validation, 30 test"],
  ])("are as many as asked for: %s", async (_, settings, note) => {
    const digits = contextOf({ ...table(), source: strokes({ rows: 120, test: 30 }), clean: [], split: settings });
    const events: Parameters<typeof resultOf>[1] = [];
    await resultOf(split(digits)(await resultOf(clean(digits)(await resultOf(loadSource(digits)())))), events);
    expect(ofType(events, "stage").map((e) => e.note)).toEqual([note]);
  });

  it("equal no row that training sees, where duplicates are dropped", async () => {
    const x = Array.from({ length: 60 }, (_, i) => [i % 20, (i * i) % 20]);
    const twins = contextOf({
      ...table(),
      source: arrays({ x, y: x.map(([a = 0]) => a % 2) }),
      clean: [dropDuplicates()],
      split: { test: 0.5 },
    });
    const parts = await resultOf(split(twins)(await resultOf(clean(twins)(await resultOf(loadSource(twins)())))));
    const rows = (part: typeof parts.train | undefined): string[] => {
      const column = part?.columns.x;
      if (column?.type !== "numeric") return [];
      return Array.from({ length: column.data.length / 2 }, (_, i) => String(column.data.slice(2 * i, 2 * i + 2)));
    };
    expect(rows(parts.train)).toHaveLength(10);
    expect(rows(parts.test)).toHaveLength(10);
    expect(new Set([...rows(parts.train), ...rows(parts.test)]).size).toBe(20);
  });
});

it("augmentation touches training batches alone", async () => {
  const digits = (augment: Pipeline["augment"] & {}): Pipeline => ({
    source: strokes({ rows: 200, test: 50 }),
    normalize: [minMax()],
    augment,
    split: { validation: 0.2 },
    model: [flatten(), dense(10, { activation: "softmax" })],
    // Next to nothing is learned, so what differs is what went in.
    train: { optimizer: sgd({ learningRate: 1e-30 }), loss: "sparseCategoricalCrossentropy", epochs: 2 },
  });
  const [plain, augmented] = [await all(run(digits([]))), await all(run(digits([rotate({ degrees: 30 }), noise({ deviation: 0.3 })])))];
  const train = (events: typeof plain): unknown[] => ofType(events, "epoch").map((e) => e.train.loss);
  const validation = (events: typeof plain): unknown[] => ofType(events, "epoch").map((e) => e.validation);
  const measured = (events: typeof plain): unknown[] => ofType(events, "metrics").map((e) => e.evaluation);
  expect(validation(augmented)).toEqual(validation(plain));
  expect(measured(augmented)).toEqual(measured(plain));
  expect(train(plain)[0]).toBeCloseTo(train(plain)[1] as number, 5);
  expect(train(augmented)[0]).not.toBeCloseTo(train(plain)[0] as number, 3);
  expect(train(augmented)[1]).not.toBeCloseTo(train(augmented)[0] as number, 3);
});

describe("class weights", () => {
  // The output is sigmoid(1) for every row, so the loss is log(1 + e) = 1.3132617 for a row of class 0 and log(1 + 1/e) = 0.3132617 for
  // one of class 1, of which there are three and one.
  const [zero, one] = [1.3132617, 0.3132617];
  const weighted = (classWeight?: Pipeline["train"]["classWeight"]): Pipeline => ({
    source: arrays({ x: [[1], [2], [3], [4]], y: [0, 0, 1, 0] }),
    model: [dense(1, { activation: "sigmoid", kernelInitializer: "zeros", biasInitializer: constant(1) })],
    train: { loss: "binaryCrossentropy", optimizer: sgd(), batchSize: 4, ...(classWeight && { classWeight }) },
  });

  it.each<[string, Pipeline["train"]["classWeight"], number]>([
    ["none", undefined, (3 * zero + one) / 4],
    ["[1, 3]", [1, 3], (3 * zero + 3 * one) / 4],
    // rows / (classes · rows of the class): 4 / (2 · 3) and 4 / (2 · 1)
    ['"balanced"', "balanced", (3 * (2 / 3) * zero + 2 * one) / 4],
  ])("%s give the loss that they should", async (_, classWeight, loss) => {
    const [epoch] = ofType(await all(run(weighted(classWeight))), "epoch");
    expect(epoch?.train.loss).toBeCloseTo(loss, 6);
  });

  it("move the weights in proportion", async () => {
    // d loss / d bias = sum over rows of weight · (p - y) / 4, with p = sigmoid(1) = 0.7310586.
    const bias = async (classWeight: Pipeline["train"]["classWeight"]): Promise<number> => {
      const bytes = fileOf(await all(run(weighted(classWeight))), "model.safetensors");
      const { offset } = biasOf(bytes);
      return bytes.readFloatLE(offset);
    };
    expect(await bias(undefined)).toBeCloseTo(1 - 0.01 * ((3 * 0.7310586 - 0.2689414) / 4), 6);
    expect(await bias([1, 3])).toBeCloseTo(1 - 0.01 * ((3 * 0.7310586 - 3 * 0.2689414) / 4), 6);
  });
});

function biasOf(bytes: Buffer): { offset: number } {
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString());
  return { offset: 8 + length + header["dense.bias"].data_offsets[0] };
}
