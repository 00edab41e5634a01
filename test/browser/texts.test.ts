// Sources of text read the same in a browser: its own streams unpack, its own decoders decode.
import { describe, expect, it } from "vitest";
import { archiveTable } from "../../src/data/imdb.ts";
import { jsonl, jsonlKind } from "../../src/data/jsonl.ts";
import { column, type Table } from "../../src/data/table.ts";
import { fakeIo } from "../data/io.ts";
import { gzip, tarOf } from "../data/tarOf.ts";

const texts = (table: Table): readonly string[] => {
  const found = column(table, "text");
  return found.type === "text" ? found.values : [];
};
const load = (bytes: Uint8Array, encoding?: string): Promise<Table> =>
  jsonlKind.load(jsonl({ path: "a.jsonl", text: "text", ...(encoding !== undefined && { encoding }) }), fakeIo({ "a.jsonl": bytes }));
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const row = '{"text":"Grüße","label":"a"}\n';

describe("texts", () => {
  it("are read from JSON lines, packed and not, over many chunks", async () => {
    const many = utf8(row.repeat(100_000));
    for (const bytes of [many, await gzip(many)]) {
      const read = texts(await load(bytes));
      expect([read.length, read.every((text) => text === "Grüße")]).toEqual([100_000, true]);
    }
  });

  it("are read in other encodings, and a wrong byte is named", async () => {
    const narrow = Uint8Array.from(row, (c) => c.charCodeAt(0));
    expect(texts(await load(narrow, "windows-1252"))).toEqual(["Grüße"]);
    await expect(load(narrow)).rejects.toThrow("a.jsonl line 1: byte 11 (0xfc) is not utf-8");
  });

  it("are refused where gzip ends early", async () => {
    const packed = await gzip(utf8(row.repeat(100_000)));
    await expect(load(packed.slice(0, packed.length >> 1))).rejects.toThrow("a.jsonl: the gzip data is corrupt");
  });

  it("are read from the archive of IMDb", async () => {
    const packed = await gzip(tarOf({ "aclImdb/train/pos/0_9.txt": "good", "aclImdb/test/neg/0_1.txt": "bad" }));
    expect(texts(await archiveTable(packed, "a.tar.gz", fakeIo(), 2))).toEqual(["good", "bad"]);
  });
});
