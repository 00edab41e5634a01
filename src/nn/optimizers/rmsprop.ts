import { describe, number, optional } from "../../check.ts";
import { nothing } from "../../graph/emit.ts";
import { type Optimizer, type OptimizerKind, type OptimizerOptions, optimizerRules } from "./optimizer.ts";

export interface RmsProp extends Optimizer {
  readonly kind: "rmsprop";
  readonly rho?: number;
  readonly momentum?: number;
  readonly epsilon?: number;
}

const rules = {
  ...optimizerRules,
  rho: optional(number({ min: 0, max: 1 })),
  momentum: optional(number({ min: 0, max: 1 })),
  epsilon: optional(number({ above: 0 })),
};

/** s = rho·s + (1 − rho)·g², w −= learningRate·g/√(s + epsilon). Defaults: learningRate 0.001, rho 0.9, momentum 0, epsilon 1e-7. */
export const rmsprop = (options: OptimizerOptions & Pick<RmsProp, "rho" | "momentum" | "epsilon"> = {}): RmsProp =>
  describe<RmsProp>("rmsprop", options, rules);

export const rmspropOptimizer: OptimizerKind<RmsProp> = {
  kind: "rmsprop",
  rules,
  learningRate: 0.001,
  slots: ({ momentum = 0 }) => (momentum > 0 ? ["velocity", "momentum"] : ["velocity"]),
  update(emit, _, w, g, [velocity, momentum], n, hyper) {
    emit.call("rmsprop_f32", w, g, velocity ?? nothing, momentum ?? nothing, n, hyper);
  },
  hyper: ({ rho = 0.9, epsilon = 1e-7, momentum = 0, weightDecay = 0 }, rate) => [rate, rho, epsilon, momentum, weightDecay],
};
