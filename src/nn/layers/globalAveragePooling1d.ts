import { describe } from "../../check.ts";
import { meanSteps } from "../../graph/ops/meanSteps.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

export interface GlobalAveragePooling1d extends Layer {
  readonly kind: "globalAveragePooling1d";
}

/**
 * The mean over the steps, of the real ones where there is a mask; a row of nothing but padding gives zeros.
 * [batch, steps, features] → [batch, features].
 */
export const globalAveragePooling1d = (options: LayerOptions = {}): GlobalAveragePooling1d =>
  describe<GlobalAveragePooling1d>("globalAveragePooling1d", options, layerRules);

export const globalAveragePooling1dLayer: LayerKind<GlobalAveragePooling1d> = {
  kind: "globalAveragePooling1d",
  rules: layerRules,
  build(scope, x) {
    if (x.shape.length !== 3) scope.refuse("[*, steps, features]", x.shape, "put it behind an embedding, or reshape() the input");
    return meanSteps(x, scope.mask(x));
  },
};
