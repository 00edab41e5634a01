// Tables as Parquet. Reading them takes a package of its own, which the platform brings, or does not.
import { type Descriptor, describe, optional, type Rules } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { addressRules, type FileAddress, placed, requireAddress, testFile, testRule } from "./filePlace.ts";
import { type RecordsOfFile, recordsTable } from "./recordsTable.ts";
import type { SourceIo, SourceKind } from "./table.ts";
import { requireMarks, type TabularSettings, tabularRules } from "./tabular.ts";

export interface ParquetSource extends FileAddress, TabularSettings, Descriptor {
  readonly kind: "parquet";
  readonly test?: string | FileAddress;
}

const rules: Rules = { ...addressRules, ...tabularRules, test: optional(testRule("parquet", addressRules, requireAddress)) };

/**
 * A Parquet file, by path or URL, in Node: `npm install hyparquet` (and hyparquet-compressors, for other compression than Snappy). Columns
 * that are not among `inputs`, or are named in `ignore`, are not read. The settings are those of csv().
 *
 * Numbers of any size, and decimals, are numbers (f64; integers beyond 2^53 are refused). Times are milliseconds since 1970 (UTC, where the
 * file says so), with fractions, dates those at which they begin. Texts are categories, also where they spell numbers, unless `types` says
 * else; true and false are two of these. Structs become columns `a.b`; lists are refused, unless `ignore` names their column.
 *
 * A page reads no Parquet: it can decode the file itself, and give its rows as `json({ text: JSON.stringify(rows) })`.
 */
export function parquet(path: string, settings?: Omit<ParquetSource, "kind" | "path">): ParquetSource;
export function parquet(settings: Omit<ParquetSource, "kind">): ParquetSource;
export function parquet(first: string | Omit<ParquetSource, "kind">, more: Omit<ParquetSource, "kind" | "path"> = {}): ParquetSource {
  const source = describe<ParquetSource>("parquet", placed(first, more), rules);
  requireAddress(source, "parquet");
  requireMarks(source);
  return source;
}

export const parquetKind: SourceKind<ParquetSource> = {
  kind: "parquet",
  rules,
  async load(source, io) {
    const train = await records(source, source, io);
    const test = source.test === undefined ? undefined : await records(source, testFile<FileAddress>(source, source.test), io);
    return recordsTable(source, train, test, io, false);
  },
};

async function records(source: ParquetSource, { path, url, sha256 }: FileAddress, io: SourceIo): Promise<RecordsOfFile> {
  const name = (path ?? url) as string;
  if (io.parquet === undefined)
    throw new PipelineError(
      "environment",
      name,
      "a page reads no Parquet; decode the file with hyparquet, and give its rows as json({ text: JSON.stringify(rows) })",
    );
  const both = path !== undefined && url !== undefined;
  const bytes = both ? await io.file({ name, url, ...(sha256 !== undefined && { sha256 }) }) : await io.read(name);
  return { name, ...(await io.parquet(bytes, name, wants(source), io)) };
}

/** Which columns of the file are read; `a` for `a.b`. Without a target it is the last one. */
function wants({ inputs, ignore, target }: ParquetSource): (name: string, isLast: boolean) => boolean {
  const asked = inputs && [...inputs, ...(target === undefined ? [] : [target])];
  return (name, isLast) => {
    if (ignore?.includes(name)) return false;
    if (asked === undefined || (isLast && target === undefined)) return true;
    return asked.some((other) => other === name || other.startsWith(`${name}.`));
  };
}
