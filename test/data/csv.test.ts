import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { cellReader, cellText } from "../../src/data/csv/cells.ts";
import { numberParser } from "../../src/data/csv/parseNumber.ts";
import { recordScanner } from "../../src/data/csv/scanRecords.ts";
import { type CsvSource, csv, csvKind } from "../../src/data/csv.ts";
import { type Column, column, numericColumn, type Table } from "../../src/data/table.ts";
import { random } from "../../src/random.ts";
import { golden, noGolden } from "../support/golden.ts";
import { fakeIo } from "./io.ts";

const load = (text: string, settings: Omit<CsvSource, "kind" | "text" | "path"> = {}): Promise<Table> =>
  csvKind.load(csv({ text, ...settings }), fakeIo());
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a column holds, with null for what is missing. */
function values(c: Column): unknown[] {
  if (c.type === "category") return Array.from(c.codes, (code) => c.categories[code] ?? null);
  if (c.type === "text") return c.values.map((text) => text || null);
  if (c.type !== "numeric") throw new Error(c.type);
  return Array.from(c.data as Float64Array, (n) => (Number.isNaN(n) ? null : n));
}
const rowsOf = (table: Table): Record<string, unknown>[] =>
  Array.from({ length: table.rows }, (_, row) => Object.fromEntries(table.inputs.map((name) => [name, values(column(table, name))[row]])));
const failing = (text: string, settings: Omit<CsvSource, "kind" | "text" | "path"> = {}): Promise<string> =>
  load(text, settings).then(
    () => "it did not fail",
    (error: Error) => error.message,
  );

describe("cells", () => {
  it.each([
    ["commas in quotes", 'a,b,y\n1,"x, y",0\n', { a: 1, b: "x, y" }],
    ["doubled quotes", 'a,b,y\n1,"say ""hi""",0', { a: 1, b: 'say "hi"' }],
    ["nothing but quotes", 'a,b,y\n1,"""",0', { a: 1, b: '"' }],
    ["line ends in quotes", 'a,b,y\r\n1,"x\r\ny\nz",0\r\n', { a: 1, b: "x\r\ny\nz" }],
    ["quotes and line ends", 'a,b,y\n1,"x ""\n"" y",0\n', { a: 1, b: 'x "\n" y' }],
    ["quotes within a cell that has none around it", 'a,b,y\n1,x "y" z,0\n', { a: 1, b: 'x "y" z' }],
    ["carriage returns alone", "a,b,y\r1,x,0\r", { a: 1, b: "x" }],
    ["no line end at the end", "a,b,y\n1,x,0", { a: 1, b: "x" }],
    ["spaces around cells, also before quotes", 'a , b,y\n 1 ,  "x "  ,0\n', { a: 1, b: "x " }],
    ["empty cells", 'a,b,y\n,"",0\n', { a: null, b: null }],
    ["empty lines", "\n\na,b,y\n\n1,x,0\n \n\n", { a: 1, b: "x" }],
    ["other alphabets", "å,ß,y\n1,ʤ漢😀,0\n", { å: 1, ß: "ʤ漢😀" }],
    ["an escape of JSON, which is none here", 'a,b,y\n1,"{""k"": ""v""}",0\n', { a: 1, b: '{"k": "v"}' }],
    ["names with delimiters", '"a,1","b\n2",y\n1,x,0\n', { "a,1": 1, "b\n2": "x" }],
  ])("%s", async (_, text, row) => {
    expect(rowsOf(await load(text))).toEqual([row]);
  });

  it("are the same however the bytes arrive", () => {
    const source = random(3, 0);
    const pieces = ["a", "é", "😀", ",", '"', "\n", "\r", " ", "", "12"];
    for (let trial = 0; trial < 60; trial++) {
      const expected = Array.from({ length: 1 + source.integer(5) }, () =>
        Array.from({ length: 2 + source.integer(4) }, () =>
          Array.from({ length: source.integer(5) }, () => pieces[source.integer(pieces.length)]).join(""),
        ),
      );
      const end = trial % 2 ? "\n" : "\r\n";
      const text = expected.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join(end) + (trial % 3 ? end : "");
      const whole = bytes(text);
      for (const size of [1, 2, 3, 7, whole.length]) {
        const found: string[][] = [];
        const read = cellReader(34);
        const scanner = recordScanner({ delimiter: 44, quote: 34, comment: -1, skip: 0 }, "x", (record) => {
          found.push(Array.from({ length: record.cells }, (_, c) => cellText(read(record, c), () => "x")));
        });
        for (let at = 0; at < whole.length; at += size) scanner.push(whole.slice(at, at + size));
        scanner.end();
        expect(found).toEqual(expected);
      }
    }
  });
});

