// The recurrent layers' kernels against their twins, and dropout against differences, at sizes where tiles and blocks end.
import { describe, expect, it } from "vitest";
import { gru, lstm, simpleRnn } from "../../src/index.ts";
import type { Layer } from "../../src/nn/layers/layer.ts";
import type { RecurrentOptions } from "../../src/nn/layers/recurrent.ts";
import { random } from "../../src/random.ts";
import { expectNear } from "../support/close.ts";
import { builds, load, numbers, type Placed } from "../support/graph.ts";
import { type LayersResult, runLayers, runMasked } from "../support/layers.ts";
import { openRows } from "../support/session.ts";

interface Cell {
  readonly name: string;
  readonly gates: number;
  readonly bias: (units: number) => readonly number[];
  readonly layer: (units: number, options: RecurrentOptions) => Layer;
}

const cells: readonly Cell[] = [
  { name: "lstm", gates: 4, bias: (units) => [4 * units], layer: lstm },
  { name: "gru", gates: 3, bias: (units) => [2, 3 * units], layer: gru },
  {
    name: "gru, reset before the product",
    gates: 3,
    bias: (units) => [3 * units],
    layer: (units, options) => gru(units, { ...options, resetAfter: false }),
  },
  { name: "simpleRnn", gates: 1, bias: (units) => [units], layer: simpleRnn },
];

const values = (shape: readonly number[], seed: number, size = 1): Placed => ({
  shape,
  data: numbers(
    shape.reduce((a, b) => a * b, 1),
    seed,
    -size,
    size,
  ),
});

interface Sizes {
  readonly rows: number;
  readonly steps: number;
  readonly inputs: number;
  readonly units: number;
}

function weightsOf({ gates, bias }: Cell, { inputs, units }: Sizes, seed = 10): Placed[] {
  return [values([inputs, gates * units], seed, 0.5), values([units, gates * units], seed + 1, 0.5), values(bias(units), seed + 2, 0.5)];
}

const outputOf = ({ rows, steps, units }: Sizes, sequences: boolean): number => rows * units * (sequences ? steps : 1);

/** Some steps padding, at either end and between; every seventh row is nothing else. */
function maskOf({ rows, steps }: Sizes): number[] {
  const source = random(3, 99);
  return Array.from({ length: rows * steps }, (_, i) => (Math.floor(i / steps) % 7 === 6 || source.uniform() < 0.3 ? 0 : 1));
}

const sizes: readonly Sizes[] = [
  { rows: 1, steps: 1, inputs: 1, units: 1 },
  { rows: 3, steps: 1, inputs: 7, units: 5 },
  { rows: 1, steps: 9, inputs: 1, units: 33 },
  { rows: 17, steps: 10, inputs: 5, units: 8 },
  { rows: 21, steps: 19, inputs: 16, units: 3 },
  { rows: 5, steps: 3, inputs: 250, units: 20 },
  { rows: 300, steps: 2, inputs: 3, units: 4 },
];

const options: readonly RecurrentOptions[] = [
  { returnSequences: true },
  { goBackwards: true, useBias: true },
  { dropout: 0.3 },
  { recurrentDropout: 0.4, returnSequences: true },
  { dropout: 0.2, recurrentDropout: 0.2, goBackwards: true, returnSequences: true, zeroOutputForMask: true },
  { activation: "relu" },
  { activation: { kind: "elu", alpha: 0.5 }, dropout: 0.2 },
];

