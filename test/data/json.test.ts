import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { csv, csvKind } from "../../src/data/csv.ts";
import { type JsonSource, json, jsonKind } from "../../src/data/json.ts";
import { type JsonlSource, jsonl, jsonlKind } from "../../src/data/jsonl.ts";
import { type Column, column, numericColumn, type Table } from "../../src/data/table.ts";
import { random } from "../../src/random.ts";
import { fakeIo } from "./io.ts";

type Settings = Omit<JsonSource, "kind" | "text" | "path">;
const load = (value: unknown, settings: Settings = {}): Promise<Table> =>
  jsonKind.load(json({ text: typeof value === "string" ? value : JSON.stringify(value), ...settings }), fakeIo());
const lined = (rows: readonly unknown[] | string, settings: Omit<JsonlSource, "kind" | "path"> = {}): Promise<Table> => {
  const text = typeof rows === "string" ? rows : rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return jsonlKind.load(jsonl("a.jsonl", settings), fakeIo({ "a.jsonl": bytes(text) }));
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a column holds, with null for what is missing. */
function values(c: Column): unknown[] {
  if (c.type === "category") return Array.from(c.codes, (code) => c.categories[code] ?? null);
  if (c.type === "text") return c.values.map((text) => text || null);
  if (c.type !== "numeric") throw new Error(c.type);
  return Array.from(c.data as Float64Array, (n) => (Number.isNaN(n) ? null : n));
}
const held = (table: Table): Record<string, unknown[]> =>
  Object.fromEntries(table.inputs.map((name) => [name, values(column(table, name))]));
const failing = (loading: Promise<Table>): Promise<string> =>
  loading.then(
    () => "it did not fail",
    ({ name, message }: Error) => {
      expect([name, message.includes("\n")]).toEqual(["PipelineError", false]);
      return message;
    },
  );

const people = [
  { age: 39, sex: "Male", member: true, y: 0 },
  { sex: "Female", age: null, member: false, y: 1 },
  { age: 50.5, y: 1, city: "Bern" },
];

describe("rows as objects", () => {
  it("become columns in the order of their names; what is not there is missing", async () => {
    const expected = {
      age: [39, null, 50.5],
      sex: ["Male", "Female", null],
      member: ["true", "false", null],
      city: [null, null, "Bern"],
    };
    for (const table of [await load(people, { target: "y" }), await lined(people, { target: "y" })]) {
      expect([table.inputs, table.target, table.rows, [...table.ids]]).toEqual([["age", "sex", "member", "city"], "y", 3, [0, 1, 2]]);
      expect(held(table)).toEqual(expected);
      expect([...numericColumn(table, "y").data]).toEqual([0, 1, 1]);
    }
  });

  it("have the last column as their target, unless told", async () => {
    expect((await load(people)).target).toBe("city");
    expect((await lined([{ a: 1, b: 0 }])).target).toBe("b");
  });

  it("may hold objects, whose names are joined by dots", async () => {
    const rows = [
      { user: { name: "a", home: { zip: 1 } }, y: 0 },
      { user: null, y: 1 },
      { y: 0, user: {} },
    ];
    expect(held(await load(rows, { target: "y" }))).toEqual({ "user.name": ["a", null, null], "user.home.zip": [1, null, null] });
    expect(await failing(load([{ a: { b: 1 }, "a.b": 2, y: 0 }]))).toBe(
      'json row 0: there are two columns "a.b", one of them in an object; rename one',
    );
    const mixed = await load(
      [
        { a: { b: 1 }, y: 0 },
        { a: "x", y: 1 },
      ],
      { target: "y" },
    );
    expect(held(mixed)).toEqual({ "a.b": [1, null], a: [null, "x"] });
  });

  it("may lie deeper, or be lists of a column each", async () => {
    const at = {
      meta: { n: 2 },
      data: {
        items: [
          { a: 1, y: 0 },
          { a: 2, y: 1 },
        ],
      },
    };
    expect(held(await load(at, { rows: "data.items" }))).toEqual({ a: [1, 2] });
    const columns = { a: [1, null, 3], b: [{ c: "x" }, { c: "z" }, null], y: [0, 1, 0] };
    expect(held(await load(columns))).toEqual({ a: [1, null, 3], "b.c": ["x", "z", null] });
    expect(held(await load({ data: columns }, { rows: "data", ignore: ["b.c"] }))).toEqual({ a: [1, null, 3] });
  });

  it("of lists are refused, unless nobody wants them", async () => {
    const rows = [{ a: 1, tags: ["x"], y: 0 }];
    expect(await failing(load(rows))).toBe(
      'json row 0, column "tags": expected text, a number, true, false or null, got ["x"]; name the column in ignore',
    );
    expect(await failing(lined(rows))).toContain('a.jsonl line 1, column "tags": expected text');
    expect(held(await load(rows, { ignore: ["tags"] }))).toEqual({ a: [1] });
  });

  it.each([
    ["", "json: the file is empty"],
    ['[{"a": 1,\n}]', "json: not JSON: "],
    ["[1]", 'json row 0: expected an object such as {"age": 39, "sex": "Male"}, got 1'],
    ["7", "json: expected a list of objects, one a row, or an object of lists, one a column, got 7"],
    ["[]", "json: there are no rows"],
    ["[{}]", "json: the rows have no columns"],
    ['{"n": 1, "items": [{"a": 1}]}', 'json: expected a list of objects, or an object of lists, but "n" is 1; is it rows: "items"?'],
    ['{"a": {"0": 1}}', 'but "a" is {"0":1}; name the list of rows, as in rows: "data"'],
    ['{"a": [1, 2], "b": [1]}', 'json: the lists are of different length: "a" has 2 values, "b" 1'],
    ['[{"__proto__": 1, "y": 0}]', 'json row 0: no column can be called "__proto__"'],
    ['[{"y": 1}]', 'json: no column is left but the target "y"'],
  ])("refuse %j", async (text, message) => {
    expect(await failing(load(text))).toContain(message);
  });

  it("say where a list that is named is not", async () => {
    expect(await failing(load({ data: { item: [] } }, { rows: "data.items" }))).toBe(
      'json: there is no "items" on the way to rows, "data.items"; there are item',
    );
    expect(await failing(load([1], { rows: "a" }))).toContain('there is no "a" on the way to rows, "a"; there is [1]');
  });
});

describe("types", () => {
  test("are those that csv() finds, column by column", async () => {
    const source = random(11, 0);
    const cells: (() => unknown)[] = [
      () => source.integer(2000) - 1000,
      () => (source.uniform() - 0.5) * 10 ** source.integer(9),
      () => ["a", "ü", "x y", "b,c", 'say "x"', "line\nend"][source.integer(6)],
      () => source.integer(2) === 0,
      () => ["", "NA", "?", "nan", "n/a", null][source.integer(6)],
      () => ["12", "1.50", "007", "1e3", "inf", "-0.5"][source.integer(6)],
    ];
    const seen = new Set<string>();
    for (let trial = 0; trial < 150; trial++) {
      const kinds = Array.from({ length: 4 }, () =>
        Array.from({ length: 1 + source.integer(3) }, () => cells[source.integer(cells.length)]),
      );
      const rows = Array.from({ length: 1 + source.integer(12) }, () => [
        ...kinds.map((some) => some[source.integer(some.length)]?.()),
        source.integer(2),
      ]);
      const names = ["a", "b", "c", "d", "y"];
      const cell = (value: unknown): string => (value === null ? "" : `"${String(value).replaceAll('"', '""')}"`);
      const text = [names, ...rows].map((row) => row.map(cell).join(",")).join("\n");
      const objects = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
      const expected = await csvKind.load(csv({ text }), fakeIo());
      for (const table of [await load(objects), await lined(objects)]) {
        expect(table.columns).toEqual(expected.columns);
        expect([table.inputs, table.missing]).toEqual([expected.inputs, expected.missing]);
      }
      for (const name of expected.inputs) seen.add(column(expected, name).type);
    }
    expect([...seen].sort()).toEqual(["category", "numeric"]);
  });

  it("are as told", async () => {
    const rows = [
      { zip: "01234", note: 5, size: "1.234,5", y: 0 },
      { zip: "99999", note: "x", size: 2.5, y: 1 },
    ];
    const table = await load(rows, { types: { zip: "category", note: "text" }, decimal: ",", thousands: "." });
    expect(table.inputs.map((name) => column(table, name).type)).toEqual(["category", "text", "numeric"]);
    expect(held(table)).toEqual({ zip: ["01234", "99999"], note: ["5", "x"], size: [1234.5, 2.5] });
    expect(
      await failing(
        load(
          [
            { a: 1, y: 0 },
            { a: "old", y: 1 },
          ],
          { types: { a: "numeric" } },
        ),
      ),
    ).toBe(
      'json row 1, column "a": expected a number, got "old"; name what stands for a missing value in missing, or say types: { …: "category" }',
    );
  });

  it("know what stands for missing", async () => {
    const rows = [
      { a: -999, b: "x", y: 0 },
      { a: 1, b: -999, y: 0 },
      { a: "NA", b: "?", y: 0 },
    ];
    expect(held(await load(rows, { missing: ["-999", "NA"] }))).toEqual({ a: [null, 1, null], b: ["x", null, "?"] });
  });
});

describe("a file", () => {
  it("of nothing, packed too, or cut off, is refused in one line", async () => {
    const files = { "empty.gz": new Uint8Array(gzipSync(bytes(""))), cut: Uint8Array.of(0xff, 0xfe, 0x5b), tail: bytes('[{"a":1,"y":0}') };
    const io = fakeIo(files);
    expect(await failing(jsonKind.load(json("empty.gz"), io))).toBe("empty.gz: the file is empty");
    expect(await failing(jsonlKind.load(jsonl("empty.gz"), io))).toBe("empty.gz: there are no rows");
    expect(await failing(jsonKind.load(json("cut"), io))).toContain("cut: the bytes are not utf-16le");
    expect(await failing(jsonKind.load(json("tail"), io))).toContain("tail: not JSON: ");
  });

  it("has numbers of other countries as texts, which are told apart", async () => {
    const rows = [
      { a: "1.234,5", b: "1,5", y: 0 },
      { a: "-2", b: 2.5, y: 1 },
    ];
    expect(held(await load(rows))).toEqual({ a: ["1.234,5", "-2"], b: ["1,5", "2.5"] });
    expect(held(await load(rows, { decimal: ",", thousands: "." }))).toEqual({ a: [1234.5, -2], b: [1.5, 2.5] });
  });

  const text = '{"name":"Zoë 😀","y":1}';
  const utf16 = (written: string): Uint8Array =>
    Uint8Array.from({ length: written.length * 2 }, (_, i) => (written.charCodeAt(i >> 1) >> ((i & 1) * 8)) & 255);

  it.each([
    ["with a mark", (written: string) => bytes(`\uFEFF${written}`), {}],
    ["gzip", (written: string) => new Uint8Array(gzipSync(bytes(written))), {}],
    ["UTF-16", (written: string) => utf16(`\uFEFF${written}`), {}],
    ["UTF-16 without a mark", utf16, { encoding: "utf-16le" }],
  ])("%s", async (_, encoded, settings) => {
    const io = fakeIo({ "a.json": encoded(`[${text}]`), "a.jsonl": encoded(text) });
    expect(held(await jsonKind.load(json("a.json", settings), io))).toEqual({ name: ["Zoë 😀"] });
    expect(held(await jsonlKind.load(jsonl("a.jsonl", settings), io))).toEqual({ name: ["Zoë 😀"] });
  });

  it("of zero bytes is told to be in another encoding, and a wrong byte is named", async () => {
    const wide = (written: string) => failing(jsonKind.load(json("a"), fakeIo({ a: utf16(written) })));
    for (const written of ['[{"a":1}]', '[{"a":"é"}]'])
      expect(await wide(written)).toContain('name the file\'s encoding, as in encoding: "utf-16le"');
    expect(await failing(jsonlKind.load(jsonl("a"), fakeIo({ a: utf16('{"a":1}') })))).toContain('as in encoding: "utf-16le"');
    const narrow = fakeIo({ a: Uint8Array.from('[{"a":"é","y":1}]', (c) => c.charCodeAt(0)) });
    expect(await failing(jsonKind.load(json("a"), narrow))).toContain(
      'a: byte 7 (0xe9) is not utf-8; name the file\'s encoding, as in encoding: "windows-1252"',
    );
    expect(held(await jsonKind.load(json("a", { encoding: "latin1" }), narrow))).toEqual({ a: ["é"] });
  });

  it("of ten thousand columns, of one very long text, of line ends and quotes in texts", async () => {
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}`, i / 2]));
    for (const table of [await load([wide]), await lined([wide])])
      expect([table.inputs.length, values(column(table, "c9998"))]).toEqual([9999, [4999]]);
    const long = "x".repeat(5_000_000);
    expect((values(column(await load([{ a: long, y: 1 }]), "a"))[0] as string).length).toBe(5_000_000);
    const odd = 'a "b"\r\n, c\\ \u2028\u0000';
    for (const table of [await load([{ a: odd, y: 1 }]), await lined([{ a: odd, y: 1 }])]) expect(held(table)).toEqual({ a: [odd] });
  });

  it("with a row a line skips empty ones, and names the line of what is wrong", async () => {
    const table = await lined('{"a":1,"y":0}\r\n\n  \n{"a":2,"y":1}\n');
    expect([held(table), table.files]).toEqual([{ a: [1, 2] }, [{ name: "a.jsonl", lines: Uint32Array.of(1, 4) }]]);
    expect(await failing(lined('{"a":1,"y":0}\n\n{"a":1'))).toContain("a.jsonl line 3: not JSON: ");
    expect(await failing(lined("[1]"))).toBe(
      'a.jsonl line 1: expected an object such as {"age": 39, "sex": "Male"}, got [1]; a list of rows is for json()',
    );
    expect(await failing(load('{"a":1,"y":0}\n{"a":2,"y":0}'))).toMatch(/^json: not JSON: .*; is it a row a line\? then take jsonl\(\)$/);
    expect(await failing(lined('{"a":NaN,"y":0}'))).toMatch(/^a\.jsonl line 1: not JSON: .*; JSON has no NaN and no Infinity: write null$/);
    expect(await failing(lined("\n"))).toBe("a.jsonl: there are no rows");
  });

  it("for testing has the types of training, and is marked", async () => {
    const files = {
      "train.json": bytes('[{"a":1,"b":"x","y":0},{"a":2,"b":"z","y":1}]'),
      "test.json": bytes('{"data":[{"y":1,"b":"new","a":"7"}]}'),
      "train.jsonl": bytes('{"a":1,"b":"x","y":0}\n{"a":2,"b":"z","y":1}\n'),
      "test.jsonl": bytes('\n{"y":1,"b":"new","a":"7"}\n'),
      "lacking.jsonl": bytes('{"y":1,"a":"7"}\n'),
      "bad.jsonl": bytes('{"y":1,"b":"x","a":"many"}\n'),
    };
    const io = fakeIo(files);
    const whole = await jsonKind.load(json("train.json", { test: { path: "test.json", rows: "data" } }), io);
    const byLine = await jsonlKind.load(jsonl("train.jsonl", { test: "test.jsonl" }), io);
    for (const table of [whole, byLine]) {
      expect(held(table)).toEqual({ a: [1, 2, 7], b: ["x", "z", "new"] });
      expect([...(table.givenTest ?? [])]).toEqual([0, 0, 1]);
    }
    expect(byLine.files?.[1]).toEqual({ name: "test.jsonl", lines: Uint32Array.of(2) });
    expect(await failing(jsonlKind.load(jsonl("train.jsonl", { test: "lacking.jsonl" }), io))).toBe(
      'lacking.jsonl: there is no column "b"; the columns are y, a',
    );
    expect(await failing(jsonlKind.load(jsonl("train.jsonl", { test: "bad.jsonl" }), io))).toContain(
      'bad.jsonl line 1, column "a": expected a number, got "many"',
    );
  });

  it("is not read to its end when nobody waits any more", async () => {
    const io = fakeIo({ a: bytes('[{"a":1}]') }, AbortSignal.abort());
    await expect(jsonKind.load(json("a"), io)).rejects.toThrow("aborted");
  });
});

it("is asked for in settings that are checked", () => {
  expect(() => json({} as never)).toThrow("json: expected a path or a url (or both), or else text");
  expect(() => jsonl({} as never)).toThrow("jsonl: expected a path or a url (or both)");
  expect(() => json("a", { decimal: ",", thousands: "," })).toThrow("json.thousands: both decimal and thousands are");
  expect(() => json("a", { test: { rows: "data" } })).toThrow("json.test: expected a path");
  expect(json("https://example.org/a.json", { target: "y" })).toEqual({ kind: "json", url: "https://example.org/a.json", target: "y" });
  expect(jsonl("a.jsonl")).toEqual({ kind: "jsonl", path: "a.jsonl" });
});
