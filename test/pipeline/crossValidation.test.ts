// Folds: a model each, nothing shared but the rows, and in the end a model of all rows.
import { describe, expect, it } from "vitest";
import { arrays, dense, fillMissing, type Pipeline, pipeline, type RunEvent, run, sgd, standardize } from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { createRun } from "../../src/pipeline/run.ts";
import { purpose, random } from "../../src/random.ts";
import { tag } from "../../src/stages/split/settings.ts";
import { classes, tableOf } from "../stages/tables.ts";
import { all, failure, fileOf, memoryStore, ofType } from "../support/runs.ts";
import { foldTags } from "../support/work.ts";

const ROWS = 60;
const SEED = 3;

interface Rows {
  readonly x: (number | null)[][];
  readonly y: number[];
}

/** Two clouds; every seventh row lacks a number. */
function clouds(): Rows {
  const source = random(1, purpose.data);
  const y = Array.from({ length: ROWS }, (_, i) => Number(i % 3 === 0));
  const x = y.map((label, i) => [2 * label + source.normal(), i % 7 === 0 ? null : label - source.normal(), 3 * source.normal()]);
  return { x, y };
}

const folded = (split: Pipeline["split"] = {}, rows = clouds(), more: Partial<Pipeline> = {}, train: Partial<Pipeline["train"]> = {}) =>
  pipeline({
    source: arrays({ ...rows, others: { visit: rows.y.map((_, i) => Math.floor(i / 4)) } }),
    clean: [{ kind: "dropDuplicates" }, fillMissing()],
    normalize: [standardize({ per: "feature" })],
    split: { folds: 3, ...split },
    model: [dense(4, { activation: "tanh" }), dense(1, { activation: "sigmoid" })],
    train: { loss: "binaryCrossentropy", optimizer: "adam", epochs: 3, batchSize: 8, ...train },
    evaluate: ["accuracy", "rocAuc"],
    seed: SEED,
    ...more,
  });

const withoutClock = (event: object): object => JSON.parse(JSON.stringify(event, (k, v) => (/seconds|samplesPerSecond/i.test(k) ? 0 : v)));
const lines = (events: RunEvent[], name: string): object[] =>
  fileOf(events, name)
    .toString()
    .trim()
    .split("\n")
    .map((line) => withoutClock(JSON.parse(line)));

