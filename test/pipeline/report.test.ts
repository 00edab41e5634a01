// What a run keeps for its report: what the stages did, rows before and after augmentation, the mistakes, where it was computed.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromBase64 } from "../../src/base64.ts";
import { numericColumn } from "../../src/data/table.ts";
import {
  arrays,
  dense,
  dropDuplicates,
  embedding,
  encode,
  flatten,
  globalAveragePooling1d,
  jsonl,
  loadModel,
  minMax,
  type Pipeline,
  pad,
  run,
  shift,
  standardize,
  strokes,
  tokenize,
  vocabulary,
  wordDropout,
} from "../../src/node/index.ts";
import type { Evaluation } from "../../src/pipeline/events.ts";
import { loadSource } from "../../src/pipeline/prepare.ts";
import type { PictureView, ReportFile, RowView } from "../../src/pipeline/report/file.ts";
import { rowView } from "../../src/pipeline/report/rowView.ts";
import { train } from "../../src/pipeline/train.ts";
import { all, builtOf, contextOf, fileOf, ofType, resultOf } from "../support/runs.ts";

const digits: Pipeline = {
  source: strokes({ rows: 400, test: 300 }),
  clean: [dropDuplicates()],
  normalize: [minMax({ to: [-1, 1] })],
  augment: [shift({ x: 0.2, y: 0.2 })],
  split: { test: "given", validation: 0.1 },
  model: [flatten(), dense(10, { activation: "softmax" })],
  train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 2 },
  evaluate: ["accuracy", "confusionMatrix"],
  seed: 3,
};

const reportOf = async (pipeline: Pipeline): Promise<{ report: ReportFile; evaluation: Evaluation | undefined; done: unknown }> => {
  const events = await all(run(pipeline));
  const report = JSON.parse(fileOf(events, "report.json").toString()) as ReportFile;
  return { report, evaluation: ofType(events, "metrics").at(-1)?.evaluation, done: events.at(-1) };
};

const pixels = (view: RowView | undefined): number[] => [...fromBase64((view as PictureView).pixels)];

