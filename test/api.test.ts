// Whatever can stand in a pipeline can be made by a public factory of its name.
import { describe, expect, it } from "vitest";
import { sources } from "../src/data/index.ts";
import { layerKinds } from "../src/nn/layers/index.ts";
import { optimizers } from "../src/nn/optimizers/index.ts";
import { schedules } from "../src/nn/schedules/index.ts";
import * as node from "../src/node/index.ts";
import { augmentStages, cleanStages, normalizeStages } from "../src/stages/index.ts";

const families: Record<string, readonly string[]> = {
  sources: Object.keys(sources),
  clean: Object.keys(cleanStages),
  normalize: Object.keys(normalizeStages),
  augment: Object.keys(augmentStages),
  layers: [...layerKinds.keys()],
  optimizers: [...optimizers.keys()],
  schedules: [...schedules.keys()],
};

describe.each(Object.entries(families))("%s", (_, kinds) => {
  it.each(kinds)("%s has a public factory", (kind) => {
    expect(typeof (node as Record<string, unknown>)[kind]).toBe("function");
  });
});

it("makes what it runs, and reads what it made", () => {
  for (const name of ["pipeline", "run", "loadModel", "reportHtml", "capabilities", "PipelineError"]) expect(node).toHaveProperty(name);
});
