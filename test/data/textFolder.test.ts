import { describe, expect, test } from "vitest";
import { column, numericColumn, type Table } from "../../src/data/table.ts";
import { textFolder, textFolderKind } from "../../src/data/textFolder.ts";
import { type FakeIo, fakeIo } from "./io.ts";

const bytes = (files: Record<string, string | Uint8Array>): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(files).map(([name, file]) => [`set/${name}`, typeof file === "string" ? new TextEncoder().encode(file) : file]),
  );
const load = (files: Record<string, string | Uint8Array>, settings = {}, io: FakeIo = fakeIo(bytes(files))): Promise<Table> =>
  textFolderKind.load(textFolder("set", settings), io);
const texts = (table: Table): readonly string[] => {
  const found = column(table, "text");
  return found.type === "text" ? found.values : [];
};

const acl = {
  "README.txt": "about",
  "train/urls_pos.txt": "http",
  "train/pos/0_9.txt": "good",
  "train/neg/0_1.txt": "bad\n",
  "train/unsup/0_0.txt": "?",
  "test/neg/0_2.txt": "",
};

describe("textFolder", () => {
  test("sub-folders are the classes", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`${i % 2 ? "b" : "a"}/${String(i).padStart(3, "0")}.txt`, `text ${i}`]),
    );
    const table = await load(files);
    expect(table).toMatchObject({ rows: 100, inputs: ["text"], target: "label" });
    expect(texts(table).slice(48, 52)).toEqual(["text 96", "text 98", "text 1", "text 3"]);
    expect(numericColumn(table, "label").classes).toEqual(["a", "b"]);
    expect(table.givenTest).toBeUndefined();
  });

  test("train/ and test/ are the given sets, as in aclImdb; `classes` leaves other folders out", async () => {
    const io = fakeIo(bytes(acl));
    const table = await load(acl, { classes: ["neg", "pos"] }, io);
    expect(texts(table)).toEqual(["", "bad\n", "good"]);
    expect([...(table.givenTest ?? [])]).toEqual([1, 0, 0]);
    expect(numericColumn(table, "label")).toMatchObject({ classes: ["neg", "pos"], data: Int32Array.of(0, 0, 1) });
    expect(io.warnings).toEqual([
      "set: 2 files are skipped: they are not .txt, or in no class folder",
      "set: left out, for they are not among the classes: unsup",
    ]);
    expect(numericColumn(await load(acl), "label").classes).toEqual(["neg", "pos", "unsup"]);
    expect(numericColumn(await load(acl, { split: false }), "label").classes).toEqual(["test", "train"]);
  });

  test("bad input is named", async () => {
    await expect(load({})).rejects.toThrow("set: no texts: expected .txt files in one sub-folder a class, got 0 other files");
    await expect(load({ "a/1.md": "x", "2.txt": "y" })).rejects.toThrow(
      "no texts: expected .txt files in one sub-folder a class, got 2 other files",
    );
    await expect(load({ "a/1.txt": Uint8Array.of(97, 0xff, 97) })).rejects.toThrow("set/a/1.txt: byte 1 (0xff) is not utf-8");
    await expect(load(acl, { classes: ["neg", "pos", "meh"] })).rejects.toThrow(
      "set: there is no folder for meh; there are neg, pos, unsup",
    );
    await expect(load({ ...acl, "val/pos/1.txt": "x" })).rejects.toThrow("set: expected train/ and test/ only, got also val/");
    await expect(load(acl, {}, fakeIo(bytes(acl), AbortSignal.abort()))).rejects.toThrow("aborted");
  });

  test("a file of 10 MB, a byte order mark, another encoding", async () => {
    const table = await load({ "a/1.txt": "\uFEFFx", "a/2.txt": "y".repeat(10_000_000) });
    expect(texts(table).map((text) => text.length)).toEqual([1, 10_000_000]);
    expect(texts(await load({ "a/1.txt": Uint8Array.of(0xe9) }, { encoding: "windows-1252" }))).toEqual(["é"]);
  });
});
