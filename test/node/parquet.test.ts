// Files that pyarrow wrote (test/data/parquet/make.py), read by hyparquet.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ParquetSource, parquet, parquetKind } from "../../src/data/parquet.ts";
import { column, type Table } from "../../src/data/table.ts";
import { optionalPackage, readParquet } from "../../src/node/parquet.ts";
import { type FakeIo, fakeIo } from "../data/io.ts";

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../data/parquet/${name}`, import.meta.url)));
const files = { "types.parquet": bytesOf("types.parquet"), "zstd.parquet": bytesOf("zstd.parquet"), "a.parquet": bytesOf("make.py") };
const io = (signal?: AbortSignal): FakeIo => ({ ...fakeIo(files, signal), parquet: readParquet });
const load = (settings: Omit<ParquetSource, "kind" | "path"> = {}, path = "types.parquet"): Promise<Table> =>
  parquetKind.load(parquet(path, settings), io());

function values(table: Table, name: string): unknown[] {
  const found = column(table, name);
  if (found.type === "category") return Array.from(found.codes, (code) => found.categories[code] ?? null);
  if (found.type === "text") return [...found.values];
  if (found.type !== "numeric") throw new Error(found.type);
  return Array.from(found.data as Float64Array, (n) => (Number.isNaN(n) ? null : n));
}

const failing = (loading: Promise<unknown>): Promise<{ code: string; message: string }> =>
  loading.then(
    () => {
      throw new Error("it did not fail");
    },
    ({ name, code, message }) => {
      expect([name, message.includes("\n")]).toEqual(["PipelineError", false]);
      return { code, message };
    },
  );

const moment = Date.UTC(2024, 1, 29, 12, 30, 15, 123);
const day = 86_400_000;

describe("the columns of a file", () => {
  it("are numbers, categories and missing values, over several groups of rows", async () => {
    const table = await load({ ignore: ["tags", "huge"] });
    expect([table.rows, table.target, table.ignored]).toEqual([4, "says", ["tags", "huge"]]);
    expect(Object.fromEntries(table.inputs.map((name) => [name, values(table, name)]))).toEqual({
      int32: [1, -2, null, 4],
      int64: [2 ** 53 - 1, 1 - 2 ** 53, null, 0],
      uint64: [0, 1, 2, 3],
      float: [1.5, null, null, -0.25],
      double: [0.1, 1e300, null, -1e-300],
      price: [0.3, -12.34, null, 9_999_999.99],
      wide: [1.001, 2.5, -3, null],
      when_ms: [moment, null, moment, moment],
      when_us: [moment + 0.456, null, moment + 0.456, moment + 0.456],
      when_ns: [moment + 0.456, null, moment + 0.456, moment + 0.456],
      day: [day, null, -day, 19_782 * day],
      flag: ["true", "false", null, "true"],
      city: ["Bern", "Zürich", null, "Bern"],
      zip: ["01234", "3000", null, null],
      "home.floor": [1, null, null, 3],
      "home.name": ["a", null, "b", null],
    });
  });

  it("are read if they are wanted, and then as they are told", async () => {
    const settings = { inputs: ["home.floor", "zip"], target: "flag", types: { zip: "numeric", "home.floor": "category" } } as const;
    const reads: string[] = [];
    const watched = { ...io(), progress: (done: number, total: number) => reads.push(`${done}/${total}`) };
    const table = await parquetKind.load(parquet({ path: "types.parquet", ...settings }), watched);
    expect([table.inputs, values(table, "zip"), values(table, "home.floor")]).toEqual([
      ["zip", "home.floor"],
      [1234, 3000, null, null],
      ["1", null, null, "3"],
    ]);
    expect(reads).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
  });

  it("may come with those of a test file", async () => {
    const table = await load({ inputs: ["int32"], test: "types.parquet" });
    expect([values(table, "int32"), [...(table.givenTest ?? [])]]).toEqual([
      [1, -2, null, 4, 1, -2, null, 4],
      [0, 0, 0, 0, 1, 1, 1, 1],
    ]);
  });

  it("are refused where a number cannot hold them, and where they are lists", async () => {
    expect((await failing(load({ ignore: ["tags"] }))).message).toBe(
      'types.parquet row 1, column "huge": 9007199254740993 is beyond 2^53, where numbers are no longer exact; name the column in ignore, or say types: { …: "category" }',
    );
    const table = await load({ inputs: ["huge"], types: { huge: "category" } });
    expect(values(table, "huge")).toEqual(["1", "9007199254740993", "3", "4"]);
    expect((await failing(load({ inputs: ["tags"] }))).message).toContain('types.parquet row 0, column "tags": expected text, a number');
    expect((await failing(load({ inputs: ["hug"] }))).message).toBe('parquet.inputs: unknown column "hug"; did you mean "huge"?');
  });
});

describe("what is lacking", () => {
  it("for another compression than Snappy is a package, and is named", async () => {
    expect(await failing(load({}, "zstd.parquet"))).toEqual({
      code: "environment",
      message: "zstd.parquet: unpacking what ZSTD has compressed takes a package that is not installed; npm install hyparquet-compressors",
    });
  });

  it("for reading at all is a package, and is named; other mistakes are told as they are", async () => {
    const missing = () => import(`hyparquet-${"nowhere"}`);
    expect((await failing(optionalPackage(missing, "hyparquet", "a.parquet", "reading Parquet"))).message).toBe(
      "a.parquet: reading Parquet takes a package that is not installed; npm install hyparquet",
    );
    await expect(optionalPackage(() => Promise.reject(new TypeError("odd")), "hyparquet", "a", "reading")).rejects.toThrow(TypeError);
  });

  it("in a page is all of it", async () => {
    expect(await failing(parquetKind.load(parquet("types.parquet"), fakeIo(files)))).toEqual({
      code: "environment",
      message:
        "types.parquet: a page reads no Parquet; decode the file with hyparquet, and give its rows as json({ text: JSON.stringify(rows) })",
    });
  });

  it("in a file is told by its name", async () => {
    expect((await failing(load({}, "a.parquet"))).message).toContain("a.parquet: it cannot be read as Parquet: ");
    const cut = { ...fakeIo({ "cut.parquet": files["types.parquet"].slice(0, 4000) }), parquet: readParquet };
    expect((await failing(parquetKind.load(parquet("cut.parquet"), cut))).message).toContain("cut.parquet: it cannot be read as Parquet: ");
    await expect(parquetKind.load(parquet("types.parquet"), io(AbortSignal.abort()))).rejects.toThrow("aborted");
  });
});

it("is asked for in settings that are checked", () => {
  expect(() => parquet({} as never)).toThrow("parquet: expected a path or a url (or both)");
  expect(() => parquet("a", { text: "x" } as never)).toThrow('parquet: unknown setting "text"');
  expect(parquet("https://example.org/a.parquet")).toEqual({ kind: "parquet", url: "https://example.org/a.parquet" });
});
