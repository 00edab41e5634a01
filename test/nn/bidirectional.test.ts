// Both directions of a sequence: against Keras, against the two layers by themselves, and with masks.
import { describe, expect, it } from "vitest";
import { bidirectional, dense, gru, lstm } from "../../src/index.ts";
import type { Recurrent } from "../../src/nn/layers/bidirectional.ts";
import { layersRule } from "../../src/nn/layers/layersRule.ts";
import { expectNear } from "../support/close.ts";
import { golden, noGolden } from "../support/golden.ts";
import { builds, load, numbers, type Placed } from "../support/graph.ts";
import { runLayers, runMasked } from "../support/layers.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Case {
  readonly id: string;
  readonly config: {
    readonly merge_mode: "concat" | "sum" | "mul" | "ave";
    readonly layer: { readonly class_name: string; readonly config: { readonly units: number; readonly return_sequences: boolean } };
  };
  readonly weights: readonly Numbers[];
  readonly inputs: readonly [Numbers];
  readonly outputs: readonly [Numbers];
  readonly dy: readonly [Numbers];
  readonly gradInputs: readonly [Numbers];
  readonly gradWeights: readonly Numbers[];
  readonly noise: number;
  readonly gradNoise: number;
}

const kinds: Readonly<Record<string, (units: number, options: { returnSequences: boolean }) => Recurrent>> = { LSTM: lstm, GRU: gru };
const cases = (golden<Case>("keras/recurrent") ?? []).filter(({ id, config }) => id.startsWith("bi_") && kinds[config.layer.class_name]);

describe.skipIf(noGolden).each(builds)("as in Keras (%s)", (build) => {
  it("finds its cases", () => {
    expect(cases.length).toBe(5);
  });

  it.each(cases)("$id", async ({ config, weights, inputs, outputs, dy, gradInputs, gradWeights, noise, gradNoise }) => {
    const { units, return_sequences } = config.layer.config;
    const inner = (kinds[config.layer.class_name] as (typeof kinds)[string])(units, { returnSequences: return_sequences });
    const layer = bidirectional(inner, { mergeMode: config.merge_mode });
    const { output, shape, dx, dweights } = runLayers(await load(build), [layer], inputs[0], weights, dy[0].data);
    expect(shape).toEqual(outputs[0].shape);
    expectNear(output, outputs[0].data, Math.max(1e-6, 8 * noise), "output");
    expectNear(dx, gradInputs[0].data, Math.max(1e-6, 8 * gradNoise), "dx");
    gradWeights.forEach((g, i) => {
      expectNear(dweights[i] as Float32Array, g.data, Math.max(1e-6, 8 * gradNoise), `dweights[${i}]`);
    });
  });
});

const [ROWS, FEATURES, UNITS] = [3, 2, 3];
const weightsFrom = (seed: number): Placed[] =>
  [[FEATURES, 4 * UNITS], [UNITS, 4 * UNITS], [4 * UNITS]].map((shape, i) => ({
    shape,
    data: numbers(
      shape.reduce((a, b) => a * b),
      seed + i,
    ),
  }));

/** Rows: real throughout, padded in front, and nothing but padding. */
const masks: Readonly<Record<number, readonly number[]>> = {
  1: [1, 1, 0],
  4: [1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0],
};