describe.each(cells)("$name", (cell) => {
  const run = async (build: (typeof builds)[number], s: Sizes, o: RecurrentOptions, masked: boolean): Promise<LayersResult> => {
    const x = values([s.rows, s.steps, s.inputs], 1);
    const dy = numbers(outputOf(s, o.returnSequences === true), 5);
    const layers = [cell.layer(s.units, o)];
    const executor = await load(build);
    return masked
      ? runMasked(executor, layers, x, maskOf(s), weightsOf(cell, s), dy)
      : runLayers(executor, layers, x, weightsOf(cell, s), dy);
  };

  describe.each(sizes)("$rows rows, $steps steps, $inputs inputs, $units units", (s) => {
    it.each(options.flatMap((o) => [false, true].map((masked) => ({ o, masked }))))("$o, masked: $masked", async ({ o, masked }) => {
      const js = await run("js", s, o, masked);
      for (const build of ["relaxed", "simd"] as const) {
        const wasm = await run(build, s, o, masked);
        expectNear(wasm.output, js.output, 2e-6, `${build} output`);
        expectNear(wasm.dx, js.dx, 1e-5, `${build} dx`);
        js.dweights.forEach((d, i) => {
          expectNear(wasm.dweights[i] as Float32Array, d, 1e-5, `${build} ${js.names[i]}`);
        });
      }
    });
  });

  it.each(builds)("has the gradient that differences give, with the masks of the way there (%s)", async (build) => {
    const s = { rows: 3, steps: 4, inputs: 3, units: 2 };
    const o = { dropout: 0.4, recurrentDropout: 0.4, returnSequences: true };
    const x = values([s.rows, s.steps, s.inputs], 1);
    const weights = weightsOf(cell, s);
    const dy = numbers(outputOf(s, true), 5);
    const { dx, dweights } = runLayers(await load(build), [cell.layer(s.units, o)], x, weights, dy);
    const js = await load("js");
    const value = (all: readonly Placed[]): number =>
      runLayers(js, [cell.layer(s.units, o)], all[0] as Placed, all.slice(1), dy).output.reduce(
        (sum, y, i) => sum + y * (dy[i] as number),
        0,
      );
    const inputs = [x, ...weights];
    [dx, ...dweights].forEach((gradient, which) => {
      const numeric = (inputs[which] as Placed).data.map((_, at) => {
        const moved = (delta: number): Placed[] =>
          inputs.map((t, i) => (i === which ? { ...t, data: t.data.map((v, j) => (j === at ? v + delta : v)) } : t));
        return (value(moved(1e-2)) - value(moved(-1e-2))) / 2e-2;
      });
      const scale = Math.max(1e-3, ...numeric.map(Math.abs));
      gradient.forEach((g, j) => {
        expect(Math.abs(g - (numeric[j] as number)) / scale, `input ${which}, value ${j}`).toBeLessThan(0.02);
      });
    });
    expect(dx).not.toEqual(runLayers(js, [cell.layer(s.units, { returnSequences: true })], x, weights, dy).dx);
  });

  it("drops about as much as it is told to, and scales the rest", async () => {
    const s = { rows: 200, steps: 1, inputs: 40, units: 1 };
    const { dx } = await run("relaxed", s, { dropout: 0.25 }, false);
    const dropped = dx.filter((g) => g === 0).length / dx.length;
    expect(dropped).toBeGreaterThan(0.22);
    expect(dropped).toBeLessThan(0.28);
  });
});

describe("an lstm", () => {
  it.each(["relaxed", "simd"] as const)("has no denormal numbers where its state or gradient fades (%s)", async (build) => {
    const [steps, units] = [400, 4];
    const x = { shape: [1, steps, 1], data: Array.from({ length: steps }, (_, t) => (t === 0 ? 1 : 0)) };
    const zeros = (...shape: number[]): Placed => ({ shape, data: new Array(shape.reduce((a, b) => a * b)).fill(0) });
    const weights = [values([1, 4 * units], 1), zeros(units, 4 * units), zeros(4 * units)];
    const dy = Array.from({ length: steps * units }, (_, i) => (i >= (steps - 1) * units ? 1 : 0));
    const { output, dx } = runLayers(await load(build), [lstm(units, { returnSequences: true })], x, weights, dy);
    for (const v of [...output, ...dx]) expect(v === 0 || Math.abs(v) > 2 ** -126).toBe(true);
    expect(output[150 * units]).toBe(0);
    expect(dx[steps - 150]).toBe(0);
    expect(dx[steps - 10]).not.toBe(0);
  });

  it("begins with ones in the forget gate's bias, unless told otherwise", async () => {
    const bias = async (unitForgetBias: boolean): Promise<number[]> => {
      const { network } = await openRows(
        { shape: [2, 3, 1], data: [1, 2, 3, 4, 5, 6] },
        { shape: [2, 2], data: [1, 2, 3, 4] },
        { model: [lstm(2, { unitForgetBias })], train: { loss: "mse" } },
        "js",
      );
      return [...(network.read().find(({ name }) => name === "lstm.bias")?.data ?? [])];
    };
    expect(await bias(true)).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    expect(await bias(false)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("refuses activations that its kernels cannot take back, and input without steps", async () => {
    expect(() => lstm(3, { activation: "gelu" })).toThrow(/lstm.activation: expected one of "linear", "relu".*got "gelu"/);
    expect(() => gru(3, { recurrentActivation: "softmax" })).toThrow(/gru.recurrentActivation: expected one of/);
    expect(() => simpleRnn(0)).toThrow(/simpleRnn.units: expected an integer >= 1/);
    const executor = await load("js");
    expect(() => runLayers(executor, [lstm(3)], values([2, 4], 1), [], [])).toThrow(/expected \[\*, steps, features\], got \[\*, 4\]/);
  });
});
