// Tables as comma-separated values: a file by path or URL, or text at hand; one column is what is to be predicted.
import { boolean, type Descriptor, describe, either, number, oneOf, optional, type Rule, type Rules, rule } from "../check.ts";
import { PipelineError, show } from "../errors.ts";
import { type CsvFiles, columnsOf, openPart, openTest, readPart } from "./csv/part.ts";
import { wantedColumn } from "./csv/readColumns.ts";
import { encodingRule } from "./decodeText.ts";
import { placed, placeRules, requirePlace, testRule } from "./filePlace.ts";
import type { Column, SourceKind } from "./table.ts";
import { assemble, chosen, distinct, MISSING, requireMarks, type TabularSettings, tabularRules } from "./tabular.ts";

export interface CsvSource extends CsvFiles, TabularSettings, Descriptor {
  readonly kind: "csv";
  readonly test?: string | CsvFiles;
  readonly ragged?: "error" | "drop" | "fill";
}

const oneByte: Rule = rule({ type: "string" }, (value, at) => {
  if (typeof value === "string" && value.length === 1 && value.charCodeAt(0) < 128 && !"\r\n".includes(value)) return;
  throw new PipelineError("config", at, `expected one ASCII character, got ${show(value)}`);
});

const fileRules: Rules = {
  ...placeRules,
  delimiter: optional(oneByte),
  quote: optional(either(oneByte, oneOf(false))),
  comment: optional(oneByte),
  skip: optional(number({ min: 0, integer: true })),
  header: optional(boolean),
  names: optional(distinct),
  encoding: optional(encodingRule),
};

const targetRules: Rules = { targetFile: optional(testRule("csv", fileRules)) };

const rules: Rules = {
  ...fileRules,
  ...tabularRules,
  ...targetRules,
  test: optional(testRule("csv", { ...fileRules, ...targetRules })),
  ragged: optional(oneOf("error", "drop", "fill")),
};

/**
 * A table of comma-separated values, gzip or not. `path` is a file, `url` an address; with both the file is looked for under `path` in the
 * data folder and the cache before it is downloaded (and is what `sha256` says); `text` is the table itself. Files that
 * are at hand, as in a page whose user has chosen one, are given to the run: `run(pipeline, { files: { "data.csv": file } })`. A file is read piece by piece: memory holds its columns, never its bytes.
 *
 * The first row names the columns, unless there are `names` or `header` is false (they are called column_1, … then). `delimiter` is found
 * out by itself (`,` `;` `|` or a tab); `quote` is `"`, or false where nothing is quoted; lines that begin with `comment` are none; `skip`
 * leaves out lines at the beginning. `encoding` is what a byte order mark says, or UTF-8. Spaces around cells do not count.
 *
 * A column is numbers (f64) when every cell that is there is one, and categories otherwise; `types` says else, such as `{ zip: "category",
 * notes: "text" }`. `missing` lists what stands for a missing value (default: nothing, NA, N/A, NaN, null, None, ? and the like). `decimal: ","`
 * and `thousands` are for numbers of other countries. A row of another number of cells is an error, or is left out with `ragged: "drop"`; with
 * `"fill"` what is not there is missing.
 *
 * `target` (default: the last column) is what is to be predicted: categories and whole numbers from 0 are classes, called by `classes` in
 * their order (default: sorted), other numbers are values; `task` decides for numbers. All other columns are inputs, or those of `inputs`,
 * without those of `ignore`. `targetFile` is for targets in a file of their own, a row for each row of the other, by path or with settings of
 * its own. `test` is the official test file, by path or with settings of its own; types are inferred from training rows.
 */
export function csv(path: string, settings?: Omit<CsvSource, "kind" | "path">): CsvSource;
export function csv(settings: Omit<CsvSource, "kind">): CsvSource;
export function csv(first: string | Omit<CsvSource, "kind">, more: Omit<CsvSource, "kind" | "path"> = {}): CsvSource {
  const source = describe<CsvSource>("csv", placed(first, more), rules);
  requirePlace(source, "csv");
  requireMarks(source);
  const { test, targetFile, ragged } = source;
  if (test !== undefined && (typeof test === "object" && test.targetFile !== undefined) !== (targetFile !== undefined))
    throw new PipelineError("config", "csv.test", "give targetFile for both training and test rows, or for neither");
  if (targetFile !== undefined && ragged === "drop")
    throw new PipelineError("config", "csv.ragged", '"drop" would part rows from their targets in targetFile; use "fill"');
  return source;
}

export const csvKind: SourceKind<CsvSource> = {
  kind: "csv",
  rules,
  async load(source, io) {
    const part = await openPart(source, "csv", io);
    const { names, target } = columnsOf(part, source.target);
    const settings = columnSettings(source);
    const wanted = chosen(source, names, target).map((name) => wantedColumn(name, source.types?.[name], settings));
    const train = await readPart(part, wanted, target, settings, io);
    const testPart = source.test === undefined ? undefined : await openTest(source, source.test, part, io);
    const test = testPart && (await readPart(testPart, wanted, target, settings, io));
    const columns: (readonly [string, Column])[] = [];
    for (const { name, builder } of wanted) {
      columns.push([name, builder.column()]);
      await io.pause();
    }
    return assemble(source, target, names, columns, [train, test]);
  },
};

export const columnSettings = ({ missing = MISSING, decimal = ".", thousands, ragged = "error" }: CsvSource) => ({
  missing,
  format: { decimal, thousands },
  ragged,
});
