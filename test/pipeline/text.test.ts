// A pipeline of texts from its source to predictions: what is fitted is fitted on training rows, and what is asked later goes the same way.
import { describe, expect, it } from "vitest";
import type { Buffer } from "../../src/graph/emit.ts";
import type { Program } from "../../src/graph/program.ts";
import {
  adam,
  arrays,
  bagOfWords,
  dense,
  dropDuplicates,
  dropIncomplete,
  embedding,
  encode,
  flatten,
  minMax,
  noise,
  normalizeText,
  type Pipeline,
  pad,
  removePunctuation,
  run,
  sgd,
  synonyms,
  tfidf,
  tokenize,
  vocabulary,
  wordDropout,
  wordSwap,
} from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import type { PipelineFile } from "../../src/pipeline/artifacts.ts";
import { evaluateRun } from "../../src/pipeline/evaluateRun.ts";
import { loadSource } from "../../src/pipeline/prepare.ts";
import { openModel } from "../../src/pipeline/trainedModel.ts";
import { random } from "../../src/random.ts";
import { FIRST_WORD } from "../../src/stages/text/vocabulary.ts";
import { all, builtOf, contextOf, failure, fileOf, memoryStore, ofType, resultOf } from "../support/runs.ts";

const praise = ["good", "great", "moving", "fine"];
const blame = ["bad", "dull", "awful", "slow"];
const rest = ["the", "film", "was", "a", "plot", "with", "actors", "and", "music"];

/** Reviews whose words tell their class; the last 40 are set aside. */
function reviews(rows = 160): { x: string[]; y: string[] } {
  const source = random(4, 0);
  const pick = (list: readonly string[]): string => list[source.integer(list.length)] as string;
  const y = Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? "neg" : "pos"));
  const x = y.map((label) => {
    const words = Array.from({ length: 5 + source.integer(8) }, () => pick(rest));
    words.splice(source.integer(words.length), 0, pick(label === "pos" ? praise : blame));
    return `${words.join(" ")}!`;
  });
  return { x, y };
}

const base = (data: { x: readonly string[]; y: readonly string[] }): Pipeline => ({
  source: arrays(data),
  clean: [normalizeText(), removePunctuation(), dropDuplicates(), tokenize(), dropIncomplete()],
  normalize: [vocabulary(), tfidf()],
  split: { validation: 20, test: 20, shuffle: false },
  model: [dense(2, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.05 }), loss: "sparseCategoricalCrossentropy", epochs: 12, batchSize: 16 },
});

/** Runs it, and opens what it left. */
async function trained(pipeline: Pipeline) {
  const events = await all(run(pipeline));
  const files = new Map(["pipeline.json", "model.safetensors"].map((name) => [name, new Uint8Array(fileOf(events, name))]));
  return { events, files, model: await openModel(memoryStore(files)) };
}

