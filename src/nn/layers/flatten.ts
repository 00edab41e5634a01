import { describe } from "../../check.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { elements } from "../../graph/tensor.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

export interface Flatten extends Layer {
  readonly kind: "flatten";
}

/** [batch, …] → [batch, product(…)]. */
export const flatten = (options: LayerOptions = {}): Flatten => describe<Flatten>("flatten", options, layerRules);

export const flattenLayer: LayerKind<Flatten> = {
  kind: "flatten",
  rules: layerRules,
  build: (_, x) => reshape(x, [x.shape[0] as number, elements(x.shape.slice(1))]),
};
