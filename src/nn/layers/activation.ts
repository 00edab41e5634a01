import { describe } from "../../check.ts";
import { type Activation, activationRule, applyActivation } from "../activations.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

export interface ActivationLayer extends Layer {
  readonly kind: "activation";
  readonly activation: Activation;
}

const rules = { ...layerRules, activation: activationRule };

/** Applies an activation elementwise (softmax: over the last axis). Shape: any, unchanged. */
export function activation(fn: Activation, options: LayerOptions = {}): ActivationLayer {
  return describe<ActivationLayer>("activation", { activation: fn, ...options }, rules);
}

export const activationLayer: LayerKind<ActivationLayer> = {
  kind: "activation",
  rules,
  carriesMask: true,
  build: (_, x, layer) => applyActivation(x, layer.activation),
};
