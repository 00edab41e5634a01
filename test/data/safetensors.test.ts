import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSafetensors, type Tensor, writeSafetensors } from "../../src/data/safetensors.ts";

const tensors: Tensor[] = [
  { name: "dense/kernel", shape: [2, 3], dtype: "F32", data: Float32Array.of(1, -2.5, 3, 1e-40, Number.NaN, -0) },
  { name: "classes", shape: [3], dtype: "I32", data: Int32Array.of(-1, 0, 2147483647) },
  { name: "picture", shape: [1, 3], dtype: "U8", data: Uint8Array.of(0, 128, 255) },
  { name: "scalar", shape: [], dtype: "F32", data: Float32Array.of(7) },
  { name: "empty", shape: [0, 4], dtype: "F32", data: new Float32Array(0) },
];
const metadata = { format: "lanewise", naïve: 'with "quotes" — and ünïcode' };

/** The format by its own description, written apart from what is tested. */
function parse(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset);
  const headerLength = view.getUint32(0, true);
  expect(view.getUint32(4, true)).toBe(0);
  const header = JSON.parse(Buffer.from(file.subarray(8, 8 + headerLength)).toString("utf8"));
  const data = file.subarray(8 + headerLength);
  return { headerLength, header, bytes: (name: string) => data.slice(...(header[name].data_offsets as [number, number])) };
}

describe("writeSafetensors", () => {
  const file = writeSafetensors(tensors, metadata);
  const { headerLength, header, bytes } = parse(file);

  test("pads the header with spaces to 8 bytes", () => {
    expect(headerLength % 8).toBe(0);
    expect(Buffer.from(file.subarray(8, 8 + headerLength)).toString("utf8")).toMatch(/^\{.*\} *$/);
  });

  test("says of each tensor its type, shape and place, without gaps", () => {
    expect(header.__metadata__).toEqual(metadata);
    expect(header["dense/kernel"]).toEqual({ dtype: "F32", shape: [2, 3], data_offsets: [0, 24] });
    expect(header.classes).toEqual({ dtype: "I32", shape: [3], data_offsets: [24, 36] });
    expect(header.scalar.data_offsets).toEqual([36, 40]);
    expect(header.empty.data_offsets).toEqual([40, 40]);
    expect(header.picture.data_offsets).toEqual([40, 43]);
    expect(file.length).toBe(8 + headerLength + 43);
  });

  test("holds the very bytes of the values", () => {
    expect(new Float32Array(bytes("dense/kernel").buffer)).toEqual(tensors[0]?.data);
    expect(Object.is(new Float32Array(bytes("dense/kernel").buffer)[5], -0)).toBe(true);
    expect(new Int32Array(bytes("classes").buffer)).toEqual(tensors[1]?.data);
    expect(bytes("picture")).toEqual(tensors[2]?.data);
  });

  test("writes the same bytes for the same tensors", () => {
    expect(writeSafetensors(tensors, metadata)).toEqual(file);
  });

  test("refuses values that do not fit their shape or type, and a name that is taken", () => {
    const one: Tensor = { name: "w", shape: [2], dtype: "F32", data: Float32Array.of(1, 2) };
    expect(() => writeSafetensors([{ ...one, shape: [3] }], {})).toThrow('tensor "w": 2 values, but the shape [3] holds 3');
    expect(() => writeSafetensors([{ ...one, dtype: "I32" }], {})).toThrow(
      'tensor "w": the type is I32, but the values are a Float32Array',
    );
    expect(() => writeSafetensors([one, one], {})).toThrow('tensor "w": the name is taken');
    expect(() => writeSafetensors([{ ...one, name: "__metadata__" }], {})).toThrow("the name is taken");
  });
});

