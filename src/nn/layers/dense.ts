import { boolean, describe, optional, positiveInteger } from "../../check.ts";
import { activations } from "../../graph/ops/activation.ts";
import { dense as denseOp } from "../../graph/ops/dense.ts";
import { type Activation, activationRule, applyActivation, resolveActivation } from "../activations.ts";
import { type Initializer, initializerRule } from "../initializers/index.ts";
import { type Regularizer, regularizerRule } from "../regularizers.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

export interface DenseOptions extends LayerOptions {
  /** Default "linear". */
  readonly activation?: Activation;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default "glorotUniform". */
  readonly kernelInitializer?: Initializer;
  /** Default "zeros". */
  readonly biasInitializer?: Initializer;
  readonly kernelRegularizer?: Regularizer;
  readonly biasRegularizer?: Regularizer;
}

export interface Dense extends Layer, DenseOptions {
  readonly kind: "dense";
  readonly units: number;
}

const rules = {
  ...layerRules,
  units: positiveInteger,
  activation: optional(activationRule),
  useBias: optional(boolean),
  kernelInitializer: optional(initializerRule),
  biasInitializer: optional(initializerRule),
  kernelRegularizer: optional(regularizerRule),
  biasRegularizer: optional(regularizerRule),
};

/** `activation(x · kernel + bias)`. Input [batch, …, features] → output [batch, …, units]. */
export function dense(units: number, options: DenseOptions = {}): Dense {
  return describe<Dense>("dense", { units, ...options }, rules);
}

export const denseLayer: LayerKind<Dense> = {
  kind: "dense",
  rules,
  carriesMask: true,
  build(scope, x, layer) {
    if (x.shape.length < 2) scope.refuse("[*, features]", x.shape, "give every row at least one feature");
    const features = x.shape.at(-1) as number;
    const kernel = scope.parameter("kernel", [features, layer.units], {
      initializer: layer.kernelInitializer ?? "glorotUniform",
      ...(layer.kernelRegularizer && { regularizer: layer.kernelRegularizer }),
    });
    const bias =
      layer.useBias === false
        ? undefined
        : scope.parameter("bias", [layer.units], {
            initializer: layer.biasInitializer ?? "zeros",
            ...(layer.biasRegularizer && { regularizer: layer.biasRegularizer }),
          });
    const fn = resolveActivation(layer.activation ?? "linear");
    if (fn !== undefined && fn.fn !== "softmax" && "code" in activations[fn.fn])
      return denseOp(x, kernel, bias, { fn: fn.fn, parameter: fn.parameter });
    return applyActivation(denseOp(x, kernel, bias), layer.activation ?? "linear");
  },
};