describe("a run with folds", () => {
  it("says which fold, measures each, and ends with mean, deviation and every value", async () => {
    const events = await all(run(folded({ stratify: true })));
    expect(ofType(events, "stage").filter((e) => e.stage === "source" || e.kind === "dropDuplicates")).toHaveLength(2);
    const fitted = ofType(events, "stage").filter((e) => e.kind === "fillMissing");
    expect(fitted.map((e) => e.fold?.fold)).toEqual([1, 2, 3, undefined]);
    expect(ofType(events, "epoch").map((e) => e.fold?.fold)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, undefined, undefined, undefined]);
    const results = ofType(events, "fold");
    expect(results.map((e) => [e.fold, e.rows])).toEqual(
      [1, 2, 3].map((fold) => [
        { fold, folds: 3, repeat: 1, repeats: 1 },
        { train: 40, validation: 0, test: 20 },
      ]),
    );
    const [summary] = ofType(events, "crossValidation");
    const values = results.map((e) => e.test.rocAuc as number);
    expect(summary?.values.rocAuc).toEqual(values);
    const mean = values.reduce((a, b) => a + b) / 3;
    expect(summary?.mean.rocAuc).toBeCloseTo(mean, 12);
    expect(summary?.deviation.rocAuc).toBeCloseTo(Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / 3), 12);
    const [done] = ofType(events, "done");
    expect(done?.test).toEqual(summary?.mean);
    expect(done?.baseline).toEqual(summary?.baseline);
    expect(done?.crossValidation).toMatchObject({ folds: 3, repeats: 1 });
    expect(ofType(events, "warning")).toEqual([]);
    expect(JSON.parse(fileOf(events, "metrics.json").toString())).toMatchObject({ test: summary?.mean, crossValidation: { folds: 3 } });
    expect(lines(events, "folds.jsonl")).toHaveLength(3);
    expect(lines(events, "history.jsonl")).toHaveLength(3);
    expect(ofType(events, "artifact").filter((e) => e.name === "pipeline.json" || e.name === "model.safetensors")).toHaveLength(2);
  });

  it("sums the confusion matrices: every row is there once a repeat", async () => {
    const { y } = clouds();
    const more = { evaluate: ["accuracy", "confusionMatrix"] as const };
    const events = await all(run(folded({ repeats: 2, refit: false }, clouds(), more)));
    const [summary] = ofType(events, "crossValidation");
    const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = summary?.confusionMatrix ?? [];
    expect([a + b, c + d]).toEqual([2 * y.filter((label) => label === 0).length, 2 * y.filter((label) => label === 1).length]);
    expect((a + d) / (2 * ROWS)).toBeCloseTo(summary?.mean.accuracy as number, 12);
    const folds = ofType(events, "fold").map(({ confusionMatrix }) => confusionMatrix?.[1]?.[1] ?? Number.NaN);
    expect(folds.reduce((sum, n) => sum + n)).toBe(d);
  });

  it("keeps the model of all rows: the bytes of a run without folds", async () => {
    const whole = await all(run(folded({ folds: undefined } as never)));
    const model = fileOf(await all(run(folded())), "model.safetensors");
    expect(model).toEqual(fileOf(whole, "model.safetensors"));
  });

  it("keeps none where none is wanted", async () => {
    const events = await all(run(folded({ refit: false })));
    expect(ofType(events, "artifact").map((e) => e.name)).not.toContain("model.safetensors");
    const [done] = ofType(events, "done");
    expect(done).toMatchObject({ reason: "epochs", epochs: 3, train: { loss: expect.any(Number) }, test: { rocAuc: expect.any(Number) } });
    expect(JSON.parse(fileOf(events, "metrics.json").toString()).test).toEqual(done?.test);
  });

  it("measures the model that it keeps on rows that no fold has seen", async () => {
    const events = await all(run(folded({ test: 0.25, repeats: 2 })));
    expect(ofType(events, "fold").map((e) => e.rows.train + e.rows.test)).toEqual(new Array(6).fill(45));
    const [done] = ofType(events, "done");
    const own = ofType(events, "metrics").find((e) => e.fold === undefined);
    expect(own?.evaluation.rows).toBe(15);
    expect(done?.test).toEqual(own?.evaluation.scalars);
    expect(done?.intervals).toEqual(own?.evaluation.intervals?.scalars);
    expect(done?.crossValidation?.values.accuracy).toHaveLength(6);
  });

  it.each<[Pipeline["split"], number[]]>([
    [{ group: "visit", validation: 0.2 }, [5, 5, 5]],
    [{ orderBy: "visit" }, [5, 3, 3]],
  ])("by a column beside the inputs: %j", async (split) => {
    const events = await all(run(folded(split)));
    expect(ofType(events, "fold")).toHaveLength(3);
    for (const { rows } of ofType(events, "fold")) expect(rows.test % 4).toBe(0);
  });

  it("counts a fold that diverges as NaN, and says so", async () => {
    const rows = clouds();
    const [first] = rows.x as [number[]];
    first[0] = 1e30;
    const events = await all(
      run(
        folded(
          {},
          rows,
          { normalize: [], model: [dense(1), dense(1)] },
          { loss: "meanSquaredError", optimizer: sgd({ learningRate: 1e8 }) },
        ),
      ),
    );
    expect(ofType(events, "crossValidation")[0]?.mean.accuracy ?? Number.NaN).toBeNaN();
    expect(ofType(events, "done")[0]?.reason).toBe("nan");
  });

  it("names the fold whose rows are wrong", async () => {
    const rows = clouds();
    // Known in one row alone: the fold that measures on it has nothing to fill from.
    rows.x.forEach((row, i) => {
      row[1] = i === 50 ? 1 : null;
    });
    expect(await failure(run(folded({ shuffle: false }, rows)))).toMatch(
      /^fold 3 of 3, fillMissing: x\[1\] is missing in every training row/,
    );
  });
});

