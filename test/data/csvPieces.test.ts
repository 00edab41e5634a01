// A file gives the same table however its bytes arrive, and though each piece is written over once the next is asked for.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type CsvSource, csv, csvKind } from "../../src/data/csv.ts";
import type { Table } from "../../src/data/table.ts";
import { type Random, random } from "../../src/random.ts";
import { fakeIo } from "./io.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Settings = Omit<CsvSource, "kind" | "path">;
const NAME = "table.csv";
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const utf16 = (text: string): Bytes => new Uint8Array(Uint16Array.from(`\uFEFF${text}`, (c) => c.charCodeAt(0)).buffer);

/** The table, or what is wrong, with everything that the source said. */
async function read(bytes: Bytes, settings: Settings, sizeOf: () => number): Promise<{ outcome: Table | string; warnings: string[] }> {
  const io = fakeIo();
  const open = async () => ({
    name: NAME,
    size: bytes.length,
    async *pieces() {
      const buffer = new Uint8Array(bytes.length + 1);
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + sizeOf());
        buffer.fill(0xff).set(piece);
        yield buffer.subarray(0, piece.length);
        at += piece.length;
      }
    },
  });
  const outcome = await csvKind.load(csv(NAME, settings), { ...io, open }).catch((error: Error) => error.message);
  return { outcome, warnings: io.warnings };
}

async function sameHowever(text: string, settings: Settings, sizes: readonly (() => number)[]): Promise<void> {
  for (const [bytes, more] of [
    [utf8(text), {}],
    [utf8(`\uFEFF${text}`), {}],
    [utf16(text), {}],
    [new Uint8Array(gzipSync(utf8(text))), {}],
  ] as const) {
    const whole = await read(bytes, { ...settings, ...more }, () => bytes.length);
    for (const sizeOf of sizes) expect(await read(bytes, { ...settings, ...more }, sizeOf)).toEqual(whole);
  }
}

describe("in pieces of 1, 2, 3 and 7 bytes", () => {
  const cases: readonly [name: string, text: string, settings?: Settings][] = [
    ["commas, quotes and line ends in quotes", 'a,b,y\n1,"x, ""y""\r\nz",0\n2,"",1\n'],
    ["\\r\\n", "a,b,y\r\n1,x,0\r\n\r\n2,y,1\r\n"],
    ["\\r alone", "a,b,y\r1,x,0\r2,y,1\r"],
    ["no line end at the end", "a,b,y\n1,x,0\n2,y,1"],
    ["a quoted cell at the end", 'a,b,y\n1,x,0\n2,y,"1"'],
    ["spaces around quotes", 'a , b,y\n 1 ,  "x "  ,0\n'],
    ["other alphabets", "å,ß,y\n1,ʤ漢😀,0\n2,ʤ漢😁,1\n"],
    ["numbers, and then a cell that is none", "a,b,y\n1,2,0\n3,4,1\nx,5,0\n"],
    ["a comment and lines that are skipped", "#!\n\nwhat\na,b,y\n# no\n1,x,0\n", { comment: "#", skip: 1 }],
    ["ragged rows that are left out", "a,b,y\n1,x\n1,x,0\n1,x,0,4\n", { ragged: "drop" }],
    ["a row too short", "a,b,y\n1,x,0\n1,x\n"],
    ["a quote that is never closed", 'a,b,y\n1,"x,0\n2,y,1\n'],
    ["a letter after a quote", 'a,b,y\n1,"x"z,0\n'],
    ["a zero byte", "a,b,y\n1,x\0,0\n"],
    ["nothing", ""],
    ["names alone", "a,b,y\n"],
  ];
  it.each(cases)("%s", async (_, text, settings = {}) => {
    await sameHowever(
      text,
      settings,
      [1, 2, 3, 7].map((size) => () => size),
    );
  });
});

it("in pieces of any size, for tables of any cells", async () => {
  const source = random(11, 0);
  const some = <T>(list: readonly T[]): T => list[source.integer(list.length)] as T;
  const cell = (): string => some(["", "1", "-2.5", "x", "NA", " y ", '"a,b"', '"a\nb"', '"a ""b"""', '""', "é😀", "1e3", ">=50K"]);
  for (let trial = 0; trial < 120; trial++) {
    const width = 2 + source.integer(3);
    const rows = Array.from({ length: source.integer(12) }, () => Array.from({ length: raggedWidth(source, width) }, cell).join(","));
    const names = Array.from({ length: width }, (_, c) => `c${c}`).join(",");
    const text = [names, ...rows].join(some(["\n", "\r\n", "\r"]));
    const settings: Settings = { delimiter: ",", ragged: some(["error", "drop", "fill"] as const) };
    await sameHowever(text, settings, [() => 1 + source.integer(9), () => 1 + source.integer(40)]);
  }
});

