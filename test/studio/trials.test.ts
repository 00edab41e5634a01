// What lies between a reader's hand and a model: drawings, rows, and what became of rows.
import { describe, expect, it } from "vitest";
import type { RowSample, StageEvent } from "../../src/pipeline/events.ts";
import { factsOf } from "../../src/studio/lab/factsOf.ts";
import type { ModelFacts } from "../../src/studio/lab/orders.ts";
import { reducePreview, seenStages, startPreview } from "../../src/studio/preview/stages.ts";
import { digitOf, type Ink, resized, SIDE } from "../../src/studio/try/digit.ts";
import { columnsOf, rowOf } from "../../src/studio/try/rowColumns.ts";

/** Ink wherever `inside` says. */
function drawing(width: number, height: number, inside: (x: number, y: number) => boolean): Ink {
  return {
    width,
    height,
    ink: Uint8Array.from({ length: width * height }, (_, i) => (inside(i % width, Math.floor(i / width)) ? 255 : 0)),
  };
}

function boxOf(picture: Uint8Array): { left: number; right: number; top: number; bottom: number } {
  const places = [...picture.keys()].filter((i) => (picture[i] as number) > 0);
  const [xs, ys] = [places.map((i) => i % SIDE), places.map((i) => Math.floor(i / SIDE))];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

describe("digitOf()", () => {
  it("fits the ink into 20 × 20 and puts it in the middle, wherever and however large it was drawn", () => {
    const small = digitOf(drawing(280, 280, (x, y) => x >= 10 && x < 30 && y >= 200 && y < 260)) as Uint8Array;
    expect(boxOf(small)).toEqual({ left: 11, right: 17, top: 4, bottom: 23 });
    const large = digitOf(drawing(560, 560, (x, y) => x >= 300 && x < 380 && y >= 20 && y < 260)) as Uint8Array;
    expect(boxOf(large)).toEqual(boxOf(small));
    expect(small[14 * SIDE + 13]).toBe(255);
  });

  it("centres by mass, not by the box", () => {
    // A heavy foot on the left: the box is off to the right of the middle.
    const flag = digitOf(drawing(200, 200, (x, y) => (x < 60 && y < 200) || (y < 20 && x < 200))) as Uint8Array;
    const { left, right } = boxOf(flag);
    expect(left + right).toBeGreaterThan(SIDE - 1);
    let [sum, x, y] = [0, 0, 0];
    flag.forEach((value, i) => {
      sum += value;
      x += value * (i % SIDE);
      y += value * Math.floor(i / SIDE);
    });
    expect(Math.abs(x / sum - (SIDE - 1) / 2)).toBeLessThan(0.51);
    expect(Math.abs(y / sum - (SIDE - 1) / 2)).toBeLessThan(0.51);
  });

  it("has soft edges: a pixel is the mean of what it covers", () => {
    const slanted = digitOf(drawing(280, 280, (x, y) => Math.abs(x - y) < 12)) as Uint8Array;
    expect(slanted.filter((value) => value > 0 && value < 255).length).toBeGreaterThan(20);
    expect([
      ...resized(
        drawing(4, 2, (x) => x === 0),
        2,
        1,
      ),
    ]).toEqual([128, 0]);
    expect([...resized({ width: 3, height: 1, ink: [0, 90, 240] }, 2, 1)]).toEqual([30, 190]);
  });

  it("is nothing where nothing was drawn", () => {
    expect(digitOf(drawing(28, 28, () => false))).toBeUndefined();
  });
});

const table: ModelFacts = {
  input: {
    type: "table",
    columns: [
      { name: "size", type: "numeric" },
      { name: "colour", type: "category" },
      { name: "shop", type: "category" },
    ],
    others: ["kind"],
    missing: [],
  },
  categories: { colour: ["blue", "red"] },
  writes: false,
  example: { size: 3.5, colour: "red", shop: "missing" },
};

describe("rows by hand", () => {
  it("have a field a column, with known categories, and begin with the example", () => {
    expect(columnsOf(table)).toEqual([
      { name: "size", type: "numeric", start: "3.5" },
      { name: "colour", type: "category", categories: ["blue", "red"], start: "red" },
      { name: "shop", type: "category", start: "" },
    ]);
    expect(rowOf(table, { size: "4", colour: "", shop: "north" })).toEqual({ size: 4, colour: null, shop: "north" });
  });

  it("are numbers in the shape that the model reads", () => {
    const facts: ModelFacts = { input: { name: "x", type: "f32", shape: [2, 2] }, categories: {}, writes: false };
    expect(columnsOf(facts).map(({ name, start }) => [name, start])).toEqual([
      ["0", "0"],
      ["1", "0"],
      ["2", "0"],
      ["3", "0"],
    ]);
    expect(rowOf(facts, { 0: "1", 1: "2", 2: "", 3: "-1e2" })).toEqual([
      [1, 2],
      [null, -100],
    ]);
  });
});

describe("factsOf()", () => {
  const file = {
    input: table.input,
    target: { kind: "labels", classes: 2, names: ["a", "b"] },
    pipeline: { normalize: [{ kind: "standardize" }, { kind: "oneHot" }] },
    fitted: { normalize: [{}, { colour: ["blue", "red"] }] },
  };
  const facts = (given: object, files: Record<string, Uint8Array<ArrayBuffer>> = {}) =>
    factsOf({ file: { ...file, ...given } } as unknown as Parameters<typeof factsOf>[0], files, "http://localhost/");

  it("finds the categories that encoders have learned, and a row to begin with", async () => {
    const report = { trained: { examples: [{ source: { kind: "values", values: [{ name: "size", value: 3.5 }], more: 0 } }] } };
    const known = await facts({}, { "report.json": new TextEncoder().encode(JSON.stringify(report)) });
    expect(known).toMatchObject({ classes: ["a", "b"], categories: { colour: ["blue", "red"] }, example: { size: 3.5 }, writes: false });
  });

  it("does without a report, and tells a model that writes", async () => {
    const known = await facts({ input: { name: "text", type: "text" } });
    expect(known).toMatchObject({ writes: true });
    expect(known).not.toHaveProperty("example");
  });
});

describe("what became of rows", () => {
  const row = (id: number, text: string): RowSample => ({ id, text });
  const stage = (kind: string, samples: readonly RowSample[] | undefined, removed: StageEvent["removed"] = []): StageEvent => ({
    type: "stage",
    stage: "clean",
    kind,
    rowsIn: 3,
    rowsOut: 3,
    changed: 0,
    removed,
    note: "",
    seconds: 0,
    ...(samples && { samples }),
  });

  it("is told once: changed, gone with its reason, and then no more", () => {
    const seen = seenStages([
      stage("source", [row(0, "A"), row(1, "B")]),
      stage("lower", [row(0, "a")], [{ id: 1, reason: "B is bad" }]),
      stage("split", undefined),
      stage("same", [row(0, "a")]),
    ]);
    expect(seen.map(({ cells }) => cells.map(({ id, changed, sample, reason }) => [id, changed, sample?.text, reason]))).toEqual([
      [
        [0, false, "A", undefined],
        [1, false, "B", undefined],
      ],
      [
        [0, true, "a", undefined],
        [1, false, undefined, "B is bad"],
      ],
      [],
      [[0, false, "a", undefined]],
    ]);
    expect(seen[1]?.cells[0]?.before?.text).toBe("A");
  });

  it("is gathered from events", () => {
    const events = [
      { type: "progress", stage: "source", what: "reading", done: 1, total: 4 },
      { type: "warning", at: "train.batchSize", message: "large" },
      stage("source", []),
    ] as const;
    expect(events.reduce(reducePreview, startPreview)).toEqual({
      stages: [events[2]],
      warnings: ["train.batchSize: large"],
      examples: [],
      now: "reading 25 %",
    });
  });
});
