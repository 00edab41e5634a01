// Activation names as Keras spells them, camelCased, and how each is applied.
import { type Descriptor, describe, type Form, number, type Rule, rule } from "../check.ts";
import { PipelineError, show, unknownName } from "../errors.ts";
import { activation, activations, type Elementwise } from "../graph/ops/activation.ts";
import { softmax } from "../graph/ops/softmax.ts";
import type { Tensor } from "../graph/tensor.ts";

export type ActivationName = Elementwise | "linear" | "softmax" | "silu";

export interface LeakyRelu extends Descriptor {
  readonly kind: "leakyRelu";
  readonly negativeSlope: number;
}

export interface Elu extends Descriptor {
  readonly kind: "elu";
  readonly alpha: number;
}

export type Activation = ActivationName | LeakyRelu | Elu;

const names: readonly string[] = [...Object.keys(activations), "linear", "softmax", "silu"];
/** Those that have settings. */
export const activationKinds = {
  leakyRelu: { rules: { negativeSlope: number({ min: 0 }) } },
  elu: { rules: { alpha: number({ above: 0 }) } },
};

/** `x` where positive, else `negativeSlope · x`. */
export const leakyRelu = ({ negativeSlope = 0.2 } = {}): LeakyRelu =>
  describe<LeakyRelu>("leakyRelu", { negativeSlope }, activationKinds.leakyRelu.rules);
/** `x` where positive, else `alpha · (e^x − 1)`. */
export const elu = ({ alpha = 1 } = {}): Elu => describe<Elu>("elu", { alpha }, activationKinds.elu.rules);

const form: Form = { type: "descriptor", family: "activation", names };

export const activationRule: Rule = rule(form, (value, at) => {
  if (typeof value === "string") {
    if (!names.includes(value)) throw new PipelineError("config", at, unknownName("activation", value, names));
    return;
  }
  const kind = (value as Descriptor | null)?.kind;
  if (kind !== "leakyRelu" && kind !== "elu")
    throw new PipelineError("config", at, `expected the name of an activation, leakyRelu(…) or elu(…), got ${show(value)}`);
  describe(kind, value as Descriptor, activationKinds[kind].rules, at);
});

/** The function and its parameter, or undefined where there is none (linear). */
export function resolveActivation(value: Activation): { fn: Elementwise | "softmax"; parameter: number } | undefined {
  if (typeof value === "object") {
    return value.kind === "elu" ? { fn: "elu", parameter: value.alpha } : { fn: "leakyRelu", parameter: value.negativeSlope };
  }
  if (value === "linear") return undefined;
  if (value === "softmax") return { fn: "softmax", parameter: 0 };
  const fn = value === "silu" ? "swish" : value;
  return { fn, parameter: (activations[fn] as { parameter?: number }).parameter ?? 0 };
}

export function applyActivation(x: Tensor, value: Activation): Tensor {
  const resolved = resolveActivation(value);
  if (resolved === undefined) return x;
  return resolved.fn === "softmax" ? softmax(x) : activation(x, resolved.fn, resolved.parameter);
}
