// Files that are handed over with a run, in place of paths.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { adam, csv, dense, jsonl, lines, type Pipeline, parquet, pipeline, run, standardize, textFolder } from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { withFiles } from "../../src/pipeline/givenFiles.ts";
import { checkOptions } from "../../src/pipeline/options.ts";
import { all, fileOf, ofType } from "../support/runs.ts";

const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${i > 20 ? "yes" : "no"}`);
const text = `a,b,says\n${rows.join("\n")}\n`;
const table = pipeline({
  source: csv("people.csv"),
  normalize: [standardize()],
  split: { test: 8 },
  model: [dense(2, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 1 },
});
const from = (source: Pipeline["source"]): Pipeline => ({ ...table, source });
const options = { signal: new AbortController().signal, progress: () => undefined };

describe("files that are given", () => {
  it("are read by the names that the pipeline has for them, which it keeps", async () => {
    const events = await all(run(table, { files: { "people.csv": new Blob([text]), "other.csv": new Blob([]) } }));
    expect(ofType(events, "stage")[0]?.note).toBe("2 numbers (a, b) → says, 2 classes");
    expect(fileOf(events, "pipeline.json").toString()).toContain('"path": "people.csv"');
    const report = JSON.parse(fileOf(events, "report.json").toString()) as { files: unknown };
    expect(report.files).toEqual([{ name: "people.csv", bytes: text.length, sha256: createHash("sha256").update(text).digest("hex") }]);
  });

  it("may be the same bytes as files elsewhere, to any source", async () => {
    const { read, open, list, file } = withFiles(nodePlatform, {
      "a.txt": new Blob([text]),
      "reviews/pos/1.txt": new Blob(["good"]),
      "reviews/neg/2.txt": new Blob(["bad"]),
      "mnist/x.gz": new Blob(["x"]),
    });
    expect(new TextDecoder().decode(await read("a.txt", options))).toBe(text);
    const opened = await open("a.txt", options);
    const pieces: Uint8Array[] = [];
    for await (const piece of opened.pieces()) pieces.push(piece);
    expect([opened.size, Buffer.concat(pieces).toString()]).toEqual([text.length, text]);
    expect([await list("reviews"), await list("reviews/pos/")]).toEqual([["neg/2.txt", "pos/1.txt"], ["1.txt"]]);
    const sha256 = createHash("sha256").update("x").digest("hex");
    expect(await file({ name: "mnist/x.gz", sha256 }, options)).toEqual(new TextEncoder().encode("x"));
    await expect(file({ name: "mnist/x.gz", sha256: "00" }, options)).rejects.toThrow(`mnist/x.gz: expected sha256 00, got ${sha256}`);
  });

  it("in pieces larger than one are whole", async () => {
    const long = new Uint8Array(700_000).map((_, i) => i % 251);
    const { open } = withFiles(nodePlatform, { long: new Blob([long]) });
    const pieces: Uint8Array[] = [];
    for await (const piece of (await open("long", options)).pieces()) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(long)).toBe(true);
  });

  it.each([
    ["csv", csv("people.csv")],
    ["jsonl", jsonl("people.jsonl", { text: "text" })],
    ["lines", lines("people.txt")],
    ["textFolder", textFolder("people")],
    ["parquet", parquet("people.parquet")],
  ])("under other names are told where %s finds none", async (_, source) => {
    await expect(all(run(from(source), { files: { "cats.csv": new Blob([]), "dogs.csv": new Blob([]) } }))).rejects.toThrow(
      /^people.*: cannot (read|list): .*; the files that were given are cats\.csv, dogs\.csv$/,
    );
  });

  it("are files", () => {
    expect(() => checkOptions({ files: new Blob([]) as never })).toThrow(
      'options.files: expected files by name, such as { "data.csv": file }',
    );
    expect(() => checkOptions({ files: { a: "text" as never } })).toThrow('options.files["a"]: expected a File or a Blob, got "text"');
  });
});
