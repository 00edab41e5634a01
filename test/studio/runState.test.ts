// What the studio knows of a run, from its events.
import { describe, expect, it } from "vitest";
import { dense, dropDuplicates, flatten, minMax, pipeline, run, strokes } from "../../src/node/index.ts";
import type { BatchEvent, RunEvent } from "../../src/pipeline/events.ts";
import { plannedSteps, stepsOf } from "../../src/report/flowSteps.ts";
import { recordOf, reduce, startState } from "../../src/studio/runState.ts";
import { all } from "../support/runs.ts";

const small = pipeline({
  name: "small",
  source: strokes({ rows: 300, test: 60 }),
  clean: [dropDuplicates()],
  normalize: [minMax()],
  split: { test: "given", validation: 0.2 },
  model: [flatten(), dense(10, { activation: "softmax" })],
  train: { loss: "sparseCategoricalCrossentropy", optimizer: "adam", epochs: 3 },
});

const batch = (step: number): BatchEvent => ({
  type: "batch",
  epoch: 2,
  epochs: 3,
  step,
  steps: 10_000,
  samplesPerSecond: 1,
  secondsLeft: 1,
  metrics: { loss: 1 / step },
});

describe("the state of a run", () => {
  it("follows a real one to its record", async () => {
    const events = await all(run(small));
    const state = events.reduce(reduce, startState(3));
    expect(state).toMatchObject({
      done: true,
      epochs: 3,
      model: { build: expect.any(String) },
      report: { lanewise: 1 },
      metrics: { epochs: 3 },
    });
    expect(state.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(state.trail.at(-1)?.at).toBe(3);
    expect(state).not.toHaveProperty("batch");
    const record = recordOf(state, small, "");
    expect(record.report?.trained?.rows).toEqual({ train: 240, validation: 60, test: 60 });
    expect(stepsOf(record.report as NonNullable<typeof record.report>, { ...small }).map(({ stage }) => stage)).toEqual([
      "source",
      "clean",
      "split",
      "normalize",
      "train",
      "evaluate",
    ]);
  });

  it("tells at any moment what has been done and what is still to do, each stage once", async () => {
    const events = await all(run(small));
    let state = startState(3);
    for (const event of events.slice(
      0,
      events.findIndex(({ type }) => type === "model"),
    )) {
      state = reduce(state, event);
      const { report } = recordOf(state, small, "");
      const steps = [
        ...stepsOf(report as NonNullable<typeof report>, { ...small }),
        ...plannedSteps(state.stages, { ...small }, { trains: false, doing: "it" }),
      ];
      expect(steps.map(({ kind }) => kind)).toEqual(["strokes", "dropDuplicates", "split", "minMax", "adam", "final rows"]);
      expect(steps.filter(({ planned }) => planned === "working")).toHaveLength(1);
    }
  });

  it("thins the trail within epochs, and keeps its ends", () => {
    let state = startState(3);
    for (let step = 1; step <= 5000; step++) state = reduce(state, batch(step));
    expect(state.trail.length).toBeLessThanOrEqual(600);
    expect(state.trail.at(-1)).toEqual({ at: 1.5, metrics: { loss: 1 / 5000 } });
    expect(state.trail[0]?.at).toBe(1.0001);
  });

  it("tells of folds what happens, and keeps their epochs out of the curves", () => {
    const fold = { fold: 2, folds: 5, repeat: 1, repeats: 1 };
    const epoch: RunEvent = {
      type: "epoch",
      epoch: 1,
      epochs: 3,
      seconds: 1,
      samplesPerSecond: 1,
      learningRate: 1,
      train: { loss: 1 },
      fold,
    };
    const state = [epoch, { ...batch(3), fold }].reduce(reduce, startState(3));
    expect(state).toMatchObject({ history: [], trail: [], fold });
  });
});
