import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { idx, idxKind } from "../../src/data/idx.ts";
import { numericColumn, type Table } from "../../src/data/table.ts";
import { fakeIo } from "./io.ts";

const U8 = 8;

/** An IDX file written here, byte by byte. */
function idxFile(type: number, shape: number[], values: number[]): Uint8Array {
  const bytes = { 8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8 }[type] as number;
  const file = new DataView(new ArrayBuffer(4 + 4 * shape.length + bytes * values.length));
  file.setUint8(2, type);
  file.setUint8(3, shape.length);
  shape.forEach((n, i) => {
    file.setUint32(4 + 4 * i, n);
  });
  values.forEach((value, i) => {
    const at = 4 + 4 * shape.length + bytes * i;
    if (type === 8 || type === 9) file.setInt8(at, value);
    if (type === 11) file.setInt16(at, value);
    if (type === 12) file.setInt32(at, value);
    if (type === 13) file.setFloat32(at, value);
    if (type === 14) file.setFloat64(at, value);
  });
  return new Uint8Array(file.buffer);
}

const images = idxFile(U8, [3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
const labels = idxFile(U8, [3], [0, 2, 1]);
const load = (files: Record<string, Uint8Array>, more = {}): Promise<Table> =>
  idxKind.load(idx({ images: "images", labels: "labels", ...more }), fakeIo({ images, labels, ...files }));

describe("idx", () => {
  test.each([
    ["plain", images, labels],
    ["gzip", gzipSync(images), gzipSync(labels)],
  ])("reads %s files", async (_, x, y) => {
    const table = await load({ images: x, labels: y });
    expect(table).toMatchObject({ rows: 3, inputs: ["image"], target: "label" });
    expect(numericColumn(table, "image")).toEqual({ type: "numeric", shape: [2, 2], data: images.subarray(16) });
    expect(numericColumn(table, "label")).toEqual({ type: "numeric", shape: [], data: Int32Array.of(0, 2, 1), classes: ["0", "1", "2"] });
    expect(table.givenTest).toBeUndefined();
  });

  test.each([
    [9, [-1, 5]],
    [11, [-300, 300]],
    [12, [-70_000, 70_000]],
    [13, [0.5, -0.25]],
    [14, [0.125, 1e10]],
  ])("reads values of type %i as f32", async (type, values) => {
    const table = await load({ images: idxFile(type, [2, 1], values), labels: idxFile(U8, [2], [0, 1]) });
    expect(numericColumn(table, "image").data).toEqual(Float32Array.from(values));
  });

  test("reads labels of type float as numbers to predict", async () => {
    const table = await load({ labels: idxFile(13, [3], [0.5, 1, -2]) });
    expect(numericColumn(table, "label")).toEqual({ type: "numeric", shape: [], data: Float32Array.of(0.5, 1, -2) });
  });

  test("marks the rows of the given test set", async () => {
    const more = { testImages: "tx", testLabels: "ty", classes: ["a", "b", "c"] };
    const table = await load({ tx: idxFile(U8, [1, 2, 2], [7, 7, 7, 7]), ty: idxFile(U8, [1], [1]) }, more);
    expect([...(table.givenTest ?? [])]).toEqual([0, 0, 0, 1]);
    expect([...numericColumn(table, "image").data.subarray(12)]).toEqual([7, 7, 7, 7]);
    expect(numericColumn(table, "label").classes).toEqual(["a", "b", "c"]);
  });
});

describe("idx refuses, naming the file and both values,", () => {
  const gz = gzipSync(
    idxFile(
      U8,
      [500, 2, 2],
      Array.from({ length: 2000 }, (_, i) => (i * 37) % 251),
    ),
  );
  const flipped = gz.map((byte, i) => (i === gz.length - 6 ? byte ^ 1 : byte));
  const many = idxFile(U8, [500], new Array(500).fill(0));
  test.each<[string, Record<string, Uint8Array>, string]>([
    [
      "a bad magic",
      { images: Uint8Array.of(1, 2, 3, 4, 5) },
      "images: not an IDX file: expected it to begin with 00 00, a type and a rank, got 01 02 03 04",
    ],
    ["an unknown type", { images: Uint8Array.of(0, 0, 7, 1, 0, 0, 0, 0) }, "got 00 00 07 01"],
    ["an empty file", { images: new Uint8Array(0) }, "images: the file ends after 0 bytes, 4 bytes too early"],
    ["a file that ends early", { images: images.subarray(0, 20) }, "images: the file ends after 20 bytes, 8 bytes too early"],
    [
      "a file that goes on",
      { labels: Uint8Array.of(...labels, 0) },
      "labels: the file goes on after the 11 bytes that its header announces",
    ],
    ["truncated gzip", { images: gz.subarray(0, gz.length - 30), labels: many }, "images: the gzip data is corrupt"],
    ["gzip with a wrong checksum", { images: flipped, labels: many }, "images: the gzip data is corrupt"],
    ["a header beyond belief", { images: idxFile(U8, [4_000_000_000, 4_000, 2], []) }, "more than a file of 16 bytes can hold"],
    ["more images than labels", { labels: idxFile(U8, [2], [0, 1]) }, "images: 3 images, but 2 labels in labels"],
    ["no rows", { images: idxFile(U8, [0, 2, 2], []), labels: idxFile(U8, [0], []) }, "images: there are no rows: the shape is [0, 2, 2]"],
    ["labels that are not one a row", { labels: idxFile(U8, [3, 1], [0, 1, 2]) }, "labels: expected one label a row, got the shape [3, 1]"],
    ["images without values", { images: idxFile(U8, [3], [0, 1, 2]) }, "images: expected rows of values, got the shape [3]"],
  ])("%s", async (_, files, message) => {
    await expect(load(files)).rejects.toMatchObject({ code: "data", message: expect.stringContaining(message) });
  });

  test("a label that has no class", async () => {
    await expect(load({}, { classes: ["a", "b"] })).rejects.toThrow("labels: the label of row 1 is 2, but there are 2 classes (0 to 1)");
    await expect(load({ labels: idxFile(9, [3], [0, -5, 0]) })).rejects.toThrow(
      "labels: the label of row 1 is -5, but expected class numbers from 0",
    );
  });

  test("a test set of another size or without labels", async () => {
    const files = { tx: idxFile(U8, [1, 3, 2], [1, 2, 3, 4, 5, 6]), ty: idxFile(U8, [1], [0]) };
    await expect(load(files, { testImages: "tx", testLabels: "ty" })).rejects.toThrow(
      "tx: the images are 3 × 2, but those of images are 2 × 2",
    );
    await expect(load({}, { testImages: "tx" })).rejects.toThrow("testImages and testLabels go together; testLabels is missing");
  });

  test("to go on once it is cancelled", async () => {
    const io = fakeIo({ images, labels }, AbortSignal.abort());
    await expect(idxKind.load(idx({ images: "images", labels: "labels" }), io)).rejects.toThrow("aborted");
  });
});