describe("texts", () => {
  it.each<[string, Pipeline["normalize"] & {}, Pipeline["model"] | undefined]>([
    ["tf-idf", [vocabulary(), tfidf()], undefined],
    ["counted words", [vocabulary(), bagOfWords()], undefined],
    ["words that are there", [vocabulary(), bagOfWords({ binary: true })], undefined],
    ["counted words, scaled", [vocabulary({ maxWords: 18 }), bagOfWords(), minMax()], undefined],
  ])("are learned by %s, and predicted as they were measured", async (_, normalize, layers) => {
    const pipeline = { ...base(reviews()), normalize, ...(layers && { model: layers }) };
    const { events, files, model } = await trained(pipeline);
    const done = ofType(events, "done")[0];
    expect(done?.test?.accuracy).toBeGreaterThan(normalize.length === 3 ? 0.85 : 0.95);
    // The test rows are the last ones, and none was a duplicate of an earlier one.
    const { x, y } = reviews();
    expect(ofType(events, "stage").find((e) => e.kind === "dropDuplicates")?.rowsOut).toBe(160);
    const answers = await model.predict(x.slice(-20));
    const right = answers.filter((answer, i) => answer.class === y.slice(-20)[i]).length;
    expect(right / 20).toBe(done?.test?.accuracy);
    expect((await model.evaluate(await resultOf(loadedTable({ x: x.slice(-20), y: y.slice(-20) })))).scalars).toEqual(done?.test);
    const again = await resultOf(evaluateRun(memoryStore(files), nodePlatform, {}, new AbortController().signal));
    expect(again.evaluation.scalars).toEqual(done?.test);
    await model.close();
  });

  it("that are set aside change nothing that is fitted, and no weight", async () => {
    const data = reviews();
    const changed = { ...data, x: data.x.with(-1, "wholly new words here").with(-25, "other words again") };
    const [before, after] = [await trained(base(data)), await trained(base(changed))];
    const fitted = ({ files }: typeof before): unknown => (JSON.parse(text(files.get("pipeline.json"))) as PipelineFile).fitted;
    expect(fitted(after)).toEqual(fitted(before));
    expect(after.files.get("model.safetensors")).toEqual(before.files.get("model.safetensors"));
    const other = await trained(base({ ...data, x: data.x.with(3, "wholly new words here") }));
    expect(fitted(other)).not.toEqual(fitted(before));
    for (const { model } of [before, after, other]) await model.close();
  });

  it("of words that no training row has are still predicted; without any word they are refused", async () => {
    const { model } = await trained(base(reviews()));
    expect((await model.predict(["xyzzy plugh", "GOOD, good!"])).map((p) => p.class)).toEqual([expect.any(String), "pos"]);
    expect(await failure(model.predict(["fine", " ?! "]))).toBe("predict row 1: no words are left of the text after clean");
    expect(await failure(model.predict([7]))).toBe("predict row 0: expected text, got 7");
    expect(await failure(model.predict([]))).toBe("predict: there are no rows");
    await model.close();
  });

  it("say in one line which stage is missing or out of place", async () => {
    const of = (change: Partial<Pipeline>): Promise<string> => failure(run({ ...base(reviews()), ...change }));
    expect(await of({ normalize: [] })).toBe(
      'normalize: the model reads numbers, but "x" holds words; add vocabulary(), encode() and pad() to normalize',
    );
    expect(await of({ clean: [], normalize: [] })).toBe(
      'normalize: the model reads numbers, but "x" holds text; add tokenize() to clean, and vocabulary(), encode() and pad() to normalize',
    );
    expect(await of({ normalize: [vocabulary(), encode()] })).toBe(
      'normalize: the model reads numbers, but "x" holds word numbers; add pad() to normalize',
    );
    expect(await of({ normalize: [vocabulary(), encode(), pad(), minMax()], model: [flatten(), dense(2)] })).toBe(
      "minMax: the rows are word numbers, which are names rather than amounts; leave it out",
    );
    expect(await of({ normalize: [vocabulary(), bagOfWords(), minMax(), tfidf()] })).toBe(
      "normalize[3] tfidf: put it before the stages that scale numbers",
    );
    expect(await of({ clean: [removePunctuation(), tokenize()], source: arrays({ x: ["...", "?"], y: ["a", "b"] }) })).toBe(
      'column "x": 2 of 2 rows have no words, the first is x of row 0; add dropIncomplete() to the end of clean',
    );
    expect(await of({ source: arrays({ x: ["...", "?"], y: ["a", "b"] }) })).toBe(
      "clean[4] dropIncomplete: all 2 rows were removed, the first because: x has no words; loosen the stage",
    );
    expect(await failure(run({ ...base(reviews()), source: arrays({ x: [[1], [2]], y: [0, 1] }) }))).toBe(
      'normalizeText: expected text, but "x" holds numbers',
    );
  });

  it("of an edited run folder are refused in one line", async () => {
    const { files, model } = await trained(base(reviews()));
    await model.close();
    const file = JSON.parse(text(files.get("pipeline.json"))) as PipelineFile;
    const [fit, ...fits] = file.fitted.normalize as [{ words: string[] }, ...unknown[]];
    const refitted = (normalize: readonly unknown[]): Promise<string> => {
      const bytes = new TextEncoder().encode(JSON.stringify({ ...file, fitted: { ...file.fitted, normalize } }));
      return failure(openModel(memoryStore(new Map([...files, ["pipeline.json", bytes]]))));
    };
    const edited = (words: unknown): Promise<string> => refitted([{ ...fit, words }, ...fits]);
    const { words } = file.fitted.normalize[0] as { words: string[] };
    const at = "memory/pipeline.json fitted.normalize[0].words";
    expect(await edited("the")).toBe(`${at}: expected a list of words, got "the"`);
    expect(await edited(words.with(5, words[4] as string))).toBe(`${at}[5]: "${words[4]}" stands at 4 already; every word has one number`);
    expect(await edited(words.slice(0, -1))).toBe(
      `${at}: expected ${words.length} words, as the model was trained with, got ${words.length - 1}; the numbers of words must not move`,
    );
    expect(await refitted([fit, { idf: [1, null] }])).toBe(
      "memory/pipeline.json fitted.normalize[1].idf: expected a list of numbers; the file was changed",
    );
    const count = words.length - FIRST_WORD;
    expect(await refitted([fit, { idf: [1, 2] }])).toBe(`tfidf: there are ${count} words, but weights for 2; pipeline.json was changed`);
  });

  it("of an edited length are refused, and an embedding too small is told all that it needs", async () => {
    const padded = (inputDim: number): Pipeline => ({
      ...base(reviews()),
      normalize: [vocabulary({ maxWords: 8 }), encode(), pad({ length: 4 })],
      model: [embedding(inputDim, 2), flatten(), dense(2, { activation: "softmax" })],
    });
    expect(await failure(run(padded(4)))).toMatch(
      /but model\[0\] embedding knows the ids 0 to 3; give it inputDim 8, or keep fewer words$/,
    );
    const { files, model } = await trained(padded(8));
    await model.close();
    const edited = text(files.get("pipeline.json")).replace(/"length": 4\n/g, '"length": 3\n');
    expect(await failure(openModel(memoryStore(new Map([...files, ["pipeline.json", new TextEncoder().encode(edited)]]))))).toBe(
      "pipeline.json: its stages leave rows of [3], not [4]; the file was changed",
    );
  });

  it("show how far they are, and are left at once", async () => {
    const word = "lorem ipsum dolor sit amet ".repeat(40);
    const big = { x: Array.from({ length: 4000 }, (_, i) => word + i), y: Array.from({ length: 4000 }, (_, i) => String(i % 2)) };
    const cancel = new AbortController();
    let cancelled = 0;
    const stages: string[] = [];
    const left = await failure(
      (async () => {
        for await (const event of run(base(big), { signal: cancel.signal })) {
          if (event.type === "stage") stages.push(event.kind);
          if (event.type !== "progress" || event.stage !== "clean") continue;
          expect([event.done > 0, event.total]).toEqual([true, 4000]);
          cancelled = performance.now();
          cancel.abort(new Error("enough"));
        }
      })(),
    );
    expect([left, cancelled > 0]).toEqual(["enough", true]);
    expect(stages).not.toContain("split");
  });
});