describe("readSafetensors", () => {
  test("gives back what was written, four-byte types first", () => {
    const read = readSafetensors(writeSafetensors(tensors, metadata));
    expect(read.metadata).toEqual(metadata);
    const [kernel, classes, picture, scalar, empty] = tensors;
    expect(read.tensors.map(({ name }) => name).sort()).toEqual(tensors.map(({ name }) => name).sort());
    for (const tensor of [kernel, classes, picture, scalar, empty]) expect(read.tensors).toContainEqual(tensor);
  });

  test("reads from any place in memory, and copies", () => {
    const file = writeSafetensors(tensors, {});
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    const read = readSafetensors(shifted.subarray(3));
    shifted.fill(0);
    expect(read.tensors).toContainEqual(tensors[0]);
    expect(read.metadata).toEqual({});
  });

  test("keeps names such as __proto__ and 0", () => {
    const odd = ["0", "__proto__", "constructor", ""].map(
      (name, i): Tensor => ({ name, shape: [1], dtype: "F32", data: Float32Array.of(i) }),
    );
    expect(readSafetensors(writeSafetensors(odd)).tensors).toEqual(odd);
  });

  /** A file with this header and so many zero bytes after it. */
  const withHeader = (header: unknown, bytes: number): Uint8Array => {
    const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
    const file = new Uint8Array(8 + json.length + bytes);
    new DataView(file.buffer).setUint32(0, json.length, true);
    file.set(json, 8);
    return file;
  };
  const entry = (from: number, to: number, more = {}) => ({ dtype: "F32", shape: [(to - from) / 4], data_offsets: [from, to], ...more });
  const whole = writeSafetensors(tensors, metadata);
  const huge = whole.map((byte, i) => (i < 8 ? 0xff : byte));

  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "w.safetensors: not a safetensors file: expected at least 8 bytes, got 0"],
    [
      "a header beyond the limit",
      huge,
      "w.safetensors: not a safetensors file: a header of 18446744073709551615 bytes is beyond the limit",
    ],
    ["a file cut in its header", whole.subarray(0, 40), "w.safetensors: the file is truncated: its header ends at byte"],
    [
      "a file cut in its data",
      whole.subarray(0, whole.length - 1),
      `w.safetensors: the file is truncated: expected ${whole.length} bytes, got ${whole.length - 1}`,
    ],
    [
      "bytes after the last tensor",
      Uint8Array.of(...whole, 1),
      `something follows the last tensor: expected ${whole.length} bytes, got ${whole.length + 1}`,
    ],
    ["a header that is not JSON", withHeader("{oops", 0), "w.safetensors: the header is not JSON"],
    ["a header that is not an object", withHeader("[1]", 0), "w.safetensors: the header is not a JSON object"],
    ["a header that is not UTF-8", withHeader("{}", 0).map((byte, i) => (i === 8 ? 0xff : byte)), "w.safetensors: the header is not JSON"],
    ["metadata that is not text", withHeader({ __metadata__: { a: 1 } }, 0), '__metadata__ must map text to text, got {"a":1}'],
    [
      "an unknown type",
      withHeader({ w: entry(0, 4, { dtype: "BF16" }) }, 4),
      'w.safetensors "w": expected the type F32, I32 or U8, got "BF16"',
    ],
    ["an entry that is no object", withHeader({ w: 3 }, 4), 'w.safetensors "w": expected the type F32, I32 or U8, got undefined'],
    ["a shape of fractions", withHeader({ w: entry(0, 4, { shape: [0.5] }) }, 4), "expected a shape of whole numbers, got [0.5]"],
    ["offsets that are missing", withHeader({ w: entry(0, 4, { data_offsets: [0] }) }, 4), "expected data_offsets [begin, end], got [0]"],
    [
      "offsets that run backwards",
      withHeader({ w: entry(0, 4, { data_offsets: [4, 0] }) }, 4),
      "F32 [1] takes 4 bytes, but data_offsets [4, 0] hold -4",
    ],
    ["a size that disagrees", withHeader({ w: entry(0, 8, { shape: [3] }) }, 8), "F32 [3] takes 12 bytes, but data_offsets [0, 8] hold 8"],
    [
      "tensors that overlap",
      withHeader({ a: entry(0, 8), b: entry(4, 12) }, 12),
      'w.safetensors "b": its bytes 4 to 12 lap over the tensor before it',
    ],
    ["a hole", withHeader({ a: entry(0, 4), b: entry(8, 12) }, 12), 'w.safetensors "b": its bytes 8 to 12 leave a hole from byte 4'],
    [
      "a name that stands twice",
      withHeader(`{"a":${JSON.stringify(entry(0, 4))},"a":${JSON.stringify(entry(4, 8))}}`, 8),
      'w.safetensors "a": its bytes 4 to 8 leave a hole from byte 0 (a name that stands twice hides its first tensor)',
    ],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes, "w.safetensors")).toThrow(
      expect.objectContaining({ code: "data", message: expect.stringContaining(message) }),
    );
  });
});

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

test.skipIf(!hasNumpy)("numpy reads the file (needs python3 with numpy)", () => {
  const folder = mkdtempSync(join(tmpdir(), "lanewise-"));
  try {
    const path = join(folder, "model.safetensors");
    writeFileSync(path, writeSafetensors(tensors, metadata));
    const script = `
import json, numpy, sys
raw = open(sys.argv[1], "rb").read()
n = int.from_bytes(raw[:8], "little")
header = json.loads(raw[8:8 + n])
kind = {"F32": "<f4", "I32": "<i4", "U8": "u1"}
out = {}
for name, e in header.items():
    if name == "__metadata__": continue
    a, b = e["data_offsets"]
    out[name] = numpy.frombuffer(raw[8 + n + a:8 + n + b], kind[e["dtype"]]).reshape(e["shape"]).tolist()
print(json.dumps({"tensors": out, "metadata": header["__metadata__"]}))`;
    const read = JSON.parse(execFileSync("python3", ["-c", script, path], { encoding: "utf8" }).replace("NaN", "null"));
    expect(read.metadata).toEqual(metadata);
    expect(read.tensors.classes).toEqual([-1, 0, 2147483647]);
    expect(read.tensors.picture).toEqual([[0, 128, 255]]);
    expect(read.tensors["dense/kernel"][0]).toEqual([1, -2.5, 3]);
    expect(read.tensors.scalar).toBe(7);
    expect(read.tensors.empty).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
