// What a layer is: a descriptor, and a `build` that composes ops. Gradients are never written here.
import { boolean, type Descriptor, narrowed, optional, type Rule, type Rules, rule, string } from "../../check.ts";
import { PipelineError, show } from "../../errors.ts";
import type { Shape, Tensor } from "../../graph/tensor.ts";
import type { Initializer } from "../initializers/index.ts";
import type { Regularizer } from "../regularizers.ts";

export interface Layer extends Descriptor {
  /** The layer's name in summaries and files; "dense", "dense_1", … when absent. */
  readonly name?: string;
  /** False freezes the layer's weights. */
  readonly trainable?: boolean;
}

export interface ParameterSettings {
  readonly initializer: Initializer;
  readonly regularizer?: Regularizer;
  /** The values, from the first to before the second, that begin as 1 whatever the initializer says. */
  readonly ones?: readonly [start: number, end: number];
}

/** What a layer may ask for while it is built. */
export interface Scope {
  /** For errors: `model[0] dense`. */
  readonly at: string;
  /** Dropout and the like do nothing where this is false. */
  readonly training: boolean;
  /** The {seed, step} words of the random kernels. */
  readonly rng: Tensor;
  /** A number that no other random op of the model has. */
  stream(): number;
  /** A weight of this layer, stored under `layer.name`. */
  parameter(name: string, shape: Shape, settings: ParameterSettings): Tensor;
  /** Which steps of `x` [batch, steps, …] are real: f32 [batch, steps], 1, or 0 for padding. Undefined where all of them are. */
  mask(x: Tensor): Tensor | undefined;
  /** Gives `y` [batch, steps, …] this mask, where there is one, and returns it. */
  masked(y: Tensor, mask: Tensor | undefined): Tensor;
  /**
   * Says that `x` holds whole numbers from 0 to `count` − 1, one of them an entry of this layer's table: rows with other numbers are
   * refused before anything is trained. Throws where `x` is not the model's input.
   */
  ids(x: Tensor, count: number): void;
  /** Builds layers inside this one, as `residual` does. `label` names the branch in errors. */
  inner(layers: readonly Layer[], x: Tensor, label: string): Tensor;
  /** Throws a shape error at this layer. Dimension 0 of a shape is the batch and is printed as `*`. */
  refuse(expected: string, got: Shape, wayOut: string): never;
}

export interface LayerKind<D extends Layer> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  /** The lists of layers inside this one, by their place in its descriptor. */
  inner?(layer: D): Readonly<Record<string, readonly Layer[]>>;
  /** True where the output's steps are the input's, so that its mask goes on with them. */
  readonly carriesMask?: boolean;
  build(scope: Scope, x: Tensor, layer: D): Tensor;
}

/** Settings that every layer has. */
export interface LayerOptions {
  readonly name?: string;
  readonly trainable?: boolean;
}

const layerName: Rule = narrowed(string, (value, at) => {
  // A slash stands between an optimizer's slot and the weight's name in checkpoints.
  if ((value as string).includes("/")) throw new PipelineError("config", at, `expected a name without "/", got ${show(value)}`);
});

/** Something with a `kind`; which kinds there are is checked with the whole model. */
export const oneLayer: Rule = rule({ type: "descriptor", family: "layer" }, (value, at) => {
  if (typeof (value as Descriptor | null | undefined)?.kind !== "string")
    throw new PipelineError("config", at, `expected a layer such as dense(10), got ${show(value)}`);
});

export const layerRules = { name: optional(layerName), trainable: optional(boolean) };
