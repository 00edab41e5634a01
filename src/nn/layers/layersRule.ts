// The check of a list of layers, and of the layers inside them.
import { type Descriptor, describe, type Rule, rule } from "../../check.ts";
import { PipelineError, show, unknownName } from "../../errors.ts";
import { layerKinds } from "./index.ts";
import { type Layer, oneLayer } from "./layer.ts";

/** A non-empty list of known layers, each with right settings. */
export const layersRule: Rule = rule({ type: "list", of: oneLayer.form, least: 1 }, (value, at) => {
  if (!Array.isArray(value) || value.length === 0) throw new PipelineError("config", at, `expected a list of layers, got ${show(value)}`);
  value.forEach((layer: unknown, i) => {
    checkLayer(layer, `${at}[${i}]`);
  });
});

function checkLayer(layer: unknown, at: string): void {
  const kind = (layer as Descriptor | null)?.kind;
  if (typeof kind !== "string") throw new PipelineError("config", at, `expected a layer such as dense(10), got ${show(layer)}`);
  const known = layerKinds.get(kind);
  if (known === undefined) throw new PipelineError("config", at, unknownName("layer", kind, [...layerKinds.keys()]));
  describe(kind, layer as Descriptor, known.rules, `${at} ${kind}`);
  for (const [label, layers] of Object.entries(known.inner?.(layer as Layer) ?? {})) {
    layers.forEach((inside, i) => {
      checkLayer(inside, `${at} ${kind}.${label}[${i}]`);
    });
  }
}