describe.skipIf(noGolden)("against pandas (needs ../shared/golden)", () => {
  interface ReadCase {
    readonly id: string;
    readonly op: string;
    readonly csv: string;
    readonly rows: Record<string, unknown>[];
  }
  const cases = (golden<ReadCase>("cleaning") ?? []).filter(({ op }) => op === "readCsv");

  test.each(cases)("$id", async ({ csv: text, rows }) => {
    const lines = text.split(/\r?\n/);
    const labelled = lines.map((line, i) => (line === "" ? "" : i === 0 ? `zzz,${line}` : `1,${line}`)).join("\n");
    const table = await load(labelled, { target: "zzz", ragged: "fill" });
    // A truth is a category here.
    expect(rowsOf(table)).toEqual(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, typeof v === "boolean" ? String(v) : v]))),
    );
  });
});

describe("a file", () => {
  const text = "name;weight;y\nZoë;1,5;a\nBjörn;2;b\n";
  const expected = [
    { name: "Zoë", weight: "1,5" },
    { name: "Björn", weight: "2" },
  ];
  const utf16 = (little: boolean): Uint8Array => {
    const out = new Uint8Array(text.length * 2 + 2);
    const view = new DataView(out.buffer);
    [0xfeff, ...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))].forEach((unit, i) => {
      view.setUint16(i * 2, unit, little);
    });
    return out;
  };

  it.each([
    ["with a mark", bytes(`\uFEFF${text}`), {}],
    ["gzip", new Uint8Array(gzipSync(bytes(text))), {}],
    ["UTF-16, little end first", utf16(true), {}],
    ["UTF-16, big end first", utf16(false), {}],
    ["UTF-16 without a mark", utf16(true).subarray(2), { encoding: "utf-16le" }],
    ["UTF-16, big end first, without a mark", utf16(false).subarray(2), { encoding: "utf-16be" }],
    ["latin1", Uint8Array.from(text, (c) => c.charCodeAt(0)), { encoding: "latin1" }],
  ])("%s", async (_, file, settings) => {
    const table = await csvKind.load(csv("people.csv", settings), fakeIo({ "people.csv": file }));
    expect(rowsOf(table)).toEqual(expected);
  });

  it("in a wrong encoding is refused by line and column", async () => {
    const file = Uint8Array.from(text, (c) => c.charCodeAt(0));
    await expect(csvKind.load(csv("people.csv"), fakeIo({ "people.csv": file }))).rejects.toThrow(
      'people.csv line 2, column "name": byte 2 (0xeb) is not utf-8; name the file\'s encoding, as in encoding: "windows-1252"',
    );
  });

  it("in UTF-16 without a mark, or of nothing in gzip, is refused", async () => {
    const io = fakeIo({ wide: utf16(true).subarray(2), none: new Uint8Array(gzipSync(bytes(""))), half: utf16(true).subarray(0, 7) });
    await expect(csvKind.load(csv("wide"), io)).rejects.toThrow(/^wide: .*encoding: "/);
    await expect(csvKind.load(csv("none"), io)).rejects.toThrow("none: the file is empty");
    await expect(csvKind.load(csv("half"), io)).rejects.toThrow("half: the bytes are not utf-16le");
  });

  it("of another layout is told so, or found out by itself", async () => {
    const one = async (text: string, settings: Omit<CsvSource, "kind" | "text" | "path"> = {}): Promise<unknown> => {
      const table = await load(text, settings);
      return [rowsOf(table)[0], values(column(table, table.target))[0]];
    };
    for (const d of [",", ";", "\t", "|"]) expect(await one(`a${d}b${d}y\n1${d}x${d}2.5\n`)).toEqual([{ a: 1, b: "x" }, 2.5]);
    expect(await one("a b y\n1 x 2.5", { delimiter: " " })).toEqual([{ a: 1, b: "x" }, 2.5]);
    expect(await one("a,b,y\n1,'x,y',2.5", { quote: "'" })).toEqual([{ a: 1, b: "x,y" }, 2.5]);
    expect(await one('a,b,y\n1,"x,2.5', { quote: false })).toEqual([{ a: 1, b: '"x' }, 2.5]);
    expect(await one("# about\n#, more\na,b,y\n# here\n1,x,2.5", { comment: "#" })).toEqual([{ a: 1, b: "x" }, 2.5]);
    expect(await one("about, this\r\nfile\r\na,b,y\r\n1,x,2.5", { skip: 2 })).toEqual([{ a: 1, b: "x" }, 2.5]);
    expect(await one("1,x,2.5", { header: false })).toEqual([{ column_1: 1, column_2: "x" }, 2.5]);
    expect(await one("1,x,2.5", { names: ["a", "b", "y"] })).toEqual([{ a: 1, b: "x" }, 2.5]);
    expect(await one("p,q,r\n1,x,2.5", { names: ["a", "b", "y"], header: true })).toEqual([{ a: 1, b: "x" }, 2.5]);
    expect(await one(",b,y\n1,x,2.5")).toEqual([{ column_1: 1, b: "x" }, 2.5]);
  });

  it("warns where data seem to be taken for names", async () => {
    const io = fakeIo();
    await csvKind.load(csv({ text: "5.1,3.5,1\n4.9,3,0\n" }), io);
    expect(io.warnings).toEqual([
      "csv: the first row, 5.1, 3.5, 1…, is taken for names but looks like data; say header: false, or give names",
    ]);
  });

  it("of one very long line, or of ten thousand columns, is read", async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
    const table = await load(`${names.join(",")}\n${names.map((_, i) => i / 2).join(",")}\n`);
    expect([table.inputs.length, values(column(table, "c9998"))]).toEqual([9999, [4999]]);
    const long = "x".repeat(5_000_000);
    expect((values(column(await load(`a,y\n${long},1\n`), "a"))[0] as string).length).toBe(5_000_000);
    expect(await failing("7,".repeat(1_000_000))).toContain('csv: the header names "7" twice, in columns 1 and 2');
  });

  it("that cannot be read is refused in one line that says where", async () => {
    expect(await failing("")).toBe("csv: the file is empty");
    expect(await failing("\uFEFF\n\n")).toBe("csv: the file is empty");
    expect(rowsOf(await load("a,y\n"))).toEqual([]);
    expect(rowsOf(await load("a,y\r\n"))).toEqual([]);
    expect(await failing("a,b,y\n1,2,3\n4,5\n")).toBe(
      'csv line 3, column "y": the row has 2 cells, but there are 3 columns; ragged: "drop" leaves such rows out, "fill" takes for missing what is not there',
    );
    expect(await failing('a,b\n"x\ny",1\n1,2,3\n')).toBe(
      'csv line 4, cell 3: the row has 3 cells, but there are 2 columns; ragged: "drop" leaves such rows out',
    );
    expect(await failing('a,y\n1,2\n"x,3\n')).toBe("csv line 3, cell 1: the quote that opens this cell is never closed");
    expect(await failing('a,y\n"x"z,3\n')).toContain('csv line 2, cell 1: after the closing quote comes "z", not a delimiter');
    expect(await failing("a,y\nx\0z,3\n")).toContain('csv line 2, column "a": the cell holds a zero byte; name the file\'s encoding');
    expect(await failing("a,b\0,y\n1,2,3\n")).toBe(
      'csv: the name of column 2 holds a zero byte; name the file\'s encoding, as in encoding: "utf-16le", or mend the file',
    );
    expect(await failing("a,y\n1,2\n3\0,4\n")).toContain('csv line 3, column "a": the cell holds a zero byte');
    expect(await failing("a,a,y\n1,2,3\n")).toBe(
      'csv: the header names "a" twice, in columns 1 and 2; say header: true and give names: […]',
    );
    expect(await failing("1,2,3\n", { names: ["a", "b"] })).toContain("names lists 2 columns, but the first row has 3 cells");
    expect(await failing("age,y\n1,2\nold,3\n", { types: { age: "numeric" } })).toBe(
      'csv line 3, column "age": expected a number, got "old"; name what stands for a missing value in missing, or say types: { "age": "category" }',
    );
  });

  it("with ragged rows leaves them out, and says so, or fills them", async () => {
    const ragged = "a,b,y\n1,2,3\n4,5\n6,7,8,9\n5,6,7,\n8,9,10\n";
    const io = fakeIo();
    const dropped = await csvKind.load(csv({ text: ragged, ragged: "drop" }), io);
    expect([[...dropped.ids], values(column(dropped, "a"))]).toEqual([
      [0, 4],
      [1, 8],
    ]);
    expect(io.warnings).toEqual(["csv: 3 rows were left out, the first is line 3 with 2 cells, but there are 3 columns"]);
    expect(await failing(ragged, { ragged: "fill" })).toContain("csv line 4, cell 4: the row has 4 cells");
    expect(values(column(await load("y,b\n1,2\n4\n5,6,,\n", { target: "y", ragged: "fill" }), "b"))).toEqual([2, null, 6]);
  });

  it("shows how far it is and ends at once when nobody waits any more", async () => {
    const file = bytes(`a,y\n${"1,2\n".repeat(300_000)}`);
    const io = fakeIo({ "long.csv": file });
    await csvKind.load(csv("long.csv"), io);
    expect(io.progressed.at(-1)).toEqual([file.length, file.length, "reading long.csv"]);
    const cancel = new AbortController();
    const gone = fakeIo({ "long.csv": file }, cancel.signal);
    const seen: number[] = [];
    const progress = (done: number): void => {
      seen.push(done);
      if (seen.length === 2) cancel.abort();
    };
    await expect(csvKind.load(csv("long.csv"), { ...gone, progress })).rejects.toThrow("aborted");
    expect(seen.length).toBe(2);
  });
});

