// What a run's log keeps for those who come later.
import { expect, it } from "vitest";
import { createEventLog } from "../../src/node/studio/eventLog.ts";
import type { BatchEvent, ProgressEvent, RunEvent } from "../../src/pipeline/events.ts";

const batch = (step: number): BatchEvent => ({
  type: "batch",
  epoch: 1,
  epochs: 1,
  step,
  steps: 1e6,
  samplesPerSecond: 1,
  secondsLeft: 1,
  metrics: {},
});
const progress = (done: number): ProgressEvent => ({ type: "progress", stage: "source", what: "reading", done, total: 10 });
const warning: RunEvent = { type: "warning", at: "here", message: "beware" };

it("keeps of progress the latest, until something else has happened, and of files that they are there", () => {
  const log = createEventLog();
  const file: RunEvent = { type: "artifact", name: "model.safetensors", bytes: 2, content: new Uint8Array(2) };
  for (const event of [progress(1), progress(2), warning, file, progress(3), progress(4)]) log.add(event);
  expect(log.events()).toEqual([warning, { type: "artifact", name: "model.safetensors", bytes: 2 }, progress(4)]);
});

it("thins reports from within epochs, and nothing else, however long a run is", () => {
  const log = createEventLog();
  log.add(warning);
  for (let step = 1; step <= 20_000; step++) log.add(batch(step));
  log.add(warning);
  const events = log.events();
  expect(events.length).toBeLessThan(610);
  expect(events.filter(({ type }) => type === "warning")).toHaveLength(2);
  const steps = events.flatMap((event) => (event.type === "batch" ? event.step : []));
  expect(steps[0]).toBe(1);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(20_000 - (steps.at(-1) as number)).toBeLessThan(100);
});
