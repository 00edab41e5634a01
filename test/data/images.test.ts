import { describe, expect, test } from "vitest";
import { images, imagesKind } from "../../src/data/images.ts";
import { numericColumn, type Table } from "../../src/data/table.ts";
import { requireComplete } from "../support/work.ts";
import { type FakeIo, fakeIo } from "./io.ts";
import { colourPng, greyPng } from "./png.ts";

const load = (files: Record<string, Uint8Array>, settings = {}, io: FakeIo = fakeIo(files)): Promise<Table> =>
  imagesKind.load(images("set", settings), io);
const image = (table: Table) => numericColumn(table, "image");

describe("images", () => {
  test("takes sub-folders for classes, in alphabetical order", async () => {
    const table = await load({
      "set/dog/1.png": greyPng(2, 3, 1),
      "set/cat/1.PNG": greyPng(2, 3, 2),
      "set/cat/deep/2.png": greyPng(2, 3, 3),
    });
    expect(table).toMatchObject({ rows: 3, inputs: ["image"], target: "label" });
    expect(image(table).shape).toEqual([2, 3, 1]);
    expect(image(table).data).toBeInstanceOf(Uint8Array);
    expect(numericColumn(table, "label")).toMatchObject({ classes: ["cat", "dog"], data: Int32Array.of(0, 0, 1) });
    expect([0, 6, 12].map((i) => image(table).data[i])).toEqual([2, 3, 1]);
    expect(table.givenTest).toBeUndefined();
  });

  test("takes train/ and test/ for the given sets, unless told otherwise", async () => {
    const files = { "set/train/a/1.png": greyPng(1, 1, 1), "set/train/b/1.png": greyPng(1, 1, 2), "set/test/b/1.png": greyPng(1, 1, 3) };
    const table = await load(files);
    expect(numericColumn(table, "label").classes).toEqual(["a", "b"]);
    expect([...(table.givenTest ?? [])]).toEqual([1, 0, 0]);
    expect(numericColumn(await load(files, { split: false }), "label").classes).toEqual(["test", "train"]);
    await expect(load({ ...files, "set/val/a/1.png": greyPng(1, 1, 1) })).rejects.toThrow(
      "set: expected train/ and test/ only, got also val/",
    );
  });

  test("is grey when every picture is, and colour otherwise", async () => {
    const grey = { "set/a/1.png": greyPng(1, 1, 5), "set/b/1.png": colourPng(1, 1, [7, 7, 7]) };
    expect([image(await load(grey)).shape, [...image(await load(grey)).data]]).toEqual([
      [1, 1, 1],
      [5, 7],
    ]);
    const mixed = { ...grey, "set/b/2.png": colourPng(1, 1, [1, 2, 3]) };
    expect([image(await load(mixed)).shape, [...image(await load(mixed)).data]]).toEqual([
      [1, 1, 3],
      [5, 5, 5, 7, 7, 7, 1, 2, 3],
    ]);
    expect(image(await load(mixed, { channels: 1 })).shape).toEqual([1, 1, 1]);
    expect(image(await load(grey, { channels: 3 })).shape).toEqual([1, 1, 3]);
  });

  test("pictures of another size are named with both files and sizes, or resized", async () => {
    const files = { "set/a/1.png": greyPng(4, 4, 9), "set/b/odd.png": greyPng(2, 6, 8) };
    const table = await load(files);
    expect(table.rows).toBe(1);
    expect(() => requireComplete(table)).toThrow("1 of 2 rows have another shape: b/odd.png is 2 × 6, but a/1.png is 4 × 4");
    const resized = await load(files, { size: [2, 2] });
    expect([image(resized).shape, [...image(resized).data]]).toEqual([
      [2, 2, 1],
      [9, 9, 9, 9, 8, 8, 8, 8],
    ]);
    expect(() => requireComplete(resized)).not.toThrow();
  });

  test("skips other files, and says how many", async () => {
    const files = {
      "set/a/1.png": greyPng(1, 1, 1),
      "set/notes.txt": Uint8Array.of(1),
      "set/a/.hidden.png": Uint8Array.of(1),
      "set/loose.png": greyPng(1, 1, 1),
    };
    const io = fakeIo(files);
    expect((await load(files, {}, io)).rows).toBe(1);
    expect(io.warnings).toEqual(["set: 3 files are skipped: they are not .png or .jpg, or in no class folder"]);
    expect(io.progressed.at(-1)).toEqual([1, 1, "decoding pictures"]);
  });

  test("a corrupt picture is named", async () => {
    await expect(load({ "set/a/1.png": greyPng(3, 3, 1).subarray(0, 60) })).rejects.toThrow("set/a/1.png: not a readable PNG");
  });

  test("a folder without pictures is refused", async () => {
    await expect(load({ "set/a/notes.txt": Uint8Array.of(1) })).rejects.toThrow(
      "set: no pictures: expected PNG or JPEG files in one sub-folder a class, got 1 other files",
    );
  });

  test("stops when it is cancelled", async () => {
    const files = { "set/a/1.png": greyPng(1, 1, 1) };
    await expect(load(files, {}, fakeIo(files, AbortSignal.abort()))).rejects.toThrow("aborted");
  });

  test("refuses settings that make no sense", () => {
    expect(() => images("")).toThrow('images.folder: expected a non-empty string, got ""');
    expect(() => images("set", { size: [28] as never })).toThrow("images.size: expected a list of 2, got [28]");
    expect(() => images("set", { channels: 4 as never })).toThrow("images.channels: expected one of 1, 3, got 4");
  });
});
