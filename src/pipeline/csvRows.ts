// Rows that somebody wants predictions for, as comma-separated values, written as those of training were.
import type { Layout } from "../data/csv/layout.ts";
import { openLayout, readColumns, wantedColumn } from "../data/csv/readColumns.ts";
import { type CsvSource, columnSettings } from "../data/csv.ts";
import type { ReadableFile } from "../data/readableFile.ts";
import { PipelineError, unknownName } from "../errors.ts";
import type { PipelineFile } from "./artifacts.ts";
import type { TableInput } from "./rawInput.ts";

/**
 * Objects for `predict`. The first row names the columns, in any order, the target's and others of the source among them or not; where the
 * source had no names in its file, there may be none here either: the cells are all columns then, or the inputs.
 */
export async function csvRows(file: ReadableFile, { pipeline, input }: PipelineFile): Promise<readonly unknown[]> {
  if (input.type !== "table") throw new PipelineError("data", file.name, "the model does not read tables");
  const given = pipeline.source.kind === "csv" ? (pipeline.source as CsvSource) : ({ kind: "csv" } satisfies CsvSource);
  const { skip: _, names, ...written } = given;
  const io = { progress: () => undefined, warn: () => undefined, pause: async () => undefined };
  const layout = named(
    await openLayout(file, { ...written, header: false }, io),
    names,
    given.header ?? names === undefined,
    input,
    file.name,
  );
  const settings = { ...columnSettings(given), missing: input.missing };
  const wanted = input.columns
    .filter(({ name }) => layout.names.includes(name))
    .map(({ name, type }) => wantedColumn(name, type, settings));
  const { rows } = await readColumns(file, layout, wanted, { ...written, ...settings }, io);
  if (rows === 0) throw new PipelineError("data", file.name, "there are no rows");
  const columns = wanted.map(({ name, builder }) => {
    const column = builder.column();
    if (column.type === "numeric") return { name, value: (row: number) => column.data[row] };
    if (column.type === "category") return { name, value: (row: number) => column.categories[column.codes[row] as number] ?? null };
    return { name, value: (row: number) => column.values[row] };
  });
  return Array.from({ length: rows }, (__, row) => Object.fromEntries(columns.map(({ name, value }) => [name, value(row)])));
}

function named(
  layout: Layout,
  names: readonly string[] | undefined,
  mustName: boolean,
  { columns, others }: TableInput,
  at: string,
): Layout {
  const inputs = columns.map(({ name }) => name);
  const known = new Set([...inputs, ...others]);
  // A column without a name is called by its place, as the source calls it.
  const first = mustName ? layout.first.map((cell, i) => (cell === "" ? (layout.names[i] as string) : cell)) : layout.first;
  const stray = first.find((cell) => !known.has(cell));
  if (stray === undefined) return { ...layout, header: true, names: first };
  if (mustName) throw new PipelineError("data", `${at} line 1`, unknownName("column", stray, [...known]));
  const all = names ?? layout.names;
  if (first.length === all.length) return { ...layout, names: all };
  if (first.length === inputs.length) return { ...layout, names: inputs };
  throw new PipelineError("data", `${at} line 1`, `expected ${inputs.length} cells (${inputs.join(", ")}), got ${first.length}`);
}
