// The pipelines that the studio offers.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import strokes from "../../pipelines/strokes.ts";
import { BUILT_IN, openPipelines } from "../../src/node/studio/pipelines.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lanewise-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = (epochs: number): string =>
  `export default { source: { kind: "strokes" }, model: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "softmax" }], train: { loss: "sparseCategoricalCrossentropy", epochs: ${epochs} } };`;

describe("the studio's pipelines", () => {
  it("have one built in: that of the package", async () => {
    expect(await openPipelines([]).load(BUILT_IN)).toEqual({ name: "strokes", ...strokes });
  });

  it("are those that were named, in files or folders, and tell why one does not load", async () => {
    const [good, bad] = [join(folder, "good.mjs"), join(folder, "sub.mjs")];
    writeFileSync(good, text(3));
    writeFileSync(bad, "export default { source: 1 };");
    const entries = await openPipelines([folder]).list();
    expect(entries.map(({ file, name, error }) => [file, name, error])).toEqual([
      [good, "good", undefined],
      [bad, "sub", expect.stringContaining('"model" is missing')],
      [BUILT_IN, "strokes", undefined],
    ]);
    expect(entries[0]?.brief).toEqual({
      source: "strokes",
      stages: [],
      layers: ["flatten", "dense"],
      loss: "sparseCategoricalCrossentropy",
      epochs: 3,
    });
  });

  it("are read anew when their file has changed", async () => {
    const file = join(folder, "one.mjs");
    writeFileSync(file, text(3));
    const pipelines = openPipelines([file]);
    expect((await pipelines.load(file)).train.epochs).toBe(3);
    writeFileSync(file, text(5));
    utimesSync(file, new Date(), new Date(Date.now() + 5000));
    expect((await pipelines.load(file)).train.epochs).toBe(5);
  });

  it("are no other files", async () => {
    const other = join(folder, "other.mjs");
    writeFileSync(other, text(1));
    expect(() => openPipelines([]).load(other)).toThrow("the studio does not offer this pipeline");
  });
});
