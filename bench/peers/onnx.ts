// An ONNX model of one MatMul node, written as the protobuf messages of onnx.proto: c = a b, with b an input of the graph or, where
// its values are given, a constant.
import type { Product } from "./product.ts";

const text = new TextEncoder();
const [VARINT, LENGTH] = [0, 2];
const FLOAT = 1;

function bytes(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const integer = (field: number, n: number): number[] => [(field << 3) | VARINT, ...varint(n)];
const message = (field: number, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const content = bytes(...parts);
  return bytes([(field << 3) | LENGTH, ...varint(content.length)], content);
};
const string = (field: number, value: string): Uint8Array => message(field, text.encode(value));

/** ValueInfoProto: name 1, type 2 → tensor type 1 → element type 1, shape 2 → dimension 1 → value 1. */
function valueInfo(field: number, name: string, shape: readonly number[]): Uint8Array {
  const dimensions = shape.map((n) => message(1, integer(1, n)));
  return message(field, string(1, name), message(2, message(1, integer(1, FLOAT), message(2, ...dimensions))));
}

/** TensorProto: dimensions 1, type 2, name 8, raw data 9. */
function tensor(field: number, name: string, shape: readonly number[], values: Float32Array<ArrayBuffer>): Uint8Array {
  return message(
    field,
    ...shape.map((n) => integer(1, n)),
    integer(2, FLOAT),
    string(8, name),
    message(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  );
}

/** ModelProto: version 1, graph 7 (nodes 1, name 2, constants 5, inputs 11, outputs 12), operator set 8 (version 2). */
export function matMulModel({ m, k, n, b }: Product, constant: boolean): Uint8Array {
  const node = message(1, string(1, "a"), string(1, "b"), string(2, "c"), string(4, "MatMul"));
  const right = constant ? tensor(5, "b", [k, n], b) : valueInfo(11, "b", [k, n]);
  const graph = message(7, node, string(2, "product"), right, valueInfo(11, "a", [m, k]), valueInfo(12, "c", [m, n]));
  return bytes(integer(1, 8), graph, message(8, integer(2, 17)));
}
