import { describe, expect, test } from "vitest";
import { type JsonlSource, jsonl, jsonlKind } from "../../src/data/jsonl.ts";
import { column, numericColumn, type Table } from "../../src/data/table.ts";
import { fakeIo } from "./io.ts";
import { gzip } from "./tarOf.ts";

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const load = (file: string | Uint8Array, settings: Partial<JsonlSource> = {}, more: Record<string, Uint8Array> = {}): Promise<Table> => {
  const io = fakeIo({ "a.jsonl": typeof file === "string" ? utf8(file) : file, ...more });
  return jsonlKind.load(jsonl({ path: "a.jsonl", text: "text", ...settings }), io);
};
const texts = (table: Table, name = "text"): readonly string[] => {
  const found = column(table, name);
  return found.type === "text" ? found.values : [];
};

describe("texts of jsonl", () => {
  test("one row a line; labels in text are classes, and empty lines are no rows", async () => {
    const table = await load('{"text":"good","label":"pos"}\r\n\n{"label":"neg","text":"b\\u00e4d\\u2028","more":[1]}\n  \n');
    expect(table).toMatchObject({ rows: 2, inputs: ["text"], target: "label" });
    expect(texts(table)).toEqual(["good", "bäd\u2028"]);
    expect(numericColumn(table, "label")).toMatchObject({ classes: ["neg", "pos"], data: Int32Array.of(1, 0) });
    expect([...table.ids]).toEqual([0, 1]);
    expect(table.givenTest).toBeUndefined();
  });

  test("a line ends at \\n alone: U+0085 and U+2028 stand within texts", async () => {
    expect(texts(await load('{"text":"a\u0085b\u2028c","label":0}\n{"text":"d","label":1}'))).toEqual(["a\u0085b\u2028c", "d"]);
  });

  test("numbers, booleans and null; other fields by name; classes by name", async () => {
    const numbers = await load('{"review":"a","stars":1}\n{"review":null,"stars":null}', {
      text: "review",
      target: "stars",
      classes: ["no", "yes"],
    });
    expect([numbers.inputs, numbers.target, texts(numbers, "review")]).toEqual([["review"], "stars", ["a", ""]]);
    expect(numericColumn(numbers, "stars")).toMatchObject({ classes: ["no", "yes"], data: Int32Array.of(1, -1) });
    const flags = await load('{"text":"a","label":true}\n{"text":"b","label":false}');
    expect(numericColumn(flags, "label")).toMatchObject({ classes: ["false", "true"], data: Int32Array.of(1, 0) });
    const values = await load('{"text":"a","label":2}', { task: "regression" });
    expect(numericColumn(values, "label").data).toEqual(Float32Array.of(2));
  });

  test("test is the given test set; gzip is unpacked", async () => {
    const packed = await gzip(utf8('{"text":"c","label":"y"}'));
    const table = await load('{"text":"a","label":"x"}\n{"text":"b","label":"y"}', { test: "t.gz" }, { "t.gz": packed });
    expect([texts(table), [...(table.givenTest ?? [])]]).toEqual([
      ["a", "b", "c"],
      [0, 0, 1],
    ]);
  });

  test("a byte order mark, UTF-16 and Windows-1252", async () => {
    const row = '{"text":"Grüße","label":"a"}\n';
    expect(texts(await load(`\uFEFF${row}`))).toEqual(["Grüße"]);
    const wide = Uint8Array.from([...`\uFEFF${row}${row}`].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
    expect(texts(await load(wide, { encoding: "utf-16le" }))).toEqual(["Grüße", "Grüße"]);
    const narrow = Uint8Array.from(row, (c) => c.charCodeAt(0));
    expect(texts(await load(narrow, { encoding: "windows-1252" }))).toEqual(["Grüße"]);
    await expect(load(narrow)).rejects.toThrow(
      'a.jsonl line 1: byte 11 (0xfc) is not utf-8; name the file\'s encoding, as in encoding: "windows-1252"',
    );
    expect(texts(await load(wide))).toEqual(["Grüße", "Grüße"]);
  });

  test("a written replacement character is text, and does not hide a wrong byte", async () => {
    const row = '{"text":"\uFFFD","label":"a"}';
    expect(texts(await load(row))).toEqual(["\uFFFD"]);
    await expect(load(Uint8Array.from([...utf8(`${row}\n\uFFFDé`), 0xe2, 0x82]))).rejects.toThrow(
      "a.jsonl line 2: byte 5 (0xe2) is not utf-8",
    );
  });

  test("a row of 10 MB among others, in gzip", async () => {
    const large = "word ".repeat(2_000_000);
    const bytes = utf8(`{"text":"a","label":0}\n{"text":"${large}","label":1}\n{"text":"b","label":1}\n`);
    const table = await load(await gzip(bytes));
    expect(texts(table).map((text) => text.length)).toEqual([1, 10_000_000, 1]);
    expect(texts(table)[1] === large).toBe(true);
  });

  test.each([
    ['{"text":"a","label":0}\n{"text":"a",', "a.jsonl line 2: not JSON: "],
    ["[1,2]", 'a.jsonl line 1: expected an object such as {"text": "…", "label": "…"}, got [1,2]'],
    ['\n{"review":"a","label":0}', 'a.jsonl line 2: there is no field "text"; it has review, label'],
    ["{}", 'a.jsonl line 1: there is no field "text"; it has none'],
    ['{"text":"a"}', 'a.jsonl line 1: there is no field "label"; it has text'],
    ['{"text":5,"label":0}', 'a.jsonl line 1: expected text in "text", got 5'],
    ['{"text":"a","label":"x"}\n{"text":"a","label":3}', "a.jsonl line 2: expected text as in the other labels, got 3"],
    ['{"text":"a","label":{"x":1}}', 'a.jsonl line 1: expected text, a number or a list of numbers in "label", got {"x":1}'],
  ])("refuses %j", async (file, message) => {
    const error = await load(file).catch((e: Error) => e);
    expect(error).toMatchObject({ name: "PipelineError", code: "data", message: expect.stringContaining(message) });
    expect((error as Error).message).not.toContain("\n");
  });

  test("a label outside the classes is named by file and line, in the test file too", async () => {
    const more = { "t.jsonl": utf8('{"text":"a","label":"pos"}\n\n{"text":"a","label":"meh"}') };
    await expect(load('{"text":"a","label":"pos"}', { classes: ["neg", "pos"], test: "t.jsonl" }, more)).rejects.toThrow(
      't.jsonl line 3: "meh" is not one of the classes "neg", "pos"',
    );
    await expect(load('{"text":"a","label":2}', { classes: ["neg", "pos"] })).rejects.toThrow(
      "a.jsonl line 1: the label is 2, but there are 2 classes (0 to 1)",
    );
  });

  test("gzip that ends early or is damaged is refused", async () => {
    const packed = await gzip(utf8('{"text":"a","label":0}\n'.repeat(10_000)));
    await expect(load(packed.slice(0, packed.length / 2))).rejects.toThrow("a.jsonl: the gzip data is corrupt (");
    packed[packed.length >> 1] = (packed[packed.length >> 1] as number) ^ 255;
    await expect(load(packed)).rejects.toThrow(/^a\.jsonl/);
  });

  test("an empty file has no rows, and a cancelled one is not read", async () => {
    expect((await load("")).rows).toBe(0);
    const io = fakeIo({ "a.jsonl": utf8('{"text":"a","label":0}') }, AbortSignal.abort());
    await expect(jsonlKind.load(jsonl("a.jsonl", { text: "text" }), io)).rejects.toThrow("aborted");
  });

  test("shows how far it is, in bytes of the file", async () => {
    const io = fakeIo({ "a.jsonl": await gzip(utf8('{"text":"a","label":0}\n')) });
    await jsonlKind.load(jsonl("a.jsonl", { text: "text" }), io);
    const size = (await io.read("a.jsonl")).length;
    expect(io.progressed.at(-1)).toEqual([size, size, "reading a.jsonl"]);
  });

  test("refuses settings that make no sense", async () => {
    expect(() => jsonl({ path: "a", encoding: "utf-9" })).toThrow(
      'jsonl.encoding: expected the name of an encoding, such as "utf-8" or "windows-1252", got "utf-9"',
    );
    await expect(load('{"text":"a"}', { target: "text" })).rejects.toThrow('source: text and target are both "text"');
    expect(() => jsonl("a", { text: "text", ignore: ["id"] })).toThrow(
      "jsonl.ignore: with text, a row is one text and its label; leave out ignore, or text to have all fields",
    );
  });
});
