// IDX, the format of MNIST: two zero bytes, a type, a rank, the dimensions as big-endian u32, then the values.
import { type Descriptor, describe, listOf, optional, type Rules, string } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { countedNames, largest } from "./labels.ts";
import { type ByteReader, openBytes } from "./openBytes.ts";
import { type NumericColumn, type SourceIo, type SourceKind, size, type Table } from "./table.ts";

const types: Readonly<Record<number, { bytes: number; read: (view: DataView, at: number) => number; whole: boolean }>> = {
  8: { bytes: 1, read: (v, at) => v.getUint8(at), whole: true },
  9: { bytes: 1, read: (v, at) => v.getInt8(at), whole: true },
  11: { bytes: 2, read: (v, at) => v.getInt16(at), whole: true },
  12: { bytes: 4, read: (v, at) => v.getInt32(at), whole: true },
  13: { bytes: 4, read: (v, at) => v.getFloat32(at), whole: false },
  14: { bytes: 8, read: (v, at) => v.getFloat64(at), whole: false },
};

/** No gzip file unpacks to more than 1032 times its size, so a larger header is corrupt: found before memory is asked for. */
const BEST_COMPRESSION = 1032;

/** An IDX file whose header has been read; the values come next. */
export interface IdxFile {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
  readonly bytes: ByteReader;
}

export async function openIdx(file: Uint8Array<ArrayBuffer>, name: string): Promise<IdxFile> {
  const bytes = openBytes(file, name);
  const magic = await bytes.read(4);
  const type = magic[2] as number;
  const rank = magic[3] as number;
  if (magic[0] !== 0 || magic[1] !== 0 || types[type] === undefined || rank < 1 || rank > 4) {
    const found = [...magic].map((b) => b.toString(16).padStart(2, "0")).join(" ");
    throw new PipelineError("data", name, `not an IDX file: expected it to begin with 00 00, a type and a rank, got ${found}`);
  }
  const header = new DataView((await bytes.read(4 * rank)).buffer);
  const shape = Array.from({ length: rank }, (_, i) => header.getUint32(4 * i));
  if (size(shape) * types[type].bytes > file.length * BEST_COMPRESSION) {
    throw new PipelineError(
      "data",
      name,
      `the header announces [${shape.join(", ")}] values, more than a file of ${file.length} bytes can hold`,
    );
  }
  return { name, type, shape, bytes };
}

/** Reads all values into `into`: bytes as they are, other types as numbers. */
async function readValues(file: IdxFile, into: Uint8Array | Int32Array | Float32Array): Promise<void> {
  const type = types[file.type] as (typeof types)[number];
  if (into instanceof Uint8Array) {
    await file.bytes.fill(into);
  } else {
    const view = new DataView((await file.bytes.read(into.length * type.bytes)).buffer);
    for (let i = 0; i < into.length; i++) into[i] = type.read(view, i * type.bytes);
  }
  await file.bytes.end();
}

/** One set of pictures and their labels, headers read. */
export interface IdxPair {
  readonly images: IdxFile;
  readonly labels: IdxFile;
}

/** Columns `image` and `label` from a training pair and, if there is one, a test pair whose rows are marked. */
export async function idxTable(train: IdxPair, test: IdxPair | undefined, io: SourceIo, classes?: readonly string[]): Promise<Table> {
  const pairs = test === undefined ? [train] : [train, test];
  for (const pair of pairs) checkPair(pair);
  if (test !== undefined) checkAlike(train, test);
  const rows = pairs.reduce((sum, pair) => sum + (pair.images.shape[0] as number), 0);
  const shape = train.images.shape.slice(1);
  const width = size(shape);
  const data = pairs.every((pair) => pair.images.type === 8) ? new Uint8Array(rows * width) : new Float32Array(rows * width);
  const whole = pairs.every((pair) => types[pair.labels.type]?.whole);
  const labels = whole ? new Int32Array(rows) : new Float32Array(rows);
  const givenTest = new Uint8Array(rows);
  let row = 0;
  for (const pair of pairs) {
    io.signal.throwIfAborted();
    const n = pair.images.shape[0] as number;
    io.progress(row, rows, pair.images.name);
    await readValues(pair.images, data.subarray(row * width, (row + n) * width));
    await readValues(pair.labels, labels.subarray(row, row + n));
    if (pair === test) givenTest.fill(1, row);
    if (whole) checkLabels(labels.subarray(row, row + n), pair.labels.name, classes);
    row += n;
  }
  io.progress(rows, rows, "rows");
  const image: NumericColumn = { type: "numeric", shape, data };
  const names = whole ? (classes ?? countedNames(largest(labels))) : undefined;
  const label: NumericColumn = { type: "numeric", shape: [], data: labels, ...(names && { classes: names }) };
  return {
    rows,
    columns: { image, label },
    inputs: ["image"],
    target: "label",
    ids: Uint32Array.from({ length: rows }, (_, i) => i),
    ...(test && { givenTest }),
  };
}

