// Rows in memory: columns of equal length. Images stay bytes; nothing is widened to f32 before it is batched.
import type { Descriptor, Rules } from "../check.ts";
import { PipelineError } from "../errors.ts";
import type { LinedFile } from "./linedFile.ts";
import type { ReadableFile } from "./readableFile.ts";
import type { Records } from "./records.ts";

/**
 * `data` holds `rows × product(shape)` values, row-major; a plain number per row has shape []. NaN is missing. f64 is what tables of many
 * columns keep their numbers in; the model reads f32.
 */
export interface NumericColumn {
  readonly type: "numeric";
  readonly shape: readonly number[];
  readonly data: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;
  /** For labels (i32): what class number i is called. A label of -1 is missing. */
  readonly classes?: readonly string[];
  /** For vectors: what feature number i is called. */
  readonly features?: readonly string[];
  /** For word numbers (i32): what number i stands for. */
  readonly vocabulary?: readonly string[];
}

/**
 * One of a few names a row. Which names there are, and in which order, says nothing: they may be those of rows that are gone, or of test
 * rows. Stages that learn names learn them by `heldCategories` of the training rows.
 */
export interface CategoryColumn {
  readonly type: "category";
  /** Every name once. */
  readonly categories: readonly string[];
  /** For each row a place in `categories`; -1 is missing. */
  readonly codes: Int32Array;
  /** They stand for other values, and their own order may depend on a secret. */
  readonly pseudonyms?: true;
}

export interface TextColumn {
  readonly type: "text";
  readonly values: readonly string[];
  readonly pseudonyms?: true;
}

/** Items of every row, one row after the other: row r has those from `offsets[r]` up to `offsets[r + 1]` (which need not begin at 0). */
export interface Ragged<Ids extends Int32Array | Uint16Array = Int32Array> {
  readonly ids: Ids;
  /** One more than there are rows. */
  readonly offsets: Uint32Array;
}

/** Texts divided into words, or other pieces. An id is a place in `words`, which holds every word once: what is done to a word is done once. */
export interface TokensColumn extends Ragged {
  readonly type: "tokens";
  readonly words: readonly string[];
  /** The words that are to get numbers, once they are fitted: number i is given to `vocabulary[i]`. */
  readonly vocabulary?: readonly string[];
}

/** Rows of word numbers, of varying length; number i stands for `vocabulary[i]`. */
export interface SequencesColumn extends Ragged<Int32Array | Uint16Array> {
  readonly type: "sequences";
  readonly vocabulary: readonly string[];
}

export type Column = NumericColumn | CategoryColumn | TextColumn | TokensColumn | SequencesColumn;

/** What a column holds, for messages. */
export const columnKind = {
  numeric: "numbers",
  category: "categories",
  text: "text",
  tokens: "words",
  sequences: "word numbers",
} as const satisfies Record<Column["type"], string>;

export interface Table {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
  /** The columns that the model reads, in order: one, or many that the end of normalize puts together as one. */
  readonly inputs: readonly string[];
  /** The column that it learns to predict. */
  readonly target: string;
  /** Where each row stood in its source, so that a removed row can be named. */
  readonly ids: Uint32Array;
  /** The files of lines that the rows were read from, one behind the other: ids count through them. */
  readonly files?: readonly LinedFile[];
  /** Sources with an official test set mark its rows with 1. */
  readonly givenTest?: Uint8Array;
  /** What each row is for, once the table is split: 0 train, 1 validation, 2 test. */
  readonly tags?: Uint8Array;
  /** The ids of rows that somebody wants to see after every stage. */
  readonly shown?: readonly number[];
  /** Columns of the source that are not here, because nobody wants them. */
  readonly ignored?: readonly string[];
  /** What stands for a missing value in the source, as text. */
  readonly missing?: readonly string[];
  /** Rows of the source that are not here, because their shape is not the others'. */
  readonly misfits?: readonly Misfit[];
}

export interface Misfit {
  readonly id: number;
  readonly reason: string;
}

/** Whether a number can be missing or infinite there. */
export const isFloat = ({ data }: NumericColumn): boolean => data instanceof Float32Array || data instanceof Float64Array;

export const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

export function column(table: Table, name: string): Column {
  const found = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (found === undefined)
    throw new PipelineError("data", `column "${name}"`, `there is none; the columns are ${Object.keys(table.columns).join(", ")}`);
  return found;
}

export function numericColumn(table: Table, name: string): NumericColumn {
  const found = column(table, name);
  if (found.type !== "numeric") throw new PipelineError("data", `column "${name}"`, `expected numbers, got ${columnKind[found.type]}`);
  return found;
}

/** Whether the inputs are to be put together: they are several, or one that holds a category or a single number a row. */
export function isTabular(table: Table): boolean {
  if (table.inputs.length !== 1) return true;
  const only = column(table, inputName(table));
  return only.type === "category" || (only.type === "numeric" && only.shape.length === 0);
}

/** The name of the one input column. */
export function inputName(table: Table): string {
  const [name, ...more] = table.inputs;
  if (name === undefined || more.length > 0)
    throw new PipelineError("data", "source", `expected one input column, got ${table.inputs.length}: ${table.inputs.join(", ")}`);
  return name;
}

/** How each kind of column becomes numbers. */
export const nextStage = {
  text: "add tokenize() to clean, and vocabulary(), encode() and pad() to normalize",
  tokens: "add vocabulary(), encode() and pad() to normalize",
  sequences: "add pad() to normalize",
  category: "add oneHot() or ordinal() to normalize",
} as const;

/** The one input column, as the model reads it. */
export function inputColumn(table: Table): NumericColumn {
  const name = inputName(table);
  const found = column(table, name);
  if (found.type === "numeric") return found;
  throw new PipelineError(
    "config",
    "normalize",
    `the model reads numbers, but "${name}" holds ${columnKind[found.type]}; ${nextStage[found.type]}`,
  );
}

/** A file that a source needs, and what is known of it. */
export interface FileRequest {
  /** The path under the data directory or the cache, such as `mnist/train-images-idx3-ubyte.gz`. */
  readonly name: string;
  readonly url?: string;
  readonly sha256?: string;
  readonly bytes?: number;
}

/** What a source may ask of the world. Node and the browser each bring theirs. */
export interface SourceIo {
  readonly signal: AbortSignal;
  readonly seed: number;
  /** Looks in `--data`, `$LANEWISE_DATA`, the cache, then the network; a file with a known checksum is verified. */
  file(request: FileRequest): Promise<Uint8Array<ArrayBuffer>>;
  /** A path or URL that the user named. */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Either of them, to be read piece by piece. */
  open(file: string | FileRequest): Promise<ReadableFile>;
  /** All files under a folder that the user named, as paths relative to it, sorted. */
  list(folder: string): Promise<string[]>;
  /** Reads a Parquet file, where the platform can: the columns that `wants` says. */
  parquet?(
    bytes: Uint8Array<ArrayBuffer>,
    name: string,
    wants: (name: string, isLast: boolean) => boolean,
    io: Pick<SourceIo, "progress" | "pause">,
  ): Promise<Records>;
  progress(done: number, total: number, what: string): void;
  warn(at: string, message: string): void;
  /** For long work to call after each of its parts: lets other things happen now and then, and throws once the run is cancelled. */
  pause(): Promise<void>;
}

/** A source's behaviour, found by its descriptor's `kind`. */
export interface SourceKind<D extends Descriptor> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  load(source: D, io: SourceIo): Promise<Table>;
}