const raggedWidth = (source: Random, width: number): number => (source.integer(20) === 0 ? width + source.integer(3) - 1 : width);

it("stops between two pieces once the run is cancelled", async () => {
  const leave = new AbortController();
  const text = utf8(`a,y\n${"1,x\n".repeat(1000)}`);
  let asked = 0;
  const open = async () => ({
    name: NAME,
    size: text.length,
    async *pieces() {
      for (let at = 0; at < text.length; at += 100) {
        if (++asked === 5) leave.abort();
        yield text.subarray(at, at + 100);
      }
    },
  });
  await expect(csvKind.load(csv(NAME), { ...fakeIo({}, leave.signal), open })).rejects.toThrow("aborted");
  expect(asked).toBe(5);
});

it("that was changed while it was read is refused", async () => {
  const texts = ["a,b,y\n1,2,0\nx,3,1\n", "a,b,y\n1,2,0\nx,3,1\n", "a,b,y\n1,2,0\n"];
  const open = async () => ({
    name: NAME,
    size: 0,
    async *pieces() {
      yield utf8(texts.shift() ?? "");
    },
  });
  await expect(csvKind.load(csv(NAME), { ...fakeIo(), open })).rejects.toThrow(
    "table.csv: it had 2 rows and then 1: it was changed while it was read; run again",
  );
});

describe("a long line", () => {
  const whole = (text: string, settings: Settings = {}) => read(utf8(text), settings, () => 1 << 16);

  it("is one cell, to its last letter", async () => {
    const long = 'é, ""x""\n'.repeat(200_000);
    const { outcome } = await whole(`a,b,y\n1,"${long}",0\n2,z,1\n`);
    const b = (outcome as Table).columns.b;
    if (b?.type !== "category") throw new Error("expected categories");
    expect(b.categories).toHaveLength(2);
    expect(b.categories[0] === long.replaceAll('""', '"')).toBe(true);
    expect([...b.codes]).toEqual([0, 1]);
  });

  it("is a number of two million digits", async () => {
    const { outcome } = await whole(`a,b,y\n1,${"7".repeat(2_000_000)},0\n2,3,1\n`);
    const b = (outcome as Table).columns.b;
    expect(b?.type === "category" && b.categories.map(({ length }) => length)).toEqual([2_000_000, 1]);
  });

  it("is the names of many columns, behind many comments", async () => {
    const names = Array.from({ length: 4000 }, (_, c) => `${"long ".repeat(20)}${c}`);
    const text = `${"# nothing\n".repeat(20_000)}${names.join(",")}\n${names.map((_, c) => c).join(",")}\n`;
    const { outcome, warnings } = await whole(text, { comment: "#" });
    expect(warnings).toEqual([]);
    expect((outcome as Table).inputs).toEqual(names.slice(0, -1));
    expect((outcome as Table).columns[names[1234] as string]).toMatchObject({ data: Float64Array.of(1234) });
  });

  it.each([
    [
      "has no end",
      "x".repeat(300_000),
      'table.csv, the name of column 1: it has 300000 characters and begins with "xxxxxxxxxxxxxxxxxxxx"; say header: false where rows begin at once',
    ],
    [
      "is quoted without end",
      `a,b,y\n1,"${"x\n".repeat(300_000)}`,
      "table.csv line 2, cell 2: the quote that opens this cell is never closed",
    ],
    [
      "has cells without end",
      `a,b,y\n1${",2".repeat(2 ** 20)}\n`,
      "table.csv line 2, cell 1048577: the row has more than 1048576 cells; is the delimiter another, or the line end?",
    ],
    ["has a zero byte in it", `a,b,y\n1,${"\0".repeat(300_000)},0\n`, 'table.csv line 2, column "b": the cell holds a zero byte'],
  ])("that %s is refused in one line", async (_, text, message) => {
    const { outcome } = await whole(text);
    expect(outcome).toContain(message);
    expect(outcome).not.toContain("\n");
    expect((outcome as string).length).toBeLessThan(250);
  });
});