describe.each(builds)("beside its two layers (%s)", (build) => {
  it.each([1, 4].flatMap((steps) => [true, false].map((sequences) => ({ steps, sequences }))))(
    "$steps steps, sequences $sequences, masked",
    async ({ steps, sequences }) => {
      const x = { shape: [ROWS, steps, FEATURES], data: numbers(ROWS * steps * FEATURES, 1) };
      const mask = masks[steps] as readonly number[];
      const [forth, back] = [weightsFrom(10), weightsFrom(20)];
      const outputs = sequences ? steps : 1;
      const dy = numbers(ROWS * outputs * 2 * UNITS, 2);
      /** The half of `dy` for one direction; the steps of the backward one in the order in which it reads. */
      const half = (which: 0 | 1): number[] =>
        Array.from({ length: ROWS * outputs * UNITS }, (_, i) => {
          const [row, t, j] = [Math.floor(i / UNITS / outputs), Math.floor(i / UNITS) % outputs, i % UNITS];
          return dy[((row * outputs + (which === 0 ? t : outputs - 1 - t)) * 2 + which) * UNITS + j] as number;
        });
      const settings = { returnSequences: sequences, zeroOutputForMask: sequences };
      const executor = await load(build);
      const one = runMasked(executor, [lstm(UNITS, settings)], x, mask, forth, half(0));
      const other = runMasked(await load(build), [lstm(UNITS, { ...settings, goBackwards: true })], x, mask, back, half(1));
      const both = runMasked(
        await load(build),
        [bidirectional(lstm(UNITS, { returnSequences: sequences }))],
        x,
        mask,
        [...forth, ...back],
        dy,
      );
      both.output.forEach((v, i) => {
        const [row, t, which, j] = [
          Math.floor(i / UNITS / 2 / outputs),
          Math.floor(i / UNITS / 2) % outputs,
          Math.floor(i / UNITS) % 2,
          i % UNITS,
        ];
        const from =
          which === 0 ? one.output[(row * outputs + t) * UNITS + j] : other.output[(row * outputs + outputs - 1 - t) * UNITS + j];
        expect(v, `output ${i}`).toBe(from);
      });
      expectNear(
        both.dx,
        one.dx.map((v, i) => v + (other.dx[i] as number)),
        1e-6,
        "dx",
      );
      expect(both.dweights).toEqual([...one.dweights, ...other.dweights]);
      expect(both.mask && [...both.mask]).toEqual(sequences ? mask : undefined);
    },
  );
});

it("reads backwards with a layer of the user's, and names the weights of both", async () => {
  const x = { shape: [1, 2, FEATURES], data: numbers(4, 3) };
  const back = { shape: [FEATURES, 4], data: numbers(8, 4) };
  const rest = [
    { shape: [1, 4], data: numbers(4, 5) },
    { shape: [4], data: numbers(4, 6) },
  ];
  const layer = bidirectional(lstm(UNITS, { name: "reader" }), { backwardLayer: lstm(1, { goBackwards: true, name: "back" }) });
  const { names, shape } = runLayers(await load("js"), [layer], x, [...weightsFrom(1), back, ...rest], numbers(UNITS + 1, 7));
  expect(shape).toEqual([1, UNITS + 1]);
  expect(names).toEqual([
    "forward_reader.kernel",
    "forward_reader.recurrent_kernel",
    "forward_reader.bias",
    "back.kernel",
    "back.recurrent_kernel",
    "back.bias",
  ]);
});

it("says what does not go together", async () => {
  expect(() => bidirectional(dense(3) as never)).toThrow(
    'bidirectional.layer: expected a layer that goes through steps, such as lstm(32), got {"kind":"dense","units":3}',
  );
  expect(() => bidirectional(lstm(3), { mergeMode: "add" as never })).toThrow("bidirectional.mergeMode");
  expect(() => bidirectional(lstm(3, { goBackwards: true }))).toThrow("bidirectional.layer: expected a layer that reads forwards");
  expect(() => bidirectional(lstm(3), { backwardLayer: lstm(3) })).toThrow(
    "bidirectional.backwardLayer: expected a layer that reads backwards",
  );
  expect(() => bidirectional(lstm(3), { backwardLayer: lstm(3, { goBackwards: true, returnSequences: true }) })).toThrow(
    "bidirectional.backwardLayer: expected returnSequences: false, as the layer has it, got true",
  );
  expect(() => layersRule([bidirectional({ kind: "lstm", units: 0 } as never)], "model")).toThrow(
    "model[0] bidirectional.layer[0] lstm.units",
  );
  const sum = bidirectional(lstm(3), { mergeMode: "sum", backwardLayer: lstm(2, { goBackwards: true }) });
  const x = { shape: [1, 2, FEATURES], data: numbers(4, 3) };
  const executor = await load("js");
  expect(() => runLayers(executor, [sum], x, [], [])).toThrow(
    'model[0] bidirectional: expected [*, 3] from both directions for "sum", got [*, 2]; give both as many units, or use "concat"',
  );
});
