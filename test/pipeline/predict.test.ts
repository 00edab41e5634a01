// A model read back from its folder does to a row exactly what the run did.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { numericColumn, type Table } from "../../src/data/table.ts";
import {
  adam,
  arrays,
  denoise,
  dense,
  fillMissing,
  flatten,
  loadModel,
  minMax,
  noise,
  type Pipeline,
  run,
  standardize,
  strokes,
  type TrainedModel,
} from "../../src/node/index.ts";
import { evaluate } from "../../src/pipeline/evaluate.ts";
import type { RunOptions } from "../../src/pipeline/options.ts";
import { loadSource } from "../../src/pipeline/prepare.ts";
import { train } from "../../src/pipeline/train.ts";
import { openModel } from "../../src/pipeline/trainedModel.ts";
import { random } from "../../src/random.ts";
import { all, builtOf, contextOf, failure, memoryStore, resultOf } from "../support/runs.ts";
import { xor } from "../support/xor.ts";

const root = mkdtempSync(join(tmpdir(), "lanewise-predict-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const digits: Pipeline = {
  source: strokes({ rows: 400, test: 300 }),
  clean: [denoise()],
  normalize: [minMax({ to: [-1, 1] })],
  augment: [noise({ deviation: 0.1 })],
  split: { test: "given" },
  model: [flatten(), dense(16, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 2 },
  seed: 2,
};

const source = random(9, 0);
const x = Array.from({ length: 90 }, () => [
  source.normal() * 4 + 1,
  source.uniform() < 0.3 ? null : source.normal(),
  source.uniform() * 1e-3,
]);
const vectors: Pipeline = {
  source: arrays({ x, y: x.map(([a, b, c]) => (a as number) - (b ?? 0) + 1000 * (c as number)), columns: ["height", "mass", "age"] }),
  clean: [fillMissing({ strategy: "median" })],
  normalize: [standardize()],
  split: { test: 30, shuffle: false },
  model: [dense(8, { activation: "tanh" }), dense(1)],
  train: { optimizer: "adam", loss: "mse", epochs: 2 },
};

/** What a run put out for its test rows, those rows as the source had them, and the model of its folder. */
async function finished(
  pipeline: Pipeline,
  options: RunOptions = {},
): Promise<{ outputs: Float32Array; table: Table; model: TrainedModel; loss: number }> {
  const store = memoryStore();
  const context = contextOf(pipeline, options, store);
  const trained = await resultOf(train(context)(await builtOf(context)));
  const { session, prepared, starts } = trained;
  const { outputs } = await session.predict(starts.test, prepared.test?.rows as number, async () => {});
  const done = await resultOf(evaluate(context)(trained));
  const table = await resultOf(loadSource(context)());
  return { outputs, table, model: await openModel(store), loss: done.test?.loss as number };
}

/** The last rows of the input, one array each. */
function lastRows(table: Table, count: number): number[][] {
  const { data } = numericColumn(table, table.inputs[0] as string);
  const width = data.length / table.rows;
  return Array.from({ length: count }, (_, i) => [
    ...data.subarray((table.rows - count + i) * width, (table.rows - count + i + 1) * width),
  ]);
}

describe.each<RunOptions>([{}, { strict: true }, { backend: "js" }])("of a run with %j, predictions are the same bits", (options) => {
  it("for pictures in bytes, denoised and stretched", async () => {
    const { outputs, table, model } = await finished(digits, options);
    const rows = lastRows(table, 300);
    const predicted = await model.predict(Uint8Array.from(rows.flat()));
    expect(Float32Array.from(predicted.flatMap((p) => p.output))).toEqual(outputs);
    expect(await model.predict(rows)).toEqual(predicted);
    expect(await model.predict([rows[7]])).toEqual([predicted[7]]);
    const { output, probability, class: name } = predicted[7] as (typeof predicted)[number];
    expect(probability).toBe(Math.max(...output));
    expect(name).toBe(String(output.indexOf(probability as number)));
  });

  it("for vectors, filled and standardized", async () => {
    const { outputs, table, model } = await finished(vectors, options);
    const predicted = await model.predict(lastRows(table, 30));
    expect(predicted).toEqual(Array.from(outputs, (value) => ({ output: [value] })));
    expect(await model.predict(x.slice(60))).toEqual(predicted);
  });
});

it("a model measures a table as the run measured its test rows", async () => {
  const { table, model, loss } = await finished(digits);
  const test: Table = {
    ...table,
    rows: 300,
    columns: Object.fromEntries(
      Object.entries(table.columns).map(([name, c]) => [
        name,
        c.type === "numeric" ? { ...c, data: c.data.slice(-300 * (c.data.length / table.rows)) } : c,
      ]),
    ),
  };
  expect((await model.evaluate(test)).scalars.loss).toBe(loss);
  expect(await model.evaluate(test, ["f1"])).toMatchObject({ baseline: { predicts: "mostFrequentClass" }, intervals: { resamples: 1000 } });
  expect(await model.evaluate(test, { confidence: false })).not.toHaveProperty("intervals");
});

it("questions asked at once do not mix their rows", async () => {
  const { table, model } = await finished(digits);
  const [a, b] = [lastRows(table, 300), lastRows(table, 300).reverse()];
  const [first, second] = await Promise.all([model.predict(a), model.predict(b)]);
  expect(second).toEqual(first?.toReversed());
  expect(await failure(model.predict([[1]]))).toContain("predict row 0");
  expect(await model.predict(a)).toEqual(first);
});

describe("rows that do not fit", async () => {
  const pictures = (await finished(digits)).model;
  const numbers = (await finished(vectors)).model;
  const plain = (
    await finished({
      ...vectors,
      source: arrays({
        x: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        y: [1.5, 2, 4],
      }),
      clean: [],
      split: { test: 1 },
    })
  ).model;
  const picture = Array<number>(784).fill(9);

  it.each<[TrainedModel, readonly unknown[] | Uint8Array | Float32Array, string]>([
    [pictures, [], "predict: there are no rows"],
    [pictures, [picture, [1, 2, 3]], "predict row 1: expected 784 values [28, 28], got 3"],
    [pictures, new Uint8Array(785), "predict: rows of [28, 28] need a multiple of 784 values, got 785"],
    [pictures, new Uint8Array(0), "predict: there are no rows"],
    [pictures, [picture.with(3, 256)], "predict row 0: expected whole numbers from 0 to 255, got 256"],
    [pictures, [picture, picture.with(3, 0.5)], "predict row 1: expected whole numbers from 0 to 255, got 0.5"],
    [pictures, new Float32Array(784).fill(-1), "predict row 0: expected whole numbers from 0 to 255, got -1"],
    [pictures, [[...picture.slice(1), null]], "predict row 0: expected whole numbers from 0 to 255, got NaN"],
    [numbers, [[1, 2, "3"]], 'predict row 0: expected numbers, got "3"'],
    [
      numbers,
      [
        [1, 2, 3],
        [1, Number.POSITIVE_INFINITY, 3],
      ],
      "predict row 1: expected numbers, got Infinity",
    ],
    [
      plain,
      [
        [1, 2],
        [1, null],
      ],
      "predict row 1: value 1 is missing, and no stage of the pipeline fills it",
    ],
    [plain, [5], "predict row 0: expected 2 values [2], got 1"],
  ])("are named in one line (%#)", async (model, rows, message) => {
    expect(await failure(model.predict(rows))).toBe(message);
  });
});

describe("a folder", () => {
  const loads = (folder: string): Promise<string> => failure(loadModel(join(root, folder)));

  it("is read back from the disk alone", async () => {
    const out = join(root, "xor");
    await all(run(xor({ epochs: 400, optimizer: adam({ learningRate: 0.1 }), checkpoint: false }), { out }));
    const model = await loadModel(out);
    expect(
      (
        await model.predict([
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ])
      ).map((p) => p.class),
    ).toEqual(["0", "1", "1", "0"]);
  });

  it("that is none, half, or damaged is refused in one line", async () => {
    expect(await loads("nowhere")).toBe(`${root}/nowhere/pipeline.json: not found; is this the folder of a run?`);

    const half = join(root, "half");
    for await (const event of run(xor(), { out: half })) if (event.type === "artifact" && event.name === "history.jsonl") break;
    expect(await loads("half")).toBe(`${half}/model.safetensors: not there yet: the run did not finish; continue it with --resume`);

    writeFileSync(join(half, "model.safetensors"), new Uint8Array(5));
    expect(await loads("half")).toBe(`${half}/model.safetensors: not a safetensors file: expected at least 8 bytes, got 5`);

    await all(run(xor({}, { model: [dense(9), dense(1, { activation: "sigmoid" })] }), { out: join(root, "wide") }));
    spawnSync("cp", [join(root, "wide", "model.safetensors"), half]);
    expect(await loads("half")).toBe('weights: "dense.kernel" is [2,9] in the file and [2,4] in the model');

    writeFileSync(join(half, "pipeline.json"), "{");
    expect(await loads("half")).toMatch(new RegExp(`^${half}/pipeline.json: not JSON: .*$`));
    writeFileSync(join(half, "pipeline.json"), "{}");
    expect(await loads("half")).toBe(`${half}/pipeline.json: expected "lanewise": 1, got undefined; was it written by another version?`);
  });
});

const python = spawnSync("python3", ["-c", "import numpy"]);

describe.skipIf(python.status !== 0)("Python, with numpy and nothing else", () => {
  it("reads the weights and computes the same probabilities", async () => {
    const out = join(root, "numpy");
    await all(run({ ...digits, clean: [] }, { out }));
    const model = await loadModel(out);
    const image = Array.from({ length: 784 }, (_, i) => (i * 37) % 256);
    const script = `
import json, sys, numpy as np
raw = open(sys.argv[1] + "/model.safetensors", "rb").read()
n = int.from_bytes(raw[:8], "little")
head = json.loads(raw[8:8 + n])
assert (8 + n) % 8 == 0 and head.pop("__metadata__") == {"format": "lanewise"}
w = {k: np.frombuffer(raw[8 + n:], np.float32)[v["data_offsets"][0] // 4:v["data_offsets"][1] // 4].reshape(v["shape"]) for k, v in head.items()}
affine = json.load(open(sys.argv[1] + "/pipeline.json"))["fitted"]["affine"]
x = np.array(json.loads(sys.argv[2]), np.float32) * np.float32(affine["scale"][0]) + np.float32(affine["shift"][0])
h = np.maximum(x @ w["dense.kernel"] + w["dense.bias"], 0)
z = h @ w["dense_1.kernel"] + w["dense_1.bias"]
e = np.exp(z - z.max())
print(json.dumps([float(v) for v in e / e.sum()]))`;
    const { stdout, stderr } = spawnSync("python3", ["-c", script, out, JSON.stringify(image)], { encoding: "utf8" });
    expect(stderr).toBe("");
    const [{ output } = { output: [] }] = await model.predict([image]);
    (JSON.parse(stdout) as number[]).forEach((p, i) => {
      expect(output[i]).toBeCloseTo(p, 5);
    });
  });
});
