// Parquet by way of hyparquet, a package that is loaded when it is needed, and need not be there before.
import type { FileMetaData, ParquetParsers, SchemaElement } from "hyparquet";
import { type Records, recordCollector } from "../data/records.ts";
import type { SourceIo } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { systemCode } from "./io_error.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** `wants` is asked for every column of the file, whether its values are to be read. */
export async function readParquet(
  bytes: Bytes,
  name: string,
  wants: (name: string, isLast: boolean) => boolean,
  io: Pick<SourceIo, "progress" | "pause">,
): Promise<Records> {
  const { parquetMetadataAsync, parquetRead } = await optionalPackage(() => import("hyparquet"), "hyparquet", name, "reading Parquet");
  const { buffer, byteOffset, byteLength } = bytes;
  const file = { byteLength, slice: (start: number, end?: number) => buffer.slice(byteOffset + start, byteOffset + (end ?? byteLength)) };
  const metadata = await valid(name, () => parquetMetadataAsync(file, { geoparquet: false }));
  const columns = topLevel(metadata);
  const wanted = columns.filter(({ name }, i) => wants(name, i === columns.length - 1));
  const compressors = await compressorsFor(metadata, wanted, name);
  const values = new Map<string, unknown[]>(wanted.map(({ name }) => [name, []]));
  const parts = metadata.row_groups.length * wanted.length;
  let [first, done] = [0, 0];
  for (const group of metadata.row_groups) {
    const end = first + Number(group.num_rows);
    for (const column of wanted) {
      await io.pause();
      const into = values.get(column.name) as unknown[];
      const exact = decimals(column);
      await valid(name, () =>
        parquetRead({
          file,
          metadata,
          columns: [column.name],
          rowStart: first,
          rowEnd: end,
          parsers,
          geoparquet: false,
          ...(compressors && { compressors }),
          onChunk({ columnData }) {
            for (const value of columnData as Iterable<unknown>) into.push(exact(value));
          },
        }),
      );
      io.progress(++done, parts, `reading ${name}`);
    }
    first = end;
  }
  const collector = recordCollector();
  for (const { name: column } of columns) collector.addColumn(column, values.get(column), name);
  return collector.end();
}

const isMissing = (error: unknown): boolean => systemCode(error) === "ERR_MODULE_NOT_FOUND";

export async function optionalPackage<T>(load: () => Promise<T>, what: string, at: string, purpose: string): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new PipelineError("environment", at, `${purpose} takes a package that is not installed; npm install ${what}`, error);
  }
}

async function valid<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new PipelineError("data", name, `it cannot be read as Parquet: ${(error as Error).message}`, error);
  }
}

/** Milliseconds, as JavaScript counts time, but with fractions. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: Number,
  timestampFromMicroseconds: (micros) => Number(micros / 1000n) + Number(micros % 1000n) / 1e3,
  timestampFromNanoseconds: (nanos) => Number(nanos / 1_000_000n) + Number(nanos % 1_000_000n) / 1e6,
  dateFromDays: (days) => days * 86_400_000,
};

function topLevel({ schema }: FileMetaData): readonly SchemaElement[] {
  const columns: SchemaElement[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let child = schema[at]?.num_children ?? 0; child > 0; child--) next = skip(next);
    return next;
  };
  for (let at = 1; at < schema.length; at = skip(at)) columns.push(schema[at] as SchemaElement);
  return columns;
}

/** A decimal arrives as a product that is rounded once too often: the nearest number is a quotient of two integers. */
function decimals({ converted_type, num_children, scale = 0 }: SchemaElement): (value: unknown) => unknown {
  if (converted_type !== "DECIMAL" || num_children !== undefined) return (value) => value;
  const unit = 10 ** scale;
  return (value) => {
    const whole = typeof value === "number" ? Math.round(value * unit) : Number.NaN;
    return Number.isSafeInteger(whole) ? whole / unit : value;
  };
}

type Compressors = Record<string, (input: Uint8Array, outputLength: number) => Uint8Array>;
const PACKAGE: string = "hyparquet-compressors";

/** hyparquet itself unpacks Snappy. */
async function compressorsFor(
  { row_groups }: FileMetaData,
  wanted: readonly SchemaElement[],
  name: string,
): Promise<Compressors | undefined> {
  const names = new Set(wanted.map((column) => column.name));
  const metas = row_groups.flatMap(({ columns }) => columns.flatMap(({ meta_data }) => meta_data ?? []));
  const odd = metas.find(
    ({ codec, path_in_schema }) => names.has(path_in_schema[0] ?? "") && codec !== "SNAPPY" && codec !== "UNCOMPRESSED",
  );
  if (odd === undefined) return undefined;
  const load = async () => (await import(PACKAGE)) as { readonly compressors: Compressors };
  return (await optionalPackage(load, PACKAGE, name, `unpacking what ${odd.codec} has compressed`)).compressors;
}
