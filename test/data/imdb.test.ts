import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { archiveTable, imdb, imdbKind } from "../../src/data/imdb.ts";
import { column, type FileRequest, numericColumn, type Table } from "../../src/data/table.ts";
import { PipelineError } from "../../src/errors.ts";
import { fakeIo } from "./io.ts";
import { gzip, tarOf } from "./tarOf.ts";

const texts = (table: Table): readonly string[] => {
  const found = column(table, "text");
  return found.type === "text" ? found.values : [];
};

describe("the original archive", () => {
  const files = {
    "aclImdb/": "",
    "aclImdb/README": "about",
    "aclImdb/test/neg/0_1.txt": "test bad",
    "aclImdb/train/unsup/0_0.txt": "?",
    "aclImdb/train/pos/10_9.txt": "good 10",
    "aclImdb/train/pos/2_7.txt": "good 2",
    "aclImdb/train/neg/1_3.txt": "bad<br />",
  };

  test("gives the labelled reviews, training first, positive first, then by number", async () => {
    const io = fakeIo();
    const table = await archiveTable(await gzip(tarOf(files)), "a.tar.gz", io, 4);
    expect(texts(table)).toEqual(["good 2", "good 10", "bad<br />", "test bad"]);
    expect(numericColumn(table, "label")).toMatchObject({ classes: ["neg", "pos"], data: Int32Array.of(1, 1, 0, 0) });
    expect([...(table.givenTest ?? [])]).toEqual([0, 0, 0, 1]);
    expect(io.progressed.at(-1)).toEqual([4, 4, "unpacking reviews"]);
  });

  test("an archive that ends early, lacks reviews or holds other bytes than UTF-8 is refused", async () => {
    const packed = await gzip(tarOf(files));
    await expect(archiveTable(packed.slice(0, -30), "a.tar.gz", fakeIo())).rejects.toThrow("a.tar.gz: the gzip data is corrupt");
    await expect(archiveTable(tarOf(files).slice(0, -1500), "a.tar", fakeIo())).rejects.toThrow("too early; fetch it again");
    await expect(archiveTable(packed, "a.tar.gz", fakeIo())).rejects.toThrow(
      "expected 50000 labelled reviews in train/ and test/, found 4",
    );
    const bad = tarOf({ "aclImdb/train/neg/1_3.txt": Uint8Array.of(0xc3, 0x28) });
    await expect(archiveTable(bad, "a.tar", fakeIo())).rejects.toThrow("a.tar aclImdb/train/neg/1_3.txt: byte 0 (0xc3) is not utf-8");
    await expect(archiveTable(packed, "a.tar.gz", fakeIo({}, AbortSignal.abort()))).rejects.toThrow("aborted");
  });

  test("is asked for with its checksum where the JSON lines are not at hand; a damaged file is an error", async () => {
    const requests: FileRequest[] = [];
    const missing = async (request: FileRequest): Promise<never> => {
      requests.push(request);
      throw new PipelineError("io", request.name, "not at hand");
    };
    await expect(imdbKind.load(imdb(), { ...fakeIo(), file: missing })).rejects.toThrow("imdb/aclImdb_v1.tar.gz: not at hand");
    expect(requests.map(({ name, url }) => [name, url])).toEqual([
      ["imdb/imdb_train.jsonl.gz", undefined],
      ["imdb/aclImdb_v1.tar.gz", "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"],
    ]);
    for (const request of requests) expect(request.sha256).toMatch(/^[0-9a-f]{64}$/);
    const damaged = async (request: FileRequest): Promise<never> => {
      throw new PipelineError("data", request.name, "expected sha256 a, got b");
    };
    await expect(imdbKind.load(imdb(), { ...fakeIo(), file: damaged })).rejects.toThrow(
      "imdb/imdb_train.jsonl.gz: expected sha256 a, got b",
    );
  });
});

const data = new URL("../../../shared/data/", import.meta.url);

test.skipIf(!existsSync(data))("imdb() gives 25,000 + 25,000 reviews (needs ../shared/data)", async () => {
  const io = {
    ...fakeIo(),
    file: async (request: FileRequest) => {
      const bytes = new Uint8Array(readFileSync(new URL(request.name, data)));
      expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([request.bytes, request.sha256]);
      return bytes;
    },
  };
  const table = await imdbKind.load(imdb(), io);
  const label = numericColumn(table, "label");
  const count = (rows: Iterable<number>): number => [...rows].reduce((a, b) => a + b, 0);
  expect([table.rows, count(label.data), count(table.givenTest ?? [])]).toEqual([50_000, 25_000, 25_000]);
  expect(label.classes).toEqual(["neg", "pos"]);
  expect([texts(table)[0]?.slice(0, 26), label.data[0]]).toEqual(["Bromwell High is a cartoon", 1]);
  expect([texts(table).at(-1)?.slice(0, 24), label.data.at(-1)]).toEqual(["This movie was sooo bad.", 0]);
  expect(new Set(texts(table)).size).toBe(49_582);
});
