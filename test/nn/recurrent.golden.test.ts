// The recurrent layers against Keras's and PyTorch's own numbers.
import { describe, expect, it } from "vitest";
import { gru, lstm, simpleRnn } from "../../src/index.ts";
import type { Activation } from "../../src/nn/activations.ts";
import type { Layer } from "../../src/nn/layers/layer.ts";
import { expectNear } from "../support/close.ts";
import { golden, noGolden } from "../support/golden.ts";
import { builds, load, type Placed } from "../support/graph.ts";
import { runLayers, runMasked } from "../support/layers.ts";

interface Values {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface KerasCase {
  readonly id: string;
  readonly layer: string;
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly call: { readonly mask?: Values };
  readonly weights: readonly Values[];
  readonly inputs: readonly Values[];
  readonly outputs: readonly Values[];
  readonly dy: readonly Values[];
  readonly gradInputs: readonly Values[];
  readonly gradWeights: readonly Values[];
  readonly noise: number;
  readonly gradNoise: number;
}

const tolerance = (noise: number): number => Math.max(1e-6, 8 * noise);
const camelCase = (name: unknown): Activation => String(name).replace(/_(.)/g, (_, c: string) => c.toUpperCase()) as Activation;
const placed = ({ shape, data }: Values): Placed => ({ shape, data: data.map(Math.fround) });

function layerOf({ layer, config }: KerasCase): Layer | undefined {
  const options = {
    activation: camelCase(config.activation),
    useBias: config.use_bias === true,
    returnSequences: config.return_sequences === true,
    goBackwards: config.go_backwards === true,
    zeroOutputForMask: config.zero_output_for_mask === true,
  };
  const recurrentActivation = camelCase(config.recurrent_activation);
  if (layer === "LSTM") return lstm(config.units as number, { ...options, recurrentActivation });
  if (layer === "GRU") return gru(config.units as number, { ...options, recurrentActivation, resetAfter: config.reset_after === true });
  return layer === "SimpleRNN" ? simpleRnn(config.units as number, options) : undefined;
}

/** Without the cases that begin with a given state. */
const cases = (golden<KerasCase>("keras/recurrent") ?? []).filter((c) => layerOf(c) !== undefined && c.inputs.length === 1);

/** The gradient of the last state, where that came out too, is one more of the last step's output. */
function gradientOf({ config, dy: [dy, ...states] }: KerasCase): number[] {
  const { shape, data } = dy as Values;
  const given = [...data];
  const state = states[0];
  if (config.return_state !== true || state === undefined) return given;
  const [rows, steps, units] = shape as [number, number, number];
  for (let r = 0; r < rows; r++)
    for (let j = 0; j < units; j++) {
      const last = (r * steps + steps - 1) * units + j;
      given[last] = (given[last] as number) + (state.data[r * units + j] as number);
    }
  return given;
}

describe.skipIf(noGolden).each(builds)("as in Keras (%s)", (build) => {
  it("finds its cases", () => {
    expect(cases.length).toBe(34);
  });

  it.each(cases)("$id", async (c) => {
    const layers = [layerOf(c) as Layer];
    const [x, weights, dy] = [placed(c.inputs[0] as Values), c.weights.map(placed), gradientOf(c)];
    const { mask } = c.call;
    const executor = await load(build);
    const result =
      mask === undefined ? runLayers(executor, layers, x, weights, dy) : runMasked(executor, layers, x, mask.data, weights, dy);
    expect(result.shape).toEqual(c.outputs[0]?.shape);
    expectNear(result.output, (c.outputs[0] as Values).data, tolerance(c.noise), "output");
    // An LSTM's second state does not come out, so what would flow back through it is missing.
    if (c.outputs.length > 2) return;
    expectNear(result.dx, (c.gradInputs[0] as Values).data, tolerance(c.gradNoise), "dx");
    c.gradWeights.forEach((g, i) => {
      expectNear(result.dweights[i] as Float32Array, g.data, tolerance(c.gradNoise), `dweights[${i}]`);
    });
  });
});
