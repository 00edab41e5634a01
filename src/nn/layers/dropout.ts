import { describe, rate as rateRule } from "../../check.ts";
import { dropout as dropoutOp } from "../../graph/ops/dropout.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

export interface Dropout extends Layer {
  readonly kind: "dropout";
  readonly rate: number;
}

const rules = { ...layerRules, rate: rateRule };

/** While training, zeroes a fraction `rate` in [0, 1) of the values and scales the others by 1/(1 − rate). Shape: any, unchanged. */
export const dropout = (rate: number, options: LayerOptions = {}): Dropout => describe<Dropout>("dropout", { rate, ...options }, rules);

export const dropoutLayer: LayerKind<Dropout> = {
  kind: "dropout",
  rules,
  carriesMask: true,
  build: (scope, x, { rate }) => {
    const stream = scope.stream();
    return scope.training ? dropoutOp(x, scope.rng, rate, stream) : x;
  },
};
