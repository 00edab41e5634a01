import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  adam,
  arrays,
  bagOfWords,
  dense,
  embedding,
  encode,
  loadModel,
  lstm,
  nextCharacters,
  pad,
  pipeline,
  run,
  type TrainedModel,
  tokenize,
  vocabulary,
} from "../../src/node/index.ts";
import { drawn } from "../../src/pipeline/generate.ts";

const folder = mkdtempSync(join(tmpdir(), "lanewise-generate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const written = async (model: TrainedModel, prompt: string, options = {}): Promise<string> => {
  let text = "";
  for await (const character of model.generate(prompt, options)) text += character;
  return text;
};

describe("a model of the next character", () => {
  const models: TrainedModel[] = [];
  beforeAll(async () => {
    writeFileSync(join(folder, "text.txt"), "abcd".repeat(300));
    for (const side of ["post", "pre"] as const) {
      const letters = pipeline({
        source: nextCharacters({ path: join(folder, "text.txt"), length: 8, stride: 3 }),
        clean: [tokenize({ by: "characters" })],
        normalize: [vocabulary(), encode(), pad({ length: 8, side })],
        split: { test: 0.1 },
        model: [embedding(6, 8), lstm(8, { returnSequences: true }), dense(4, { activation: "softmax" })],
        train: { optimizer: adam({ learningRate: 0.02 }), loss: "sparseCategoricalCrossentropy", epochs: 8 },
        seed: 1,
      });
      const out = join(folder, side);
      for await (const _ of run(letters, { out }));
      models.push(await loadModel(out));
    }
  });
  afterAll(() => Promise.all(models.map((model) => model.close())));

  it("goes on as the text it learned does, from a short prompt and beyond its window, wherever short rows are filled up", async () => {
    for (const model of models) {
      expect(await written(model, "abcdab", { length: 12, temperature: 0 })).toBe("cdabcdabcdab");
      expect(await written(model, "cdabcdabcdab", { length: 6, temperature: 0.1 })).toBe("cdabcd");
    }
  });

  it("writes the same with the same seed, and something else with another, once it is hot enough", async () => {
    const [model] = models as [TrainedModel];
    const hot = (seed: number): Promise<string> => written(model, "ab", { length: 40, temperature: 20, seed });
    expect(await hot(1)).toBe(await hot(1));
    expect(await hot(1)).not.toBe(await hot(2));
    expect(new Set(await hot(1))).toEqual(new Set("abcd"));
  });

  it("says in one line what it cannot do", async () => {
    const [model] = models as [TrainedModel];
    await expect(written(model, "")).rejects.toThrow("generate: the prompt is empty; begin with at least one character");
    await expect(written(model, "a", { temperature: -1 })).rejects.toThrow("generate.temperature: expected a number >= 0, got -1");
    const opinions = pipeline({
      source: arrays({ x: ["good", "bad", "good", "bad"], y: ["pos", "neg", "pos", "neg"] }),
      clean: [tokenize()],
      normalize: [vocabulary(), bagOfWords()],
      model: [dense(2, { activation: "softmax" })],
      train: { loss: "sparseCategoricalCrossentropy" },
    });
    const out = join(folder, "opinions");
    for await (const _ of run(opinions, { out }));
    const other = await loadModel(out);
    await expect(written(other, "good")).rejects.toThrow("the model says what a text is (neg, pos …), not which character follows");
    await other.close();
  });
});

describe("drawing", () => {
  it("follows the probabilities, sharpened or flattened by the temperature", () => {
    const probabilities = [0.1, 0.2, 0.7];
    const shares = (temperature: number): number[] => {
      const counts = [0, 0, 0];
      for (let i = 0; i < 10_000; i++) {
        const k = drawn(probabilities, temperature, (i + 0.5) / 10_000);
        counts[k] = (counts[k] as number) + 1;
      }
      return counts.map((count) => count / 10_000);
    };
    const expected = (temperature: number): number[] => {
      const weights = probabilities.map((p) => p ** (1 / temperature));
      return weights.map((w) => w / weights.reduce((a, b) => a + b));
    };
    for (const temperature of [0.5, 1, 2]) {
      for (const [i, share] of shares(temperature).entries()) expect(share).toBeCloseTo(expected(temperature)[i] as number, 3);
    }
    expect(shares(0)).toEqual([0, 0, 1]);
  });
});
