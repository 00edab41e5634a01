import { describe } from "../../check.ts";
import type { Layer, LayerKind } from "./layer.ts";
import { buildRecurrent, type RecurrentOptions, recurrentRules, recurrentTensors } from "./recurrent.ts";

export interface SimpleRnn extends Layer, RecurrentOptions {
  readonly kind: "simpleRnn";
  readonly units: number;
}

/**
 * `h = activation(x · kernel + h · recurrent_kernel + bias)` from step to step. Input [batch, steps, features] → output [batch, units], the last
 * state, or [batch, steps, units] with `returnSequences`. A masked step leaves the state as it is. What dropout keeps is scaled by 1 / (1 − rate).
 */
export function simpleRnn(units: number, options: RecurrentOptions = {}): SimpleRnn {
  return describe<SimpleRnn>("simpleRnn", { units, ...options }, recurrentRules);
}

export const simpleRnnLayer: LayerKind<SimpleRnn> = {
  kind: "simpleRnn",
  rules: recurrentRules,
  build: (scope, x, layer) => buildRecurrent(scope, recurrentTensors(scope, x, layer, 1, { shape: [layer.units] }), layer, "simpleRnn"),
};
