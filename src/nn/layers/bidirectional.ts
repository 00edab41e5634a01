import { describe, oneOf, optional, type Rule, rule } from "../../check.ts";
import { PipelineError, show } from "../../errors.ts";
import { add } from "../../graph/ops/add.ts";
import { concatenate } from "../../graph/ops/concatenate.ts";
import { multiply } from "../../graph/ops/multiply.ts";
import { reverseSteps } from "../../graph/ops/reverseSteps.ts";
import { scale } from "../../graph/ops/scale.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

/** A layer that goes through steps, such as lstm(32). */
export interface Recurrent extends Layer {
  readonly goBackwards?: boolean;
  readonly returnSequences?: boolean;
  readonly zeroOutputForMask?: boolean;
}

const merges = {
  concat: concatenate,
  sum: add,
  mul: multiply,
  ave: (a: Tensor, b: Tensor): Tensor => scale(add(a, b), 0.5),
};

export interface BidirectionalOptions extends LayerOptions {
  /** How the outputs of both directions become one. Default "concat", along the features. */
  readonly mergeMode?: keyof typeof merges;
  /** What reads from the last step to the first; it needs `goBackwards`. Default: the layer itself, with weights of its own. */
  readonly backwardLayer?: Recurrent;
}

export interface Bidirectional extends Layer, BidirectionalOptions {
  readonly kind: "bidirectional";
  readonly layer: Recurrent;
}

const recurrent = ["lstm", "gru", "simpleRnn"];

const recurrentLayer: Rule = rule({ type: "descriptor", family: "layer", kinds: recurrent }, (value, at) => {
  if (!recurrent.includes((value as Layer | null | undefined)?.kind ?? ""))
    throw new PipelineError("config", at, `expected a layer that goes through steps, such as lstm(32), got ${show(value)}`);
});

const rules = {
  ...layerRules,
  layer: recurrentLayer,
  mergeMode: optional(oneOf("concat", "sum", "mul", "ave")),
  backwardLayer: optional(recurrentLayer),
};

/**
 * Reads the steps in both directions and merges what comes out: [batch, steps, features] → the layer's output, twice as wide with
 * "concat". With `returnSequences` both outputs stand in the order of the input's steps, and are zero at masked ones.
 */
export function bidirectional(layer: Recurrent, options: BidirectionalOptions = {}): Bidirectional {
  const described = describe<Bidirectional>("bidirectional", { layer, ...options }, rules);
  checkDirections(described, "bidirectional");
  return described;
}

function checkDirections({ layer, backwardLayer }: Bidirectional, at: string): void {
  const refuse = (what: string, message: string): never => {
    throw new PipelineError("config", `${at}.${what}`, message);
  };
  if (layer.goBackwards === true) refuse("layer", "expected a layer that reads forwards; leave goBackwards out");
  if (backwardLayer === undefined) return;
  if (backwardLayer.goBackwards !== true) refuse("backwardLayer", "expected a layer that reads backwards; set goBackwards: true");
  const [forth, back] = [layer.returnSequences === true, backwardLayer.returnSequences === true];
  if (forth !== back) refuse("backwardLayer", `expected returnSequences: ${forth}, as the layer has it, got ${back}`);
}

/** The layers of both directions. */
function directions({ layer, backwardLayer }: Bidirectional): readonly [forward: Recurrent, backward: Recurrent] {
  const zeroOutputForMask = layer.returnSequences === true;
  const named = (prefix: string): LayerOptions => (layer.name === undefined ? {} : { name: `${prefix}_${layer.name}` });
  return [
    { ...layer, ...named("forward"), zeroOutputForMask },
    { ...(backwardLayer ?? { ...layer, ...named("backward"), goBackwards: true }), zeroOutputForMask },
  ];
}

export const bidirectionalLayer: LayerKind<Bidirectional> = {
  kind: "bidirectional",
  rules,
  inner(layer) {
    const [forward, backward] = directions(layer);
    return { layer: [forward], backwardLayer: [backward] };
  },
  build(scope, x, layer) {
    checkDirections(layer, scope.at);
    const { mergeMode = "concat" } = layer;
    const [forward, backward] = directions(layer);
    const y = scope.inner([forward], x, "layer");
    const last = scope.inner([backward], x, "backwardLayer");
    if (mergeMode !== "concat" && String(y.shape) !== String(last.shape))
      scope.refuse(
        `[*, ${y.shape.slice(1).join(", ")}] from both directions for "${mergeMode}"`,
        last.shape,
        'give both as many units, or use "concat"',
      );
    const back = forward.returnSequences === true ? reverseSteps(last) : last;
    return scope.masked(merges[mergeMode](y, back), scope.mask(y));
  },
};
