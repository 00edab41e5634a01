// Layers over sequences against Keras, and what they make of masks.
import { describe, expect, it } from "vitest";
import { dense, dropout, globalAveragePooling1d, globalMaxPooling1d, timeDistributed } from "../../src/index.ts";
import type { Layer } from "../../src/nn/layers/layer.ts";
import { expectNear } from "../support/close.ts";
import { golden, noGolden } from "../support/golden.ts";
import { builds, load, numbers } from "../support/graph.ts";
import { runLayers, runMasked } from "../support/layers.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Case {
  readonly id: string;
  readonly weights: readonly Numbers[];
  readonly inputs: readonly [Numbers];
  readonly outputs: readonly [Numbers];
  readonly dy: readonly [Numbers];
  readonly gradInputs: readonly [Numbers];
  readonly gradWeights: readonly Numbers[];
  readonly noise: number;
  readonly gradNoise: number;
}

const layers: Readonly<Record<string, Layer>> = {
  GlobalAveragePooling1D: globalAveragePooling1d(),
  GlobalMaxPooling1D: globalMaxPooling1d(),
  time_distributed_dense: timeDistributed(dense(3)),
};
const cases = [...(golden<Case>("keras/pool") ?? []), ...(golden<Case>("keras/recurrent") ?? [])].filter(({ id }) => layers[id]);

describe.skipIf(noGolden).each(builds)("as in Keras (%s)", (build) => {
  it("finds its cases", () => {
    expect(cases).toHaveLength(3);
  });

  it.each(cases)("$id", async ({ id, weights, inputs, outputs, dy, gradInputs, gradWeights, noise, gradNoise }) => {
    const { output, shape, dx, dweights } = runLayers(await load(build), [layers[id] as Layer], inputs[0], weights, dy[0].data);
    expect(shape).toEqual(outputs[0].shape);
    expectNear(output, outputs[0].data, Math.max(1e-6, 8 * noise), "output");
    expectNear(dx, gradInputs[0].data, Math.max(1e-6, 8 * gradNoise), "dx");
    gradWeights.forEach((g, i) => {
      expectNear(dweights[i] as Float32Array, g.data, Math.max(1e-6, 8 * gradNoise), `dweights[${i}]`);
    });
  });
});

describe.each(builds)("with a mask (%s)", (build) => {
  const x = { shape: [3, 4, 2], data: numbers(24, 1) };
  const mask = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0];
  const at = (r: number, t: number, j: number): number => x.data[(r * 4 + t) * 2 + j] as number;

  it("globalAveragePooling1d takes the mean of the real steps, and 0 where there is none", async () => {
    const { output, dx } = runMasked(await load(build), [globalAveragePooling1d()], x, mask, [], [1, 2, 3, 4, 5, 6]);
    const half = (a: number, b: number): number => (a + b) / 2;
    const expected = [
      ...[0, 1].map((j) => half(at(0, 0, j), at(0, 1, j))),
      ...[0, 1].map((j) => half(at(1, 1, j), at(1, 3, j))),
      ...[0, 0],
    ];
    expectNear(output, expected, 1e-6);
    expect([...dx]).toEqual([0.5, 1, 0.5, 1, 0, 0, 0, 0, 0, 0, 1.5, 2, 0, 0, 1.5, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("timeDistributed hands the mask on, pooling uses it up", async () => {
    const w = [{ shape: [2, 2], data: [1, 0, 0, 1] }];
    const each = timeDistributed(dense(2, { useBias: false }));
    const through = runMasked(await load(build), [each, dropout(0)], x, mask, w, numbers(24, 2));
    expect([...(through.mask ?? [])]).toEqual(mask);
    expect(through.names).toEqual(["dense.kernel"]);
    for (const pool of [globalAveragePooling1d(), globalMaxPooling1d()]) {
      expect(runMasked(await load(build), [each, pool], x, mask, w, numbers(6, 2)).mask).toBeUndefined();
    }
  });
});

it("says what sequences it wants", async () => {
  const executor = await load("js");
  const flat = { shape: [2, 4], data: numbers(8, 1) };
  for (const [layer, message] of [
    [globalAveragePooling1d(), "model[0] globalAveragePooling1d: expected [*, steps, features], got [*, 4]"],
    [globalMaxPooling1d(), "model[0] globalMaxPooling1d: expected [*, steps, features], got [*, 4]"],
    [timeDistributed(dense(2)), "model[0] timeDistributed: expected [*, steps, …], got [*, 4]"],
  ] as const)
    expect(() => runLayers(executor, [layer], flat, [], [])).toThrow(message);
  expect(() => timeDistributed([dense(2)] as unknown as Layer)).toThrow("timeDistributed.layer: expected a layer such as dense(10), got [");
});
