// Stages that choose or make training rows: what they leave alone, and when they are refused.
import { describe, expect, it } from "vitest";
import { inputColumn, numericColumn } from "../../src/data/table.ts";
import {
  arrays,
  dense,
  jitter,
  noise,
  oversample,
  type Pipeline,
  pipeline,
  run,
  smote,
  standardize,
  undersample,
} from "../../src/node/index.ts";
import { clean, loadSource, normalize, split } from "../../src/pipeline/prepare.ts";
import { resample } from "../../src/pipeline/resample.ts";
import { purpose, random } from "../../src/random.ts";
import { all, contextOf, failure, fileOf, ofType, resultOf } from "../support/runs.ts";

const ROWS = 80;

function data(test = 0) {
  const source = random(2, purpose.data);
  const y = Array.from({ length: ROWS }, (_, i) => Number(i % 5 === 0));
  const x = y.map((label) => [label + source.normal(), 100 * source.normal()]);
  return { x, y, test: { x: x.map(([a, b]) => [(a as number) + test, b as number]), y } };
}

const rare = (augment: Pipeline["augment"], more: Partial<Pipeline> = {}, train: Partial<Pipeline["train"]> = {}, test = 0): Pipeline =>
  pipeline({
    source: arrays(data(test)),
    normalize: [standardize({ per: "feature" })],
    ...(augment && { augment }),
    split: { test: "given", validation: 0.25, stratify: true },
    model: [dense(4, { activation: "tanh" }), dense(1, { activation: "sigmoid" })],
    train: { loss: "binaryCrossentropy", optimizer: "adam", epochs: 3, batchSize: 8, ...train },
    evaluate: ["accuracy", "rocAuc"],
    seed: 1,
    ...more,
  });

async function preparedOf(definition: Pipeline) {
  const context = contextOf(definition);
  const cleaned = await resultOf(clean(context)(await resultOf(loadSource(context)())));
  const before = await resultOf(normalize(context)(await resultOf(split(context)(cleaned))));
  return { before, after: await resultOf(resample(context)(before)) };
}

const variants: Pipeline["augment"][] = [
  [oversample()],
  [undersample()],
  [smote({ neighbors: 3 })],
  [jitter({ stddev: 0.1 })],
  [smote({ neighbors: 3, ratio: 0.5 }), oversample({ ratio: 0.8 }), jitter({ stddev: 0.1 })],
];

describe.each(variants.map((augment) => ({ augment })))("$augment", ({ augment }) => {
  it("is the same under the same seed", async () => {
    const model = async (seed: number): Promise<Buffer> => fileOf(await all(run(rare(augment, { seed }))), "model.safetensors");
    expect(await model(1)).toEqual(await model(1));
    expect(await model(2)).not.toEqual(await model(1));
  });

  it("does not see test rows", async () => {
    const train = async (test: number): Promise<unknown[]> =>
      ofType(await all(run(rare(augment, {}, {}, test))), "epoch").map((e) => e.train);
    expect(await train(1000)).toEqual(await train(0));
  });

  it("leaves the rows that measure, and the trivial model, alone", async () => {
    const [plain, changed] = [await all(run(rare(undefined))), await all(run(rare(augment)))];
    const rows = (events: typeof plain): unknown => ofType(events, "metrics").map((e) => [e.evaluation.rows, e.evaluation.baseline]);
    expect(rows(changed)).toEqual(rows(plain));
  });
});

it("epochs have as many rows as are chosen, other ones each time", async () => {
  const steps = async (augment: Pipeline["augment"]): Promise<number> => {
    const events = await all(run(rare(augment, {}, { batchSize: 1 })));
    const [stage] = ofType(events, "stage").filter((e) => e.stage === "augment");
    const [epoch] = ofType(events, "epoch");
    const rows = Math.round((epoch?.samplesPerSecond ?? 0) * (epoch?.seconds ?? 0));
    expect(stage).toMatchObject({ rowsIn: 60, rowsOut: rows, note: "in each epoch" });
    return rows;
  };
  expect(await steps([oversample()])).toBe(96);
  expect(await steps([undersample()])).toBe(24);
});

it("smote makes rows between rows, as the model reads them, behind those that are there", async () => {
  const { before, after } = await preparedOf(rare([smote({ neighbors: 3 })]));
  expect([before.train.rows, after.train.rows, after.real]).toEqual([60, 96, 60]);
  expect(after.validation).toBe(before.validation);
  expect(after.test).toBe(before.test);
  const [from, to] = [inputColumn(before.train), inputColumn(after.train)];
  expect(to.data.subarray(0, 120)).toEqual(from.data);
  const labels = numericColumn(after.train, "y").data;
  const known = Array.from({ length: 60 }, (_, i) => i).filter((i) => labels[i] === 1);
  for (let row = 60; row < 96; row++) {
    expect(labels[row]).toBe(1);
    const [u, v] = [to.data[2 * row] as number, to.data[2 * row + 1] as number];
    // It lies on a line between two of its class.
    const away = known.flatMap((a) =>
      known.map((b) => {
        const [ax, ay, bx, by] = [a, b].flatMap((i) => [from.data[2 * i] as number, from.data[2 * i + 1] as number]) as [
          number,
          number,
          number,
          number,
        ];
        return Math.abs(Math.hypot(u - ax, v - ay) + Math.hypot(bx - u, by - v) - Math.hypot(bx - ax, by - ay));
      }),
    );
    expect(Math.min(...away)).toBeLessThan(1e-4);
  }
});

it("folds resample each for themselves", async () => {
  const events = await all(run(rare([smote({ neighbors: 3 })], { split: { folds: 2, stratify: true } })));
  const made = ofType(events, "stage").filter((e) => e.kind === "smote");
  expect(made.map((e) => [e.fold?.fold, e.rowsIn, e.rowsOut])).toEqual([
    [1, 40, 64],
    [2, 40, 64],
    [undefined, 80, 128],
  ]);
});

it("jitter is noise by another name", () => {
  expect(jitter({ stddev: 0.1 })).toEqual(noise({ deviation: 0.1 }));
  expect(() => jitter({ stddev: 0 })).toThrow("jitter.stddev: expected a number > 0, got 0");
});

it.each<[string, Pipeline, string]>([
  [
    "a target of numbers",
    rare(
      [oversample()],
      { source: arrays({ x: [[1], [2], [3], [4]], y: [0.5, 1.5, 2, 3] }), split: {}, evaluate: [] },
      { loss: "meanSquaredError" },
    ),
    'augment[0] oversample: the target "y" does not hold one class a row',
  ],
  [
    "balanced weights besides",
    rare([oversample()], {}, { classWeight: "balanced" }),
    "augment[0] oversample: rare classes would count twice",
  ],
])("is refused with %s", async (_, wrong, message) => {
  expect(await failure(run(wrong))).toContain(message);
});
