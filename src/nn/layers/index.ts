// Every layer by its kind: adding one is its file and a line here. The list is made on first use, since layers that hold layers
// (`residual`) look in here themselves.
import { activationLayer } from "./activation.ts";
import { concatenateLayer } from "./concatenate.ts";
import { denseLayer } from "./dense.ts";
import { dropoutLayer } from "./dropout.ts";
import { flattenLayer } from "./flatten.ts";
import type { Layer, LayerKind } from "./layer.ts";
import { reshapeLayer } from "./reshape.ts";
import { residualLayer } from "./residual.ts";

const all = (): LayerKind<Layer>[] => [
  denseLayer,
  flattenLayer,
  reshapeLayer,
  activationLayer,
  dropoutLayer,
  residualLayer,
  concatenateLayer,
];

let byKind: Map<string, LayerKind<Layer>> | undefined;

export function layerKinds(): ReadonlyMap<string, LayerKind<Layer>> {
  byKind ??= new Map(all().map((layer) => [layer.kind, layer]));
  return byKind;
}
