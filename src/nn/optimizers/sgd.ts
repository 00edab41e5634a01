import { boolean, describe, number, optional } from "../../check.ts";
import { nothing } from "../../graph/emit.ts";
import { type Optimizer, type OptimizerKind, type OptimizerOptions, optimizerRules } from "./optimizer.ts";

export interface Sgd extends Optimizer {
  readonly kind: "sgd";
  readonly momentum?: number;
  readonly nesterov?: boolean;
}

const rules = { ...optimizerRules, momentum: optional(number({ min: 0, max: 1 })), nesterov: optional(boolean) };

/** Gradient descent: v = momentum·v − learningRate·g, w += v. Defaults: learningRate 0.01, momentum 0. */
export const sgd = (options: OptimizerOptions & Pick<Sgd, "momentum" | "nesterov"> = {}): Sgd => describe<Sgd>("sgd", options, rules);

export const sgdOptimizer: OptimizerKind<Sgd> = {
  kind: "sgd",
  rules,
  learningRate: 0.01,
  slots: ({ momentum = 0 }) => (momentum > 0 ? ["velocity"] : []),
  update(emit, _, w, g, [velocity], n, hyper) {
    emit.call("sgd_f32", w, g, velocity ?? nothing, n, hyper);
  },
  hyper: ({ momentum = 0, nesterov = false, weightDecay = 0 }, rate) => [rate, momentum, nesterov ? 1 : 0, weightDecay],
};
