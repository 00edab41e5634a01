// Rows of a Parquet file that somebody wants predictions for.
import type { PipelineFile } from "../../pipeline/artifacts.ts";
import { readParquet } from "../parquet.ts";

/** Objects with the columns that the model reads. */
export async function parquetRows(bytes: Uint8Array<ArrayBuffer>, name: string, { input }: PipelineFile): Promise<readonly unknown[]> {
  const names = input.type === "table" ? input.columns.map((column) => column.name) : [];
  const wants = (column: string): boolean => names.some((name) => name === column || name.startsWith(`${column}.`));
  const { rows, columns } = await readParquet(bytes, name, wants, { progress: () => undefined, pause: async () => undefined });
  const wanted = [...columns].filter(([column]) => names.includes(column));
  const plain = (value: unknown): unknown =>
    typeof value !== "bigint" ? value : Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`;
  return Array.from({ length: rows }, (_, row) => Object.fromEntries(wanted.map(([column, values]) => [column, plain(values[row])])));
}
