// Pipelines as JSON and back.
import { describe, expect, it } from "vitest";
import { arrays, dense, type Pipeline, pipeline } from "../../src/node/index.ts";
import { changesBetween, fromWire, toWire } from "../../src/records/wire.ts";

const overWire = (value: unknown): unknown => fromWire(JSON.parse(JSON.stringify(toWire(value))));

const points = pipeline({
  source: arrays({ x: new Float32Array([1, 2, Number.NaN, -0.5]), shape: [2], y: [0, 1] }),
  model: [dense(2, { activation: "softmax" })],
  train: { loss: "sparseCategoricalCrossentropy", epochs: 3 },
});

describe("a pipeline over the wire", () => {
  it("is the same pipeline", () => {
    expect(overWire(points)).toEqual(points);
  });

  it("keeps what JSON has no word for", () => {
    const value = {
      a: [Number.NaN, Number.POSITIVE_INFINITY, -1e-300],
      b: new Uint8Array([0, 255]),
      c: new Float64Array([0.1]),
      d: null,
      e: "$array",
    };
    expect(overWire(value)).toEqual(value);
    expect(overWire(new Int16Array([-2, 3, 4]).subarray(1))).toEqual(new Int16Array([3, 4]));
  });

  it("must hold no code, and says where it does", () => {
    expect(() => toWire({ ...points, clean: [{ kind: "filterRows", by: () => true }] })).toThrow(
      "pipeline.clean[0].by: it holds a function, which is no data",
    );
    expect(() => toWire({ seed: 1n })).toThrow("pipeline.seed: it holds a bigint, which is no data");
    expect(() => toWire(new DataView(new ArrayBuffer(8)))).toThrow("it holds a DataView");
  });
});

describe("changes", () => {
  it("are the sections that differ", () => {
    const { seed: _, ...other } = { ...points, train: { ...points.train, epochs: 4 }, seed: 2 } as Pipeline;
    expect(changesBetween(points, points)).toEqual({});
    expect(changesBetween({ ...points, seed: 1 }, other)).toEqual({ train: other.train, seed: undefined });
    expect(Object.keys(changesBetween(points, { ...points, source: arrays({ x: [[1]], y: [0] }) }))).toEqual(["source"]);
  });
});