describe("of pictures", async () => {
  const { report, evaluation, done } = await reportOf(digits);

  it("comes before the run says that it is done", () => {
    expect(done).toMatchObject({ type: "done" });
  });

  it("holds the stages, and the rows of each part", () => {
    expect(report.stages.map(({ stage, kind }) => `${stage} ${kind}`)).toEqual([
      "source strokes",
      "clean dropDuplicates",
      "split split",
      "normalize minMax",
    ]);
    expect(report.trained?.rows).toEqual({ train: 360, validation: 40, test: 300 });
  });

  it("shows training rows as the source gave them, and as training reads them, each draw another", async () => {
    const table = await resultOf(loadSource(contextOf(digits))());
    const { data } = numericColumn(table, "image");
    expect(report.trained?.examples.map(({ label }) => label)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    for (const { id, source, augmented } of report.trained?.examples ?? []) {
      expect(pixels(source)).toEqual([...data.subarray(id * 784, (id + 1) * 784)]);
      expect(augmented).toHaveLength(3);
      expect(new Set([source, ...augmented].map((view) => String(pixels(view)))).size).toBe(4);
      // Shifting keeps most of the ink.
      const ink = (view: RowView): number => pixels(view).reduce((sum, p) => sum + p, 0);
      for (const view of augmented) expect(ink(view) / ink(source)).toBeGreaterThan(0.6);
    }
  });

  it("holds the mistakes, the surest first, as many as the confusion matrix has", () => {
    const matrix = evaluation?.confusionMatrix ?? [];
    const wrong = matrix.flatMap((row, a) => row.filter((_, p) => p !== a)).reduce((sum, n) => sum + n, 0);
    const { verdict } = report;
    expect(wrong).toBeGreaterThan(20);
    expect(verdict).toMatchObject({ set: "test", rows: 300, wrong, confusionMatrix: matrix });
    expect(verdict?.perClass).toHaveLength(10);
    const confidences = (verdict?.mistakes ?? []).map(({ confidence }) => confidence as number);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    expect(confidences).toHaveLength(18);
    for (const { actual, predicted } of verdict?.mistakes ?? []) {
      expect(actual).not.toBe(predicted);
      expect(matrix[Number(actual)]?.[Number(predicted)]).toBeGreaterThan(0);
    }
  });

  it("tells seed aside all that the numbers hang on", () => {
    expect(report.environment).toMatchObject({ lanewise: "0.1.0", cores: expect.any(Number) });
    expect(report.trained?.model).toMatchObject({ backend: "wasm", threads: 1, summary: { parameters: 7850 } });
    expect(new Date(report.started).getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("leaves training as it is: the same weights as without", async () => {
    const events = await all(run(digits));
    const context = contextOf(digits);
    const { session } = await resultOf(train(context)(await builtOf(context)));
    const bare = createHash("sha256");
    for (const { data } of session.network.read()) bare.update(data);
    const file = fileOf(events, "model.safetensors");
    const reported = createHash("sha256").update(file.subarray(8 + Number(file.readBigUInt64LE(0))));
    expect(reported.digest("hex")).toBe(bare.digest("hex"));
  });
});

describe("of texts", () => {
  const folder = mkdtempSync(join(tmpdir(), "lanewise-report-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "reviews.jsonl");
  const line = (i: number): string =>
    JSON.stringify({
      text: `Review no. ${i}: ${i % 2 === 0 ? "good fine lovely" : "bad awful dull"} it was`,
      label: i % 2 === 0 ? "pos" : "neg",
    });
  const content = Array.from({ length: 60 }, (_, i) => line(i)).join("\n");
  const pipeline: Pipeline = {
    source: jsonl({ path, text: "text" }),
    clean: [tokenize()],
    normalize: [vocabulary(), encode(), pad({ length: 8 })],
    augment: [wordDropout({ rate: 0.5 })],
    split: { test: 20 },
    model: [embedding(80, 4), globalAveragePooling1d(), dense(1, { activation: "sigmoid" })],
    train: { loss: "binaryCrossentropy", epochs: 1 },
    seed: 1,
  };
  let report: ReportFile;
  beforeAll(async () => {
    writeFileSync(path, content);
    report = (await reportOf(pipeline)).report;
  });

  it("shows the texts themselves, the words that the network reads, and what augmentation leaves of them", () => {
    const [first] = report.trained?.examples ?? [];
    const text = (view: RowView | undefined): string => (view as { text: string }).text;
    expect(text(first?.source)).toMatch(/^Review no\. \d+: (good fine lovely|bad awful dull) it was$/);
    expect(text(first?.reads).split(" ")).toEqual(expect.arrayContaining(["it", "was"]));
    expect(first?.augmented.map(text).join(" ")).toContain("[UNK]");
    for (const { view, actual } of report.verdict?.mistakes ?? []) expect(text(view)).toContain(actual === "pos" ? "lovely" : "dull");
  });

  it("names the files that were read, with their checksums", () => {
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(report.files).toEqual([{ name: path, bytes: Buffer.byteLength(content), sha256 }]);
  });
});

describe("of numbers", () => {
  it("shows the rows whose loss is largest", async () => {
    const x = Array.from({ length: 40 }, (_, i) => [i, 2]);
    const { report } = await reportOf({
      source: arrays({ x, y: x.map(([a]) => (a as number) * 10), task: "regression" }),
      normalize: [standardize()],
      split: { test: 0.5, shuffle: false },
      model: [dense(1)],
      train: { loss: "mse", epochs: 1 },
    });
    const losses = report.verdict?.mistakes.map(({ loss }) => loss as number) ?? [];
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(report.verdict).toMatchObject({ set: "test", rows: 20 });
    expect(report.verdict).not.toHaveProperty("wrong");
    expect(report.verdict?.mistakes[0]).toMatchObject({
      id: 39,
      actual: "390",
      view: { kind: "values", values: [{ name: "0", value: 39 }, { name: "1" }], more: 0 },
    });
    expect(report.trained?.examples[0]).toMatchObject({ id: 0, label: "0", augmented: [] });
  });
});

describe("of folds", () => {
  const folded: Pipeline = { ...digits, split: { folds: 3 } };

  it("tells of the model that is kept, not of those of the folds", async () => {
    const { report } = await reportOf(folded);
    expect(report.stages.filter(({ stage }) => stage === "normalize")).toHaveLength(1);
    expect(report.trained?.rows).toEqual({ train: 400, validation: 0, test: 300 });
  });

  it("is there where no model is kept, too", async () => {
    const { report, done } = await reportOf({ ...folded, split: { folds: 3, refit: false } });
    expect(done).toMatchObject({ type: "done" });
    expect(report).not.toHaveProperty("trained");
    expect(report.stages.map(({ stage }) => stage)).toEqual(["source", "clean", "split"]);
  });
});

describe("a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "lanewise-report-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("gets both of folds that keep no model, which nobody can ask", async () => {
    const out = join(folder, "folds");
    const pipeline: Pipeline = { ...digits, split: { folds: 3, refit: false }, evaluate: ["confusionMatrix"] };
    const events: string[] = [];
    for await (const { type } of run(pipeline, { out })) events.push(type);
    expect(events.at(-1)).toBe("done");
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("test rows of all folds; down: true, across: predicted");
    await expect(loadModel(out)).rejects.toThrow(
      "pipeline.json: the run has kept no model, as refit: false asks; run it without to have one",
    );
  });

  it("gets report.json before training, and the report at the end", async () => {
    const names: string[] = [];
    for await (const event of run(digits, { out: folder })) {
      if (event.type === "artifact") names.push(event.name);
      if (event.type === "epoch" && event.epoch === 1) {
        const early = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as ReportFile;
        expect(early.trained?.examples).toHaveLength(10);
        expect(early).not.toHaveProperty("verdict");
      }
    }
    expect(names.slice(0, 2)).toEqual(["pipeline.json", "report.json"]);
    expect(names.slice(-3)).toEqual(["metrics.json", "report.json", "report.html"]);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("Most confident mistakes");
  });
});

describe("a row", () => {
  const affine = { scale: [1], shift: [0] };

  it("that is large is shown small, and what is no byte from black to white", () => {
    const values = Float32Array.from({ length: 200 * 400 }, (_, i) => i - 40_000);
    const view = rowView(values, { shape: [200, 400], type: "f32", affine }) as PictureView;
    expect([view.height, view.width, view.channels]).toEqual([48, 96, 1]);
    const shades = pixels(view);
    expect([Math.min(...shades), Math.max(...shades)]).toEqual([0, 255]);
  });

  it("of many numbers is told by those that are not 0", () => {
    const values = Float32Array.from({ length: 100 }, (_, i) => (i === 70 ? 2.5 : 0));
    const features = Array.from({ length: 100 }, (_, i) => `word ${i}`);
    expect(rowView(values, { shape: [100], type: "f32", affine, features })).toEqual({
      kind: "values",
      values: [{ name: "word 70", value: 2.5 }],
      more: 99,
    });
  });

  it("of single letters is told as one word", () => {
    const vocabulary = ["", "?", "a", "b", " "];
    expect(rowView(Float32Array.of(0, 0, 2, 3, 4, 2), { shape: [6], type: "i32", affine, vocabulary })).toEqual({
      kind: "text",
      text: "ab a",
    });
  });
});
