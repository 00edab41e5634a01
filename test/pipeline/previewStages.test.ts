// What the stages make of some rows, before any training.
import { describe, expect, it } from "vitest";
import { nodePlatform } from "../../src/node/platform.ts";
import { checkPipeline, type Pipeline } from "../../src/pipeline/define.ts";
import type { RowSample, StageEvent } from "../../src/pipeline/events.ts";
import { type ExamplesEvent, type PreviewOptions, previewStages } from "../../src/pipeline/previewStages.ts";

async function look(definition: unknown, options?: PreviewOptions, signal = new AbortController().signal) {
  const pipeline: Pipeline = checkPipeline(definition);
  const context = { pipeline, options: { backend: "js" as const }, platform: nodePlatform, signal, store: undefined, started: 0 };
  const stages: StageEvent[] = [];
  let examples: ExamplesEvent["examples"] = [];
  try {
    for await (const event of previewStages(context, options)) {
      if (event.type === "stage") stages.push(event);
      else if (event.type === "examples") examples = event.examples;
    }
  } catch (error) {
    return { stages, examples, error: error as Error };
  }
  return { stages, examples };
}

const kinds = (stages: readonly StageEvent[]): string[] => stages.map(({ stage, kind }) => `${stage} ${kind}`);
const sample = (stages: readonly StageEvent[], kind: string, id: number): RowSample | undefined =>
  stages.find((stage) => stage.kind === kind)?.samples?.find((row) => row.id === id);

describe("previewStages()", () => {
  it("shows pictures after each stage, and as augmentation makes them", async () => {
    const { stages, examples } = await look(
      {
        source: { kind: "strokes", rows: 60, test: 20 },
        clean: [{ kind: "denoise" }],
        normalize: [{ kind: "minMax" }],
        augment: [{ kind: "rotate", degrees: 20 }],
        model: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "softmax" }],
        train: { loss: "sparseCategoricalCrossentropy" },
      },
      { rows: 3, limit: 40 },
    );
    expect(kinds(stages)).toEqual(["source strokes", "clean denoise", "split split", "normalize minMax"]);
    expect(stages[0]).toMatchObject({ rowsIn: 80, rowsOut: 40 });
    expect(stages[1]).toMatchObject({ rowsIn: 40, rowsOut: 40 });
    const [first] = stages[0]?.samples ?? [];
    const before = first?.view;
    const after = sample(stages, "denoise", first?.id as number)?.view;
    expect(before).toMatchObject({ kind: "picture", width: 28, height: 28, channels: 1 });
    expect(after).toMatchObject({ kind: "picture", width: 28, height: 28 });
    expect(after).not.toEqual(before);
    expect(stages[0]?.samples).toHaveLength(3);
    expect(examples.map(({ label }) => label)).toContain("7");
    expect(examples[0]?.augmented).toHaveLength(3);
    expect(new Set(examples[0]?.augmented.map((view) => JSON.stringify(view))).size).toBe(3);
  });

  it("shows rows of a table by their columns, and which of them go", async () => {
    const { stages } = await look(
      {
        source: { kind: "csv", text: "size,colour,kind\n1,red,a\n,blue,b\n3,red,a\n4,blue,b\n5,red,a\n6,blue,b" },
        clean: [{ kind: "dropMissing" }],
        normalize: [{ kind: "standardize" }, { kind: "oneHot" }],
        model: [{ kind: "dense", units: 2, activation: "softmax" }],
        train: { loss: "sparseCategoricalCrossentropy" },
      },
      { rows: 6 },
    );
    const [second] = stages[0]?.samples?.slice(1) ?? [];
    expect(second?.view).toEqual({
      kind: "values",
      values: [
        { name: "size", value: "missing" },
        { name: "colour", value: "blue" },
      ],
      more: 0,
    });
    expect(sample(stages, "dropMissing", second?.id as number)).toBeUndefined();
    expect(stages[1]?.removed[0]?.reason).toMatch(/size is missing/);
  });

  it("shows texts as words and as numbers", async () => {
    const { stages, examples } = await look({
      source: { kind: "arrays", x: ["A good film", "A bad film", "Good!", "Bad."], y: ["pos", "neg", "pos", "neg"] },
      clean: [{ kind: "normalizeText" }, { kind: "tokenize" }],
      normalize: [{ kind: "vocabulary" }, { kind: "encode" }, { kind: "pad", length: 4 }],
      model: [
        { kind: "embedding", inputDim: 20, outputDim: 2 },
        { kind: "globalAveragePooling1d" },
        { kind: "dense", units: 2, activation: "softmax" },
      ],
      train: { loss: "sparseCategoricalCrossentropy", batchSize: 2 },
    });
    expect(sample(stages, "normalizeText", 0)?.text).toBe('"a good film"');
    expect(sample(stages, "tokenize", 0)?.text).toBe("a · good · film");
    expect(sample(stages, "pad", 0)?.text).toMatch(/^0 \d \d \d$/);
    expect(examples[0]?.source).toEqual({ kind: "text", text: "A bad film" });
  });

  it("tells what a run would stumble over, after the stages that went well", async () => {
    const { stages, error } = await look({
      source: { kind: "strokes", rows: 60, test: 0 },
      model: [
        { kind: "lstm", units: 4 },
        { kind: "lstm", units: 4 },
      ],
      train: { loss: "sparseCategoricalCrossentropy" },
    });
    expect(kinds(stages)).toEqual(["source strokes", "split split"]);
    expect(error?.message).toMatch(/^model\[1\] lstm: expected \[\*, steps, features\], got \[\*, 4\]/);
  });

  it("can be called off", async () => {
    const { error } = await look(
      { source: { kind: "strokes" }, model: [{ kind: "dense", units: 1 }], train: { loss: "mse" } },
      {},
      AbortSignal.abort(),
    );
    expect(error?.name).toBe("AbortError");
  });
});