describe("an explanation", () => {
  it("says which words moved the answer, wherever and however they stand in the text", async () => {
    const { model } = await trained(base(reviews()));
    const { influences = [], ...prediction } = await model.explain("Good plot: the actors were GOOD, but slow");
    expect(prediction).toEqual((await model.predict(["Good plot: the actors were GOOD, but slow"]))[0]);
    expect(prediction).toMatchObject({ class: "pos", words: 8, unknownWords: 2 });
    expect(influences.map(({ word }) => word).sort()).toEqual(["Good", "actors", "but", "plot", "slow", "the", "were"]);
    expect(influences[0]?.word).toBe("Good");
    const change = (word: string): number => influences.find((i) => i.word === word)?.change as number;
    // Left out, the rest must say the rest: asked for itself, it does.
    const [without] = await model.predict([" plot: the actors were , but slow"]);
    expect(change("Good")).toBeCloseTo((prediction.probability as number) - (without?.output[1] as number), 6);
    expect([change("Good") > 0.2, change("slow") < 0, change("but")]).toEqual([true, true, 0]);
    expect((await model.explain("good")).influences).toEqual([]);
    expect((await model.explain(`good ${Array.from({ length: 9000 }, (_, i) => `w${i}`).join(" ")}`)).influences).toBeUndefined();
    expect(await failure(model.explain("!"))).toBe("predict row 0: no words are left of the text after clean");
    await model.close();
  });

  it("is for texts alone", async () => {
    const numbers: Pipeline = { ...base(reviews()), source: arrays({ x: [[1], [2]], y: ["a", "b"] }), clean: [], normalize: [], split: {} };
    const { model } = await trained(numbers);
    expect(await failure(model.explain("good"))).toBe("explain: the model was trained on rows [1] of f32, not of text");
    await model.close();
  });
});

