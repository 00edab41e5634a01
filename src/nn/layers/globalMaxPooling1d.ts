import { describe } from "../../check.ts";
import { maxSteps } from "../../graph/ops/maxSteps.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

export interface GlobalMaxPooling1d extends Layer {
  readonly kind: "globalMaxPooling1d";
}

/** The greatest over all steps; as in Keras, padding counts as any other step. [batch, steps, features] → [batch, features]. */
export const globalMaxPooling1d = (options: LayerOptions = {}): GlobalMaxPooling1d =>
  describe<GlobalMaxPooling1d>("globalMaxPooling1d", options, layerRules);

export const globalMaxPooling1dLayer: LayerKind<GlobalMaxPooling1d> = {
  kind: "globalMaxPooling1d",
  rules: layerRules,
  build(scope, x) {
    if (x.shape.length !== 3) scope.refuse("[*, steps, features]", x.shape, "put it behind an embedding, or reshape() the input");
    return maxSteps(x);
  },
};
