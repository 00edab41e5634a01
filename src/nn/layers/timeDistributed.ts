import { describe } from "../../check.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules, oneLayer } from "./layer.ts";

export interface TimeDistributed extends Layer {
  readonly kind: "timeDistributed";
  readonly layer: Layer;
}

const rules = { ...layerRules, layer: oneLayer };

/** Applies a layer to every step by itself. [batch, steps, …] → [batch, steps, …what the layer gives for one step]. */
export const timeDistributed = (layer: Layer, options: LayerOptions = {}): TimeDistributed =>
  describe<TimeDistributed>("timeDistributed", { layer, ...options }, rules);

export const timeDistributedLayer: LayerKind<TimeDistributed> = {
  kind: "timeDistributed",
  rules,
  carriesMask: true,
  inner: ({ layer }) => ({ layer: [layer] }),
  build(scope, x, { layer }) {
    const [batch, steps, ...rest] = x.shape as [number, number, ...number[]];
    if (rest.length === 0) scope.refuse("[*, steps, …]", x.shape, "reshape() the input, so that every step holds something");
    const y = scope.inner([layer], reshape(x, [batch * steps, ...rest]), "layer");
    return reshape(y, [batch, steps, ...y.shape.slice(1)]);
  },
};
