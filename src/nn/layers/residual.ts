import { describe } from "../../check.ts";
import { add } from "../../graph/ops/add.ts";
import type { Layer, LayerKind, LayerOptions } from "./layer.ts";
import { layerRules, layersRule } from "./rules.ts";

export interface Residual extends Layer {
  readonly kind: "residual";
  readonly layers: readonly Layer[];
}

const rules = { ...layerRules, layers: layersRule };

/** `x + layers(x)`; the layers must keep the shape. */
export const residual = (layers: readonly Layer[], options: LayerOptions = {}): Residual => describe<Residual>("residual", { layers, ...options }, rules);

export const residualLayer: LayerKind<Residual> = {
  kind: "residual",
  rules,
  build(scope, x, { layers }) {
    const y = scope.inner(layers, x, "layers");
    if (String(y.shape) !== String(x.shape)) {
      scope.refuse(`layers that keep [*, ${x.shape.slice(1).join(", ")}]`, y.shape, "end with a layer of the input's size");
    }
    return add(x, y);
  },
};
