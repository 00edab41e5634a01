// safetensors: u64 length of a JSON header, the header, then the tensors' bytes, little-endian and without gaps. The header maps each
// name to its type, its shape and where its bytes lie after the header.
import { PipelineError, show } from "../errors.ts";
import { size } from "./table.ts";

export type TensorType = "F32" | "I32" | "U8";

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: TensorType;
  readonly data: Float32Array | Int32Array | Uint8Array;
}

export interface TensorFile {
  readonly tensors: readonly Tensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

const bytesOf: Readonly<Record<TensorType, number>> = { F32: 4, I32: 4, U8: 1 };
const MAX_HEADER = 100_000_000; // the format's own limit

/** The bytes of a file with these tensors, in this order, four-byte types first so that all are aligned. */
export function writeSafetensors(tensors: readonly Tensor[], metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort((a, b) => bytesOf[b.dtype] - bytesOf[a.dtype]);
  const header: Record<string, unknown> = Object.create(null);
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let end = 0;
  for (const { name, shape, dtype, data } of ordered) {
    const at = `tensor ${show(name)}`;
    if (name === "__metadata__" || Object.hasOwn(header, name))
      throw new PipelineError("data", at, "the name is taken; every tensor needs its own");
    if (data.length !== size(shape))
      throw new PipelineError("shape", at, `${data.length} values, but the shape [${shape.join(", ")}] holds ${size(shape)}`);
    if (typeOf(data) !== dtype) throw new PipelineError("data", at, `the type is ${dtype}, but the values are a ${data.constructor.name}`);
    header[name] = { dtype, shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil(json.length / 8) * 8 + 8;
  const file = new Uint8Array(start + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true);
  file.fill(0x20, 8, start);
  file.set(json, 8);
  let at = start;
  for (const { data } of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

const typeOf = (data: Tensor["data"]): TensorType => (data instanceof Float32Array ? "F32" : data instanceof Int32Array ? "I32" : "U8");

/** What a file holds, in the order of its bytes. `name` is for messages. Throws unless the bytes are exactly such a file. */
export function readSafetensors(bytes: Uint8Array, name = "safetensors"): TensorFile {
  const { header, start } = readHeader(bytes, name);
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isObject(metadata) || Object.values(metadata).some((value) => typeof value !== "string")) {
    throw new PipelineError("data", name, `__metadata__ must map text to text, got ${show(metadata)}`);
  }
  const found = Object.entries(entries).map(([tensor, entry]) => checkEntry(entry, `${name} ${show(tensor)}`, tensor));
  found.sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  for (const { at, from, to } of found) {
    if (from !== end) {
      const problem =
        from < end ? "lap over the tensor before it" : `leave a hole from byte ${end} (a name that stands twice hides its first tensor)`;
      throw new PipelineError("data", at, `its bytes ${from} to ${to} ${problem}`);
    }
    end = to;
  }
  if (start + end !== bytes.length) {
    const problem = start + end > bytes.length ? "the file is truncated" : "something follows the last tensor";
    throw new PipelineError("data", name, `${problem}: expected ${start + end} bytes, got ${bytes.length}`);
  }
  const tensors = found.map(({ tensor, dtype, shape, from, to }) => {
    const copy = new Uint8Array(to - from);
    copy.set(bytes.subarray(start + from, start + to));
    const data = dtype === "F32" ? new Float32Array(copy.buffer) : dtype === "I32" ? new Int32Array(copy.buffer) : copy;
    return { name: tensor, shape, dtype, data };
  });
  return { tensors, metadata: metadata as Record<string, string> };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function readHeader(bytes: Uint8Array, name: string): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) throw new PipelineError("data", name, `not a safetensors file: expected at least 8 bytes, got ${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > MAX_HEADER)
    throw new PipelineError("data", name, `not a safetensors file: a header of ${length} bytes is beyond the limit of ${MAX_HEADER}`);
  const start = 8 + Number(length);
  if (start > bytes.length)
    throw new PipelineError("data", name, `the file is truncated: its header ends at byte ${start}, the file at ${bytes.length}`);
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, start)));
    if (isObject(header)) return { header, start };
  } catch (error) {
    throw new PipelineError(
      "data",
      name,
      `the header is not JSON: ${error instanceof Error ? error.message.split("\n")[0] : error}`,
      error,
    );
  }
  throw new PipelineError("data", name, "the header is not a JSON object");
}

interface Entry {
  readonly at: string;
  readonly tensor: string;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

function checkEntry(entry: unknown, at: string, tensor: string): Entry {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  if (typeof dtype !== "string" || !Object.hasOwn(bytesOf, dtype)) {
    throw new PipelineError("data", at, `expected the type F32, I32 or U8, got ${show(dtype)}`);
  }
  const type = dtype as TensorType;
  const whole = (list: unknown): list is number[] => Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole(shape)) throw new PipelineError("data", at, `expected a shape of whole numbers, got ${show(shape)}`);
  if (!whole(offsets) || offsets.length !== 2)
    throw new PipelineError("data", at, `expected data_offsets [begin, end], got ${show(offsets)}`);
  const [from, to] = offsets as [number, number];
  const expected = size(shape) * bytesOf[type];
  if (to - from !== expected) {
    throw new PipelineError(
      "data",
      at,
      `${type} [${shape.join(", ")}] takes ${expected} bytes, but data_offsets [${from}, ${to}] hold ${to - from}`,
    );
  }
  return { at, tensor, dtype: type, shape, from, to };
}
