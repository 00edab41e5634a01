import { boolean, describe, number, optional, positiveInteger } from "../../check.ts";
import { embedding as embeddingOp } from "../../graph/ops/embedding.ts";
import { nonZero } from "../../graph/ops/nonZero.ts";
import { type Initializer, initializerRule } from "../initializers/index.ts";
import { type Regularizer, regularizerRule } from "../regularizers.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

export interface EmbeddingOptions extends LayerOptions {
  /** Default "uniform": −0.05 to 0.05. */
  readonly embeddingsInitializer?: Initializer;
  readonly embeddingsRegularizer?: Regularizer;
  /** Whether id 0 is padding, which the layers behind this one then leave out. Default false. */
  readonly maskZero?: boolean;
}

export interface Embedding extends Layer, EmbeddingOptions {
  readonly kind: "embedding";
  readonly inputDim: number;
  readonly outputDim: number;
}

/** Ids travel as f32, which holds every whole number up to here. */
const MOST_IDS = 2 ** 24;

const rules = {
  ...layerRules,
  inputDim: number({ min: 1, max: MOST_IDS, integer: true }),
  outputDim: positiveInteger,
  embeddingsInitializer: optional(initializerRule),
  embeddingsRegularizer: optional(regularizerRule),
  maskZero: optional(boolean),
};

/**
 * A learned vector of `outputDim` numbers for each of the ids 0 to `inputDim` − 1. Input: ids [batch, steps], the model's own input;
 * output [batch, steps, outputDim]. With `maskZero`, `inputDim` counts the padding too. At most 2²⁴ ids.
 */
export function embedding(inputDim: number, outputDim: number, options: EmbeddingOptions = {}): Embedding {
  return describe<Embedding>("embedding", { inputDim, outputDim, ...options }, rules);
}

export const embeddingLayer: LayerKind<Embedding> = {
  kind: "embedding",
  rules,
  build(scope, x, { inputDim, outputDim, embeddingsInitializer = "uniform", embeddingsRegularizer, maskZero = false }) {
    scope.ids(x, inputDim);
    if (maskZero && x.shape.length !== 2) scope.refuse("[*, steps] for maskZero", x.shape, "reshape() the ids, or leave maskZero out");
    const table = scope.parameter("embeddings", [inputDim, outputDim], {
      initializer: embeddingsInitializer,
      ...(embeddingsRegularizer && { regularizer: embeddingsRegularizer }),
    });
    return scope.masked(embeddingOp(x, table), maskZero ? nonZero(x) : undefined);
  },
};