it.each<Pipeline["split"]>([{}, { stratify: true }, { validation: 0.2 }, { group: "visit" }, { orderBy: "visit" }, { repeats: 2 }])(
  "what a fold does not train on has no part in what it learns: %j",
  async (split) => {
    const settings = { folds: 3, refit: false, ...split };
    const rows = clouds();
    const text = { type: "text", values: rows.y.map((_, i) => String(Math.floor(i / 4))) } as const;
    const table = tableOf({ x: { type: "numeric", shape: [], data: new Float32Array(ROWS) }, visit: text, label: classes(rows.y) }, ROWS);
    const training = async (given: Rows): Promise<object[]> => {
      const events = await all(run(folded(settings, given)));
      return ofType(events, "epoch").map((e) => withoutClock({ fold: e.fold, train: e.train }));
    };
    const before = await training(rows);
    for (const fold of [0, 2]) {
      const tags = foldTags(table, settings, SEED, 0, fold);
      const x = rows.x.map((row, i) => (tags[i] === tag.train ? row : [1000 + i, null, -7]));
      const after = await training({ ...rows, x });
      expect(after.slice(3 * fold, 3 * fold + 3)).toEqual(before.slice(3 * fold, 3 * fold + 3));
      // Another fold trains on them (none does, of the latest).
      if (fold === 0) expect(after.slice(3, 6)).not.toEqual(before.slice(3, 6));
    }
  },
);

describe("a run with folds that is left", () => {
  /** `run` into a folder in memory. */
  const stored = (files = memoryStore()) => ({ files, run: createRun({ ...nodePlatform, store: async () => files }) });

  it("goes on where it was, and ends in the same bytes, wherever it was left", async () => {
    const whole = stored();
    const total = (await all(whole.run(folded({ validation: 0.2 }), { out: "x" }))).length;
    for (let stop = 8; stop < total; stop += 5) {
      const part = stored();
      let seen = 0;
      for await (const _ of part.run(folded({ validation: 0.2 }), { out: "x" })) if (++seen === stop) break;
      await all(part.run(folded({ validation: 0.2 }), { out: "x", resume: true }));
      expect(part.files.files.get("model.safetensors")).toEqual(whole.files.files.get("model.safetensors"));
      const text = (files: typeof part.files, name: string): object[] =>
        new TextDecoder()
          .decode(files.files.get(name))
          .trim()
          .split("\n")
          .map((line) => withoutClock(JSON.parse(line)));
      for (const name of ["folds.jsonl", "history.jsonl"]) expect(text(part.files, name)).toEqual(text(whole.files, name));
    }
  });

  it("trains no finished fold again", async () => {
    const { run } = stored();
    for await (const event of run(folded(), { out: "x" })) if (event.type === "epoch" && event.fold?.fold === 3 && event.epoch === 2) break;
    const events = await all(run(folded(), { out: "x", resume: true }));
    const trained = ofType(events, "epoch").map((e) => e.fold?.fold);
    expect(trained).toContain(3);
    expect(trained).not.toContain(2);
    expect(ofType(events, "fold")).toHaveLength(3);
  });

  it.each<[Pipeline, string]>([
    [folded({ folds: 4 }), "split.folds was 3 and is 4"],
    [folded({}, undefined, {}, { epochs: 9 }), "train.epochs was 3 and is 9"],
    [folded({}, undefined, { evaluate: [] }), "evaluate.0 was"],
  ])("is another run with other settings", async (changed, message) => {
    const { run } = stored();
    await all(run(folded(), { out: "x" }));
    expect(await failure(run(changed, { out: "x", resume: true }))).toContain(message);
  });

  it("leaves no thread behind", async () => {
    let alive = 0;
    const startThread: typeof nodePlatform.startThread = async (source, data) => {
      const thread = await nodePlatform.startThread(source, data);
      alive++;
      return { ended: () => thread.ended().finally(() => alive--) };
    };
    const counted = createRun({ ...nodePlatform, startThread });
    for (const stop of ["model", "epoch", "metrics", "fold"]) {
      for await (const event of counted(folded(), { threads: 2 })) if (event.type === stop && event.fold?.fold === 2) break;
      await expect.poll(() => alive).toBe(0);
    }
  });
});
