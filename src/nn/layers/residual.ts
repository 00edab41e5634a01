import { describe, list } from "../../check.ts";
import { add } from "../../graph/ops/add.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules, oneLayer } from "./layer.ts";
import { sharedMask } from "./sharedMask.ts";

export interface Residual extends Layer {
  readonly kind: "residual";
  readonly layers: readonly Layer[];
}

const rules = { ...layerRules, layers: list(1, oneLayer) };

/** `x + layers(x)`; the layers must keep the shape. */
export const residual = (layers: readonly Layer[], options: LayerOptions = {}): Residual =>
  describe<Residual>("residual", { layers, ...options }, rules);

export const residualLayer: LayerKind<Residual> = {
  kind: "residual",
  rules,
  inner: ({ layers }) => ({ layers }),
  build(scope, x, { layers }) {
    const y = scope.inner(layers, x, "layers");
    if (String(y.shape) !== String(x.shape)) {
      scope.refuse(`layers that keep [*, ${x.shape.slice(1).join(", ")}]`, y.shape, "end with a layer of the input's size");
    }
    return scope.masked(add(x, y), sharedMask(scope, [x, y]));
  },
};
