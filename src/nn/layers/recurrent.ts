// What the layers that go through steps share: settings, weights, and what they take and give.
import { boolean, optional, positiveInteger, type Rule, rate, rule } from "../../check.ts";
import { PipelineError, show } from "../../errors.ts";
import { activations } from "../../graph/ops/activation.ts";
import { type Fused, type RecurrentOptions as OpOptions, type RecurrentTensors, recurrent } from "../../graph/ops/recurrent.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { type Activation, activationRule, resolveActivation } from "../activations.ts";
import { type Initializer, initializerRule } from "../initializers/index.ts";
import { type Regularizer, regularizerRule } from "../regularizers.ts";
import { type LayerOptions, layerRules, type ParameterSettings, type Scope } from "./layer.ts";

export interface RecurrentOptions extends LayerOptions {
  /** Default "tanh". One whose slope follows from its value, which leaves out "gelu", "softplus", "swish" and "softmax". */
  readonly activation?: Activation;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default "glorotUniform". */
  readonly kernelInitializer?: Initializer;
  /** Default "orthogonal". */
  readonly recurrentInitializer?: Initializer;
  /** Default "zeros". */
  readonly biasInitializer?: Initializer;
  readonly kernelRegularizer?: Regularizer;
  readonly recurrentRegularizer?: Regularizer;
  readonly biasRegularizer?: Regularizer;
  /** While training, the fraction of the inputs that is dropped: the same ones at all steps of a row. Default 0. */
  readonly dropout?: number;
  /** While training, the fraction of the state that is dropped where it meets the weights: the same units at all steps. Default 0. */
  readonly recurrentDropout?: number;
  /** Whether the states of all steps come out, or the last one alone. Default false. */
  readonly returnSequences?: boolean;
  /** Takes the steps from the last to the first; the states come out in the order in which they arose. Default false. */
  readonly goBackwards?: boolean;
  /** Gives zeros at masked steps, not the state that is held there. Default false. */
  readonly zeroOutputForMask?: boolean;
}

const names = ["linear", ...Object.entries(activations).flatMap(([name, fn]) => ("code" in fn ? [name] : []))];

/** A known activation that the kernels can take back from its value. */
export const fusedActivation: Rule = rule({ type: "descriptor", family: "activation", names }, (value, at) => {
  activationRule(value, at);
  if (fused(value as Activation) !== undefined) return;
  throw new PipelineError(
    "config",
    at,
    `expected one of ${names.map(show).join(", ")}, got ${JSON.stringify(value)}, whose slope does not follow from its value`,
  );
});

export const recurrentRules = {
  ...layerRules,
  units: positiveInteger,
  activation: optional(fusedActivation),
  useBias: optional(boolean),
  kernelInitializer: optional(initializerRule),
  recurrentInitializer: optional(initializerRule),
  biasInitializer: optional(initializerRule),
  kernelRegularizer: optional(regularizerRule),
  recurrentRegularizer: optional(regularizerRule),
  biasRegularizer: optional(regularizerRule),
  dropout: optional(rate),
  recurrentDropout: optional(rate),
  returnSequences: optional(boolean),
  goBackwards: optional(boolean),
  zeroOutputForMask: optional(boolean),
};

function fused(value: Activation): Fused | undefined {
  const resolved = resolveActivation(value);
  if (resolved === undefined) return { code: 0, parameter: 0 };
  if (resolved.fn === "softmax") return undefined;
  const fn: { readonly from: string; readonly code?: number } = activations[resolved.fn];
  return fn.code === undefined ? undefined : { code: fn.code, parameter: resolved.parameter };
}

function fusedOf(value: Activation): Fused {
  const found = fused(value);
  if (found === undefined) throw new Error(`activation ${JSON.stringify(value)} was not checked`);
  return found;
}

/** The weights of a cell with so many gates, and its input with its mask. */
export function recurrentTensors(
  scope: Scope,
  x: Tensor,
  layer: RecurrentOptions & { readonly units: number },
  gates: number,
  bias: { readonly shape: readonly number[]; readonly ones?: ParameterSettings["ones"] },
): RecurrentTensors {
  if (x.shape.length !== 3)
    scope.refuse("[*, steps, features]", x.shape, "put embedding() before it, or reshape() the input into steps of features");
  const weight = (name: string, shape: readonly number[], initializer: Initializer, regularizer?: Regularizer, ones = bias.ones): Tensor =>
    scope.parameter(name, shape, { initializer, ...(regularizer && { regularizer }), ...(name === "bias" && ones && { ones }) });
  const width = gates * layer.units;
  return {
    x,
    kernel: weight("kernel", [x.shape[2] as number, width], layer.kernelInitializer ?? "glorotUniform", layer.kernelRegularizer),
    recurrentKernel: weight(
      "recurrent_kernel",
      [layer.units, width],
      layer.recurrentInitializer ?? "orthogonal",
      layer.recurrentRegularizer,
    ),
    bias: layer.useBias === false ? undefined : weight("bias", bias.shape, layer.biasInitializer ?? "zeros", layer.biasRegularizer),
    mask: scope.mask(x),
    rng: scope.rng,
  };
}

/** Builds the layer's op over its weights; the mask goes on where all states come out. */
export function buildRecurrent(
  scope: Scope,
  tensors: RecurrentTensors,
  layer: RecurrentOptions & { readonly recurrentActivation?: Activation },
  cell: OpOptions["cell"],
): Tensor {
  const stream = scope.stream();
  const y = recurrent(tensors, {
    cell,
    recurrentActivation: fusedOf(layer.recurrentActivation ?? "sigmoid"),
    activation: fusedOf(layer.activation ?? "tanh"),
    sequences: layer.returnSequences !== true ? "last" : layer.zeroOutputForMask === true ? "allButMasked" : "all",
    backwards: layer.goBackwards === true,
    training: scope.training,
    dropout: layer.dropout ?? 0,
    recurrentDropout: layer.recurrentDropout ?? 0,
    stream,
  });
  return scope.masked(y, layer.returnSequences === true ? tensors.mask : undefined);
}