function checkPair({ images, labels }: IdxPair): void {
  if (labels.shape.length !== 1)
    throw new PipelineError("data", labels.name, `expected one label a row, got the shape [${labels.shape.join(", ")}]`);
  if (images.shape.length < 2)
    throw new PipelineError("data", images.name, `expected rows of values, got the shape [${images.shape.join(", ")}]`);
  if (images.shape[0] !== labels.shape[0]) {
    throw new PipelineError("data", images.name, `${images.shape[0]} images, but ${labels.shape[0]} labels in ${labels.name}`);
  }
  if (size(images.shape) === 0)
    throw new PipelineError("data", images.name, `there are no rows: the shape is [${images.shape.join(", ")}]`);
}

function checkAlike(train: IdxPair, test: IdxPair): void {
  const [a, b] = [train.images.shape.slice(1).join(" × "), test.images.shape.slice(1).join(" × ")];
  if (a !== b) throw new PipelineError("data", test.images.name, `the images are ${b}, but those of ${train.images.name} are ${a}`);
}

function checkLabels(labels: Int32Array | Float32Array, name: string, classes: readonly string[] | undefined): void {
  const most = classes === undefined ? 65535 : classes.length - 1;
  const bad = labels.findIndex((label) => label < 0 || label > most);
  if (bad < 0) return;
  const known = classes === undefined ? "expected class numbers from 0" : `there are ${classes.length} classes (0 to ${most})`;
  throw new PipelineError("data", name, `the label of row ${bad} is ${labels[bad]}, but ${known}`);
}

export interface IdxSource extends Descriptor {
  readonly kind: "idx";
  readonly images: string;
  readonly labels: string;
  readonly testImages?: string;
  readonly testLabels?: string;
  readonly classes?: readonly string[];
}

const rules: Rules = {
  images: string,
  labels: string,
  testImages: optional(string),
  testLabels: optional(string),
  classes: optional(listOf(string)),
};

/**
 * Your own IDX files, gzip or not, by path or URL: `images` of shape [rows, …] and `labels` of shape [rows]; `testImages` and
 * `testLabels` are the given test set. Gives the columns `image` and `label`. Bytes stay u8; other types become f32. Whole-number
 * labels are classes, called by `classes` or by their numbers; labels of type float are values to be predicted (regression).
 */
export function idx(settings: Omit<IdxSource, "kind">): IdxSource {
  return describe<IdxSource>("idx", settings, rules);
}

export const idxKind: SourceKind<IdxSource> = {
  kind: "idx",
  rules,
  async load(source, io) {
    if ((source.testImages === undefined) !== (source.testLabels === undefined)) {
      const missing = source.testImages === undefined ? "testImages" : "testLabels";
      throw new PipelineError("config", "source idx", `testImages and testLabels go together; ${missing} is missing`);
    }
    const open = async (path: string): Promise<IdxFile> => openIdx(await io.read(path), path);
    const pair = async (images: string, labels: string): Promise<IdxPair> => ({ images: await open(images), labels: await open(labels) });
    const train = await pair(source.images, source.labels);
    const test =
      source.testImages !== undefined && source.testLabels !== undefined ? await pair(source.testImages, source.testLabels) : undefined;
    return idxTable(train, test, io, source.classes);
  },
};