describe("augmentation of words", () => {
  // Next to nothing is learned, so what differs is what went in.
  const still = (augment: Pipeline["augment"] & {}): Pipeline => ({
    ...base(reviews()),
    normalize: [vocabulary(), encode(), pad({ length: 14 })],
    augment,
    model: [embedding(30, 3), flatten(), dense(2, { activation: "softmax" })],
    train: { optimizer: sgd({ learningRate: 1e-30 }), loss: "sparseCategoricalCrossentropy", epochs: 2, batchSize: 16 },
  });
  const table = { good: ["bad"], film: ["plot", "music"] };
  const stages = [wordDropout({ rate: 0.3 }), wordSwap({ rate: 0.3 }), synonyms({ table, rate: 0.5 })];

  it.each(stages.map((stage) => [stage.kind, stage] as const))("%s touches training batches alone, freshly each time", async (_, stage) => {
    const [plain, augmented] = [await all(run(still([]))), await all(run(still([stage])))];
    const train = (events: typeof plain): unknown[] => ofType(events, "epoch").map((e) => e.train.loss);
    expect(ofType(augmented, "metrics").map((e) => e.evaluation)).toEqual(ofType(plain, "metrics").map((e) => e.evaluation));
    expect(train(plain)[0]).toBeCloseTo(train(plain)[1] as number, 6);
    expect(train(augmented)[0]).not.toBeCloseTo(train(plain)[0] as number, 6);
    expect(train(augmented)[1]).not.toBeCloseTo(train(augmented)[0] as number, 6);
  });

  it("is the same whatever the batch, and never touches padding", async () => {
    const { session } = await builtOf(contextOf(still(stages)));
    const { feed, network, executor } = session;
    /** Where a program gathers its rows from. */
    const from = (program: Program): number => {
      const gather = program.calls.find(({ kernel }) => kernel === "gather_i32_f32");
      return program.addressOf(gather?.args[1] as Buffer) >>> 2;
    };
    const rowsAt = (start: number, rows: readonly number[]): number[][] =>
      rows.map((row) => [...executor.views.i32.slice(start + row * 14, start + (row + 1) * 14)]);
    const augmented = (rows: readonly number[], step: number): number[][] => {
      feed.point(Uint32Array.from(rows), step);
      return rowsAt(from(network.trainProgram(rows.length)), [...rows.keys()]);
    };
    const together = augmented([0, 1, 2, 3, 4, 5, 6, 7], 5);
    expect(augmented([7, 3, 0], 5)).toEqual([together[7], together[3], together[0]]);
    expect(augmented([0, 1, 2, 3, 4, 5, 6, 7], 6)).not.toEqual(together);
    const plain = rowsAt(from(network.evaluateProgram(8)), [0, 1, 2, 3, 4, 5, 6, 7]);
    expect(together).not.toEqual(plain);
    const isPadding = (rows: number[][]): boolean[][] => rows.map((row) => row.map((word) => word === 0));
    expect(isPadding(together)).toEqual(isPadding(plain));
    await executor.close();
  });

  it("needs word numbers, and they need it", async () => {
    expect(await failure(run(still([noise({ deviation: 1 })])))).toBe(
      "augment[0] noise: the rows are word numbers, not pictures; use wordDropout(), wordSwap() or synonyms()",
    );
    expect(await failure(run({ ...base(reviews()), augment: stages }))).toBe(
      "augment[0] wordDropout: expected word numbers, got rows of shape [17]; put encode() and pad() in normalize",
    );
  });

  it("is part of a model that was read back, for its listing", async () => {
    const { model } = await trained(still(stages));
    expect(model.session.network.trainProgram(4).calls.length).toBeGreaterThan(5);
    await model.close();
  });
});

it("samples show what every stage made of a few rows", async () => {
  const x = ["Good film!", "bad film", "Good film!", "a very good, long film"];
  const tiny = {
    ...base({ x, y: ["p", "n", "p", "p"] }),
    split: { test: 1, shuffle: false },
    normalize: [vocabulary(), encode(), pad({ length: 5 })],
  };
  const events = await all(run({ ...tiny, model: [dense(2, { activation: "softmax" })] }, { samples: 4 }));
  const seen = ofType(events, "stage").flatMap(({ kind, samples }) =>
    samples === undefined ? [] : [[kind, ...samples.map((s) => s.text)]],
  );
  expect(seen).toEqual([
    ["arrays", ...x.map((t) => JSON.stringify(t))],
    ["normalizeText", '"good film!"', '"bad film"', '"good film!"', '"a very good, long film"'],
    ["removePunctuation", '"good film "', '"bad film"', '"good film "', '"a very good  long film"'],
    ["dropDuplicates", '"good film "', '"bad film"', '"a very good  long film"'],
    ["tokenize", "good · film", "bad · film", "a · very · good · long · film"],
    ["dropIncomplete", "good · film", "bad · film", "a · very · good · long · film"],
    ["vocabulary", "good · film", "bad · film", "a · very · good · long · film"],
    ["encode", "4 2", "3 2", "1 1 4 1 2"],
    ["pad", "0 0 0 4 2", "0 0 0 3 2", "1 1 4 1 2"],
  ]);
  expect(ofType(await all(run(tiny)), "stage").some((event) => "samples" in event)).toBe(false);
});

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

const loadedTable = (data: { x: readonly string[]; y: readonly string[] }) => loadSource(contextOf(base(data)))();
