// Every layer by its kind: adding one is its file and a line here.
import { activationLayer } from "./activation.ts";
import { bidirectionalLayer } from "./bidirectional.ts";
import { concatenateLayer } from "./concatenate.ts";
import { denseLayer } from "./dense.ts";
import { dropoutLayer } from "./dropout.ts";
import { embeddingLayer } from "./embedding.ts";
import { flattenLayer } from "./flatten.ts";
import { globalAveragePooling1dLayer } from "./globalAveragePooling1d.ts";
import { globalMaxPooling1dLayer } from "./globalMaxPooling1d.ts";
import { gruLayer } from "./gru.ts";
import type { Layer, LayerKind } from "./layer.ts";
import { lstmLayer } from "./lstm.ts";
import { reshapeLayer } from "./reshape.ts";
import { residualLayer } from "./residual.ts";
import { simpleRnnLayer } from "./simpleRnn.ts";
import { timeDistributedLayer } from "./timeDistributed.ts";

const all: readonly LayerKind<Layer>[] = [
  denseLayer,
  embeddingLayer,
  flattenLayer,
  reshapeLayer,
  activationLayer,
  dropoutLayer,
  residualLayer,
  concatenateLayer,
  globalAveragePooling1dLayer,
  globalMaxPooling1dLayer,
  timeDistributedLayer,
  lstmLayer,
  gruLayer,
  simpleRnnLayer,
  bidirectionalLayer,
];

export const layerKinds: ReadonlyMap<string, LayerKind<Layer>> = new Map(all.map((layer) => [layer.kind, layer]));