describe("types", () => {
  it("are numbers until a cell is none, also late, and what was read before keeps its spelling", async () => {
    const text = `a,b,c,d,y\n${"007,1.50,,5,0\n".repeat(50)}x,2,,NA,1\n`;
    const table = await load(text);
    expect(table.inputs.map((name) => column(table, name).type)).toEqual(["category", "numeric", "numeric", "numeric"]);
    expect(values(column(table, "a")).slice(-2)).toEqual(["007", "x"]);
    expect(values(column(table, "b")).slice(-2)).toEqual([1.5, 2]);
    expect(values(column(table, "d")).slice(-2)).toEqual([5, null]);
    const late = await load(`a,y\n,0\nNA,0\n,0\nx,1\n`);
    expect(values(column(late, "a"))).toEqual([null, null, null, "x"]);
  });

  it("are as told", async () => {
    const table = await load("zip,note,flag,y\n01234,hello,1,0\n99999,,0,1\n", { types: { zip: "category", note: "text" } });
    expect(table.inputs.map((name) => column(table, name).type)).toEqual(["category", "text", "numeric"]);
    expect([values(column(table, "zip")), values(column(table, "note"))]).toEqual([
      ["01234", "99999"],
      ["hello", null],
    ]);
  });

  it("know what stands for missing", async () => {
    const text = "a,b,y\n?,?,0\n-999,x,1\nNA,NA,0\n";
    const table = await load(text);
    expect([values(column(table, "a")), values(column(table, "b"))]).toEqual([
      [null, -999, null],
      [null, "x", null],
    ]);
    const other = await load(text, { missing: ["-999", "x", "NA"] });
    expect([values(column(other, "a")), values(column(other, "b"))]).toEqual([
      ["?", null, null],
      ["?", null, null],
    ]);
    expect(values(column(await load("a,y\n-999.0,0\n1,1", { missing: ["-999"] }), "a"))).toEqual([null, 1]);
  });

  it("read numbers as other countries write them", async () => {
    const one = async (cell: string, settings: Omit<CsvSource, "kind" | "text" | "path">): Promise<unknown> =>
      values(column(await load(`a;y\n${cell};0`, { delimiter: ";", ...settings }), "a"))[0];
    expect(await one("1,5", { decimal: "," })).toBe(1.5);
    expect(await one("-1.234.567,25", { decimal: ",", thousands: "." })).toBe(-1_234_567.25);
    expect(await one("1\u202f234,5", { decimal: ",", thousands: " " })).toBe(1234.5);
    expect(await one("1'234.5e3", { thousands: "'" })).toBe(1_234_500);
    expect(await one("1,234,567", { thousands: "," })).toBe(1_234_567);
    for (const none of ["1.5", "12.34", "1.234.5", "1,234.567"]) expect(await one(none, { decimal: ",", thousands: "." })).toBe(none);
    expect(await one("1.5", { decimal: "," })).toBe("1.5");
  });

  it("read every number as JavaScript does, and nothing else as one", () => {
    const parse = numberParser({ decimal: "." });
    const read = (text: string): number => parse(bytes(`<${text}>`), 1, text.length + 1);
    const source = random(5, 0);
    const texts = Array.from({ length: 3000 }, () => {
      const value = (source.uniform() - 0.5) * 10 ** (source.integer(40) - 20);
      const digits = source.integer(18);
      return [String(value), value.toFixed(digits), value.toExponential(digits), value.toPrecision(17)];
    }).flat();
    expect(texts.filter((text) => !Object.is(read(text), Number(text)))).toEqual([]);
    for (const text of ["0", "-0", "+5", ".5", "5.", "1e5", "1E-7", "123456789012345678", "0.1", "9007199254740993", "1e400"])
      expect(read(text)).toBe(Number(text));
    expect([read("inf"), read("-Infinity")]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    for (const text of ["", "-", ".", "+.", "1.2.3", "1e", "e5", "0x10", "1_000", "12a", "a12", "1 2", "--1", "Infinit", "١"])
      expect(read(text), text).toBeNaN();
  });
});

describe("columns", () => {
  it("are inputs but for the target, those that are ignored, and those that are not asked for", async () => {
    const text = "id,a,b,c\n1,2,3,x\n4,5,6,z\n";
    const table = await load(text, { ignore: ["id"] });
    expect([table.inputs, table.target, table.ignored, Object.keys(table.columns)]).toEqual([["a", "b"], "c", ["id"], ["a", "b", "c"]]);
    expect((await load(text, { target: "b", inputs: ["c", "a"] })).inputs).toEqual(["a", "c"]);
    expect(await failing(text, { target: "d" })).toBe('csv.target: unknown column "d"; did you mean "id"?');
    expect(await failing(text, { types: { idd: "text" } })).toBe('csv.types: unknown column "idd"; did you mean "id"?');
    expect(await failing(text, { inputs: ["c"] })).toBe('csv.inputs: "c" is what is to be predicted; leave it out');
    expect(await failing("y\n1\n")).toBe('csv: no column is left but the target "y"');
  });

  it("to be predicted are classes or values", async () => {
    const target = async (cells: readonly string[], settings: Omit<CsvSource, "kind" | "text" | "path"> = {}) => {
      const table = await load(`a,y\n${cells.map((cell) => `1,${cell}\n`).join("")}`, settings);
      const { data, classes } = numericColumn(table, "y");
      return [data.constructor.name, [...data], classes];
    };
    expect(await target(["no", "yes", "", "no"])).toEqual(["Int32Array", [0, 1, -1, 0], ["no", "yes"]]);
    expect(await target(["no", "yes"], { classes: ["yes", "no"] })).toEqual(["Int32Array", [1, 0], ["yes", "no"]]);
    expect(await target(["1", "0", "2"])).toEqual(["Int32Array", [1, 0, 2], ["0", "1", "2"]]);
    expect(await target(["1", "0.5", "?"])).toEqual(["Float32Array", [1, 0.5, Number.NaN], undefined]);
    expect(await target(["1", "0", "2"], { task: "regression" })).toEqual(["Float32Array", [1, 0, 2], undefined]);
    expect((await target(Array.from({ length: 30 }, (_, i) => String(i))))[0]).toBe("Float32Array");
    expect(await target(["1", "10", "2"], { types: { y: "category" } })).toEqual(["Int32Array", [0, 1, 2], ["1", "10", "2"]]);
    expect(await failing("a,y\n1,no\n2,maybe\n", { classes: ["no", "yes"] })).toBe(
      'row 1, column "y": "maybe" is not one of the classes "no", "yes"',
    );
    expect(await failing("a,y\n1,\n2,maybe\n", { task: "regression" })).toContain('row 1, column "y": expected a number, got "maybe"');
  });

  it("of a test file are found by name, have the types of training rows, and are marked", async () => {
    const files = { "train.csv": bytes("a,b,y\n1,x,0\n2,z,1\n"), "test.csv": bytes("y,c,b,a\n1,0,new,7\n") };
    const table = await csvKind.load(csv("train.csv", { test: "test.csv" }), fakeIo(files));
    expect([values(column(table, "a")), values(column(table, "b")), [...(table.givenTest ?? [])]]).toEqual([
      [1, 2, 7],
      ["x", "z", "new"],
      [0, 0, 1],
    ]);
    const bad = { ...files, "test.csv": bytes("a,b,y\nmany,x,0\n") };
    await expect(csvKind.load(csv("train.csv", { test: "test.csv" }), fakeIo(bad))).rejects.toThrow(
      'test.csv line 2, column "a": expected a number, got "many"',
    );
    const lacking = { ...files, "test.csv": bytes("a,y\n1,0\n") };
    await expect(csvKind.load(csv("train.csv", { test: "test.csv" }), fakeIo(lacking))).rejects.toThrow(
      'test.csv: there is no column "b"; the columns are a, y',
    );
    const own = csv({ text: "1,x,0\n", names: ["a", "b", "y"], test: { text: "|remark\n2,z,1\n", comment: "|" } });
    expect(values(column(await csvKind.load(own, fakeIo()), "a"))).toEqual([1, 2]);
  });

  it("have their target in a file of its own, where it has one", async () => {
    const files = {
      "x.csv": bytes("1,x\n2,z\n"),
      "y.csv": gzipSync("1.5\n2.5\n"),
      "xt.csv": bytes("9;new\n"),
      "yt.csv": bytes("7.5\n"),
      "long.csv": bytes("1\n2\n3\n"),
      "named.csv": bytes("row,score\n1,0.5\n2,0.25\n"),
    };
    const one = (settings: Partial<CsvSource>) => csvKind.load(csv("x.csv", { names: ["a", "b"], ...settings }), fakeIo(files));
    const table = await one({ targetFile: { path: "y.csv", names: ["y"] } });
    expect([table.inputs, table.target, rowsOf(table), values(column(table, "y"))]).toEqual([
      ["a", "b"],
      "y",
      [
        { a: 1, b: "x" },
        { a: 2, b: "z" },
      ],
      [1.5, 2.5],
    ]);
    const named = await one({ targetFile: "named.csv", ignore: ["b"] });
    expect([named.inputs, named.target, values(column(named, "score"))]).toEqual([["a"], "score", [0.5, 0.25]]);
    const test = { path: "xt.csv", delimiter: ";", targetFile: "yt.csv" };
    const both = await one({ targetFile: { path: "y.csv", names: ["y"] }, test });
    expect([values(column(both, "a")), values(column(both, "y")), [...(both.givenTest ?? [])]]).toEqual([
      [1, 2, 9],
      [1.5, 2.5, 7.5],
      [0, 0, 1],
    ]);
    await expect(one({ targetFile: { path: "long.csv", names: ["y"] } })).rejects.toThrow(
      "long.csv: there are 3 rows, but 2 in x.csv; the target must have a row for each, in the same order",
    );
    await expect(one({ targetFile: { path: "y.csv", names: ["a"] } })).rejects.toThrow('y.csv: "a" is a column of x.csv, too');
    await expect(one({ target: "z", targetFile: { path: "y.csv", names: ["y"] } })).rejects.toThrow('csv.target: unknown column "z"');
    expect(() => csv("x.csv", { targetFile: "y.csv", test: "xt.csv" })).toThrow(
      "csv.test: give targetFile for both training and test rows, or for neither",
    );
    expect(() => csv("x.csv", { targetFile: "y.csv", ragged: "drop" })).toThrow("csv.ragged");
    expect(() => csv("x.csv", { targetFile: {} })).toThrow("csv.targetFile: expected a path");
  });

  it("are asked for in settings that are checked", () => {
    expect(() => csv({} as never)).toThrow("csv: expected a path or a url (or both), or else text");
    expect(() => csv({ text: "a", path: "b" })).toThrow("csv: expected a path");
    expect(() => csv("a", { delimiter: "ab" })).toThrow('csv.delimiter: expected one ASCII character, got "ab"');
    expect(() => csv("a", { types: { b: "number" as never } })).toThrow("csv.types.b");
    expect(() => csv("a", { decimal: ",", thousands: "," })).toThrow("csv.thousands: both decimal and thousands are");
    expect(() => csv("a", { test: { comment: "#" } })).toThrow("csv.test: expected a path");
    expect(csv("https://example.org/a.csv")).toEqual({ kind: "csv", url: "https://example.org/a.csv" });
  });
});
