import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type LinesSource, lines, linesKind } from "../../src/data/lines.ts";
import { inMemory } from "../../src/data/readableFile.ts";
import { rtPolarity, rtPolarityKind } from "../../src/data/rtPolarity.ts";
import { column, type FileRequest, numericColumn, type SourceIo, type Table } from "../../src/data/table.ts";
import { fakeIo } from "./io.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const load = (files: Record<string, string | Uint8Array>, settings: Omit<LinesSource, "kind">): Promise<Table> =>
  linesKind.load(
    lines(settings),
    fakeIo(Object.fromEntries(Object.entries(files).map(([name, file]) => [name, typeof file === "string" ? utf8(file) : file]))),
  );
const texts = (table: Table): readonly string[] => {
  const found = column(table, "text");
  return found.type === "text" ? found.values : [];
};

describe("lines", () => {
  test("a file for each class, and one for each class of the test set", async () => {
    const files = { "a.pos": "good\r\n very good \n", "a.neg": "bad\n\nworse", "t.pos": "fine\n" };
    const table = await load(files, { path: { pos: "a.pos", neg: "a.neg" }, test: { pos: "t.pos" } });
    expect(texts(table)).toEqual(["good", " very good ", "bad", "", "worse", "fine"]);
    expect(numericColumn(table, "label")).toMatchObject({ classes: ["neg", "pos"], data: Int32Array.of(1, 1, 0, 0, 0, 1) });
    expect([...(table.givenTest ?? [])]).toEqual([0, 0, 0, 0, 0, 1]);
  });

  test("the class at the start of each line", async () => {
    const table = await load({ sms: "ham\tsee you\tat 5\n\nspam\twin\n" }, { path: "sms" });
    expect([texts(table), numericColumn(table, "label").classes]).toEqual([
      ["see you\tat 5", "win"],
      ["ham", "spam"],
    ]);
    expect(texts(await load({ f: "__label__a , b c\n" }, { path: "f", separator: " , " }))).toEqual(["b c"]);
  });

  test("bad lines are named", async () => {
    await expect(load({ sms: "ham\tok\nno label here" }, { path: "sms" })).rejects.toThrow(
      'sms line 2: there is no separator: expected class\\ttext, got "no label here"',
    );
    await expect(load({ sms: "ham\tok\neggs\tok" }, { path: "sms", classes: ["ham", "spam"] })).rejects.toThrow(
      'sms line 2: "eggs" is not one of the classes "ham", "spam"',
    );
    await expect(load({ a: Uint8Array.of(97, 10, 98, 233, 10) }, { path: { x: "a" } })).rejects.toThrow(
      "a line 2: byte 1 (0xe9) is not utf-8",
    );
    expect(texts(await load({ a: Uint8Array.of(98, 233, 10) }, { path: { x: "a" }, encoding: "latin1" }))).toEqual(["bé"]);
    expect((await load({ a: "" }, { path: { x: "a" } })).rows).toBe(0);
  });

  test("a line of 10 MB", async () => {
    const table = await load({ a: `${"x".repeat(10_000_000)}\ny` }, { path: { c: "a" } });
    expect(texts(table).map((text) => text.length)).toEqual([10_000_000, 1]);
  });

  test("refuses settings that make no sense", () => {
    expect(() => lines({ path: {} })).toThrow(
      'lines.path: expected a path, or paths by class such as { neg: "a.txt", pos: "b.txt" }, got {}',
    );
    expect(() => lines({ path: { a: "" } })).toThrow('lines.path.a: expected a non-empty string, got ""');
  });
});

const data = new URL("../../../shared/data/", import.meta.url);

test.skipIf(!existsSync(data))("rtPolarity() gives 5,331 sentences of each class (needs ../shared/data)", async () => {
  const open: SourceIo["open"] = async (file) => {
    const { name } = file as FileRequest;
    return inMemory(new Uint8Array(readFileSync(new URL(name, data))), name);
  };
  const io = { ...fakeIo(), open };
  const table = await rtPolarityKind.load(rtPolarity(), io);
  expect([table.rows, [...numericColumn(table, "label").data].reduce((a, b) => a + b)]).toEqual([10_662, 5_331]);
  expect(texts(table)[0]).toBe("simplistic , silly and tedious . ");
});
