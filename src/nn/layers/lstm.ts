import { boolean, describe, optional } from "../../check.ts";
import type { Activation } from "../activations.ts";
import type { Layer, LayerKind } from "./layer.ts";
import { buildRecurrent, fusedActivation, type RecurrentOptions, recurrentRules, recurrentTensors } from "./recurrent.ts";

export interface LstmOptions extends RecurrentOptions {
  /** Of the gates i, f and o. Default "sigmoid". */
  readonly recurrentActivation?: Activation;
  /** Whether the forget gate's bias begins as 1, whatever `biasInitializer` says. Default true. */
  readonly unitForgetBias?: boolean;
}

export interface Lstm extends Layer, LstmOptions {
  readonly kind: "lstm";
  readonly units: number;
}

const rules = { ...recurrentRules, recurrentActivation: optional(fusedActivation), unitForgetBias: optional(boolean) };

/**
 * A long short-term memory (Hochreiter & Schmidhuber, 1997). Input [batch, steps, features] → output [batch, units], the last state, or
 * [batch, steps, units] with `returnSequences`. Weights as in Keras: kernel [features, 4 units], recurrent_kernel [units, 4 units], bias
 * [4 units], gates i, f, c, o. A masked step leaves the state as it is.
 *
 * With `recurrentDropout` each gate has masks of its own, for inputs and state, as in Keras 3; without it the gates share the inputs'.
 * What is kept is scaled by 1 / (1 − rate).
 */
export function lstm(units: number, options: LstmOptions = {}): Lstm {
  return describe<Lstm>("lstm", { units, ...options }, rules);
}

export const lstmLayer: LayerKind<Lstm> = {
  kind: "lstm",
  rules,
  build(scope, x, layer) {
    const { units, unitForgetBias = true } = layer;
    const tensors = recurrentTensors(scope, x, layer, 4, { shape: [4 * units], ...(unitForgetBias && { ones: [units, 2 * units] }) });
    return buildRecurrent(scope, tensors, layer, "lstm");
  },
};
