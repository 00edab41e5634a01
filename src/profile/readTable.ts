// A file as a profile needs it, by what its name ends in.

import type { Descriptor } from "../check.ts";
import { openFile, placeOf } from "../data/filePlace.ts";
import { jsonKind } from "../data/json.ts";
import { jsonlKind } from "../data/jsonl.ts";
import { parquetKind } from "../data/parquet.ts";
import type { Column, SourceIo, SourceKind } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { ProfileInput } from "./profile.ts";
import { type CsvSettings, readCsv } from "./readCsv.ts";

export interface TableRead extends ProfileInput {
  readonly source: SourceFound;
  /** What was found out of how the file is written, for a person. */
  readonly notes: readonly string[];
}

/** The source that reads the file, and what it must be told besides its place. */
export interface SourceFound {
  readonly kind: "csv" | "json" | "jsonl" | "parquet";
  readonly path: string;
  readonly settings: CsvSettings;
  /** Of `csv`: what was between its cells. */
  readonly delimiter?: string;
}

/** `path` may be an address. Files whose names do not end in .json, .jsonl, .ndjson or .parquet (or these and .gz) are comma-separated values. */
export async function readTable(path: string, given: CsvSettings, io: SourceIo): Promise<TableRead> {
  const ending = /\.(json|jsonl|ndjson|parquet)(\.gz)?([?#].*)?$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) {
    const { settings, delimiter, ...read } = await readCsv(await openFile(placeOf(path), "csv", io), given, io);
    return { ...read, source: { kind: "csv", path, settings, delimiter } };
  }
  const kind = ending === "ndjson" ? "jsonl" : (ending as "json" | "jsonl" | "parquet");
  const allowed = kind === "parquet" ? [] : ["encoding", "decimal", "thousands"];
  const odd = Object.keys(given).find((name) => !allowed.includes(name));
  if (odd !== undefined)
    throw new PipelineError("config", path, `${odd} is a setting of comma-separated values, but by its name the file is ${ending}`);
  const source: SourceKind<Descriptor> = { json: jsonKind, jsonl: jsonlKind, parquet: parquetKind }[kind];
  // Nothing stands for a missing value yet, so that what does can be counted.
  const descriptor: Descriptor = { ...given, kind, ...placeOf(path), missing: [] } as Descriptor;
  const { rows, columns, inputs, target } = await source.load(descriptor, io);
  if (rows === 0) throw new PipelineError("data", path, "there are no rows");
  const named = Object.fromEntries([...inputs, target].map((name) => [name, columns[name] as Column]));
  return { rows, columns: named, source: { kind, path, settings: given }, notes: [] };
}
