// Files that a page's user has chosen, read by a run in its Worker.
import {
  csv,
  dense,
  embedding,
  encode,
  globalAveragePooling1d,
  images,
  json,
  pad,
  pipeline,
  standardize,
  textFolder,
  tokenize,
  vocabulary,
} from "lanewise";
import { expect, it } from "vitest";
import { expectNoWorker, filesOf, runAll } from "./support.ts";

const rows = Array.from({ length: 60 }, (_, i) => [i, i % 7, i > 30 ? "yes" : "no"] as const);
const source = csv("people.csv");
const table = pipeline({
  source,
  normalize: [standardize()],
  split: { test: 0.2 },
  model: [dense(2, { activation: "softmax" })],
  train: { loss: "sparseCategoricalCrossentropy", epochs: 2 },
});
const file = new File([`a,b,says\n${rows.map((row) => row.join(",")).join("\n")}\n`], "people.csv");
const notes = (events: Awaited<ReturnType<typeof runAll>>): string[] =>
  events.flatMap((event) => (event.type === "stage" && event.stage === "source" ? [event.note] : []));

it.each([true, false])("are a table, with worker: %s", async (worker) => {
  const events = await runAll(table, { worker, files: { "people.csv": file } });
  expect(notes(events)).toEqual(["2 numbers (a, b) → says, 2 classes"]);
  const kept = JSON.parse(new TextDecoder().decode(filesOf(events)["pipeline.json"])) as { pipeline: { source: unknown } };
  expect(kept.pipeline.source).toEqual(source);
  const address = URL.createObjectURL(file);
  expect(notes(await runAll({ ...table, source: csv(address) }, { worker }))).toEqual(notes(events));
  URL.revokeObjectURL(address);
  const objects = new Blob([JSON.stringify(rows.map(([a, b, says]) => ({ a, b, says })))]);
  expect(notes(await runAll({ ...table, source: json("people.json") }, { worker, files: { "people.json": objects } }))).toEqual(
    notes(events),
  );
  await expectNoWorker();
});

it("are a folder of texts", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `reviews/${i % 2 ? "pos" : "neg"}/${i}.txt`,
      new File([i % 2 ? "good film" : "bad film"], `${i}.txt`),
    ]),
  );
  const texts = pipeline({
    source: textFolder("reviews"),
    clean: [tokenize()],
    normalize: [vocabulary(), encode(), pad({ length: 4 })],
    split: { test: 4 },
    model: [embedding(10, 4), globalAveragePooling1d(), dense(1, { activation: "sigmoid" })],
    train: { loss: "binaryCrossentropy", epochs: 1 },
  });
  expect(notes(await runAll(texts, { files }))).toEqual(["text text → label, 2 classes"]);
});

it("under other names are told", async () => {
  await expect(runAll(table, { files: { "cats.csv": file } })).rejects.toThrow(
    /^people\.csv: the server has no http.*; the files that were given are cats\.csv$/,
  );
});

it("are pictures only where the page itself computes", async () => {
  const files = { "digits/0/a.png": new Blob(["x"]), "digits/1/b.png": new Blob(["x"]) };
  await expect(runAll({ ...table, source: images("digits"), normalize: [] }, { files })).rejects.toThrow(
    "digits: a page's Worker does not decode pictures; pass { worker: false }",
  );
});
