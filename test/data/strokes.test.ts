import { describe, expect, test } from "vitest";
import { strokes, strokesKind } from "../../src/data/strokes.ts";
import { numericColumn, type Table } from "../../src/data/table.ts";
import { fakeIo } from "./io.ts";

const load = (settings: Parameters<typeof strokes>[0]): Promise<Table> => strokesKind.load(strokes(settings), fakeIo());
const pixels = (table: Table, from: number, rows: number): Uint8Array =>
  (numericColumn(table, "image").data as Uint8Array).subarray(from * 784, (from + rows) * 784);

describe("strokes", () => {
  test("gives bytes, ten classes, and marked test rows", async () => {
    const table = await load({ rows: 300, test: 50 });
    expect(table.rows).toBe(350);
    expect(numericColumn(table, "image")).toMatchObject({ shape: [28, 28], data: expect.any(Uint8Array) });
    expect([...(table.givenTest ?? [])]).toEqual([...new Array(300).fill(0), ...new Array(50).fill(1)]);
    const labels = numericColumn(table, "label");
    expect(labels.classes).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    for (let digit = 0; digit < 10; digit++) expect(labels.data.filter((label) => label === digit).length).toBeGreaterThan(15);
  });

  test("a picture depends on the seed, its number and its set alone", async () => {
    const [few, many, other] = await Promise.all([
      load({ rows: 5, test: 2 }),
      load({ rows: 9, test: 3 }),
      load({ rows: 5, test: 2, seed: 2 }),
    ]);
    expect(pixels(many, 0, 5)).toEqual(pixels(few, 0, 5));
    expect(pixels(many, 9, 2)).toEqual(pixels(few, 5, 2));
    expect(pixels(other, 0, 5)).not.toEqual(pixels(few, 0, 5));
    expect(pixels(few, 0, 2)).not.toEqual(pixels(few, 5, 2));
  });

  test("the pictures are the same bytes everywhere", async () => {
    const table = await load({ rows: 20, test: 0 });
    expect(table.givenTest).toBeUndefined();
    // FNV-1a of the bytes: a change of the generator changes every result that was ever reported on it.
    const hash = pixels(table, 0, 20).reduce((h, byte) => Math.imul(h ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
    expect(hash.toString(16)).toBe("7cc39ccb");
  });

  test("a digit is ink in the middle of paper, no two alike", async () => {
    const table = await load({ rows: 200, test: 0 });
    const seen = new Set<string>();
    for (let row = 0; row < table.rows; row++) {
      const picture = pixels(table, row, 1);
      seen.add(picture.join());
      const ink = picture.reduce((sum, value) => sum + (value > 128 ? 1 : 0), 0);
      expect(ink).toBeGreaterThan(15);
      expect(ink).toBeLessThan(350);
      const edge = picture.filter((_, i) => i < 28 || i >= 756 || i % 28 === 0 || i % 28 === 27);
      expect(edge.filter((value) => value > 128).length).toBeLessThan(12);
    }
    expect(seen.size).toBe(200);
  });

  test("stops when it is cancelled", async () => {
    await expect(strokesKind.load(strokes({ rows: 10 }), fakeIo({}, AbortSignal.abort()))).rejects.toThrow("aborted");
  });

  test("refuses settings that make no sense", () => {
    expect(() => strokes({ rows: 0 })).toThrow("strokes.rows: expected an integer >= 1, got 0");
    expect(() => strokes({ test: -1 })).toThrow("strokes.test: expected an integer >= 0, got -1");
  });
});
