import { boolean, describe, optional } from "../../check.ts";
import type { Activation } from "../activations.ts";
import type { Layer, LayerKind } from "./layer.ts";
import { buildRecurrent, fusedActivation, type RecurrentOptions, recurrentRules, recurrentTensors } from "./recurrent.ts";

export interface GruOptions extends RecurrentOptions {
  /** Of the gates z and r. Default "sigmoid". */
  readonly recurrentActivation?: Activation;
  /** Whether the reset gate comes after the product with the state, as on GPUs, or before it. Default true. */
  readonly resetAfter?: boolean;
}

export interface Gru extends Layer, GruOptions {
  readonly kind: "gru";
  readonly units: number;
}

const rules = { ...recurrentRules, recurrentActivation: optional(fusedActivation), resetAfter: optional(boolean) };

/**
 * A gated recurrent unit (Cho et al., 2014). Input [batch, steps, features] → output [batch, units], the last state, or [batch, steps, units]
 * with `returnSequences`. Weights as in Keras: kernel [features, 3 units], recurrent_kernel [units, 3 units], gates z, r, h, and bias [2, 3 units],
 * the inputs' and the state's, or [3 units] without `resetAfter`. A masked step leaves the state as it is.
 *
 * With `recurrentDropout` each gate has masks of its own, for inputs and state, as in Keras 3; without it the gates share the inputs'.
 * What is kept is scaled by 1 / (1 − rate).
 */
export function gru(units: number, options: GruOptions = {}): Gru {
  return describe<Gru>("gru", { units, ...options }, rules);
}

export const gruLayer: LayerKind<Gru> = {
  kind: "gru",
  rules,
  build(scope, x, layer) {
    const { units, resetAfter = true } = layer;
    const tensors = recurrentTensors(scope, x, layer, 3, { shape: resetAfter ? [2, 3 * units] : [3 * units] });
    return buildRecurrent(scope, tensors, layer, resetAfter ? "gru" : "gruBefore");
  },
};
