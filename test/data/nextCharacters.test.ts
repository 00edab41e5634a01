import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type NextCharactersSource,
  nextCharacters,
  nextCharactersKind,
  tinyShakespeare,
  tinyShakespeareKind,
} from "../../src/data/nextCharacters.ts";
import { column, type FileRequest, numericColumn, type Table } from "../../src/data/table.ts";
import { fakeIo } from "./io.ts";

const load = (text: string, settings: Partial<NextCharactersSource>): Promise<Table> =>
  nextCharactersKind.load(nextCharacters({ path: "a.txt", ...settings }), fakeIo({ "a.txt": new TextEncoder().encode(text) }));
const texts = (table: Table): readonly string[] => {
  const found = column(table, "text");
  return found.type === "text" ? found.values : [];
};
/** What follows, as text. */
const followers = (table: Table): string[] => {
  const { data, shape, classes = [] } = numericColumn(table, "next");
  const [length] = shape as [number];
  return texts(table).map((_, row) => [...data.subarray(row * length, (row + 1) * length)].map((id) => classes[id]).join(""));
};

describe("nextCharacters", () => {
  test("cuts a text into rows, and numbers what follows each character", async () => {
    const table = await load("to be or not", { length: 4 });
    expect([texts(table), followers(table)]).toEqual([
      ["to b", "e or"],
      ["o be", " or "],
    ]);
    expect(numericColumn(table, "next")).toMatchObject({ shape: [4], classes: [" ", "b", "e", "n", "o", "r", "t"] });
    expect(table).toMatchObject({ rows: 2, inputs: ["text"], target: "next" });
    expect(table.givenTest).toBeUndefined();
  });

  test("rows may overlap, and reach to the last character", async () => {
    const table = await load("abcdefg", { length: 2, stride: 1 });
    expect(texts(table)).toEqual(["ab", "bc", "cd", "de", "ef"]);
    expect(followers(table).at(-1)).toBe("fg");
  });

  test("the end of the text is the test set, and no row reaches over its border", async () => {
    const table = await load("abcdefghij", { length: 2, stride: 1, test: 0.4 });
    expect(texts(table)).toEqual(["ab", "bc", "cd", "de", "gh", "hi"]);
    expect(followers(table)).toEqual(["bc", "cd", "de", "ef", "hi", "ij"]);
    expect([...(table.givenTest ?? [])]).toEqual([0, 0, 0, 0, 1, 1]);
  });

  test("counts code points, keeps line ends", async () => {
    const table = await load("a\u{1f600}\r\nb\u{1f600}", { length: 5 });
    expect([texts(table), followers(table)]).toEqual([["a\u{1f600}\r\nb"], ["\u{1f600}\r\nb\u{1f600}"]]);
  });

  test("too short a text and wrong bytes are refused", async () => {
    await expect(load("", {})).rejects.toThrow("a.txt: the text has 0 characters, but a row takes 101; lower length");
    await expect(load("abcdef", { length: 2, test: 0.9 })).rejects.toThrow(
      "a.txt: the text has 6 characters (1 for training), but a row takes 3; lower length",
    );
    await expect(load("abcdef", { length: 2, test: 0.1 })).rejects.toThrow("a row takes 3; lower length");
    const bytes = fakeIo({ "a.txt": Uint8Array.of(97, 0xff) });
    await expect(nextCharactersKind.load(nextCharacters({ path: "a.txt" }), bytes)).rejects.toThrow("a.txt: byte 1 (0xff) is not utf-8");
    expect(() => nextCharacters({ path: "a", test: 1 })).toThrow("nextCharacters.test: expected a number > 0 and < 1, got 1");
  });
});

const data = new URL("../../../shared/data/", import.meta.url);

test.skipIf(!existsSync(data))("tinyShakespeare() has 65 characters (needs ../shared/data)", async () => {
  const io = { ...fakeIo(), file: async (request: FileRequest) => new Uint8Array(readFileSync(new URL(request.name, data))) };
  const table = await tinyShakespeareKind.load(tinyShakespeare({ test: 0.1 }), io);
  expect([table.rows, numericColumn(table, "next").classes?.length]).toEqual([11_153, 65]);
  expect(texts(table)[0]?.slice(0, 14)).toBe("First Citizen:");
});
