import { describe, number, optional } from "../../check.ts";
import type { Buffer } from "../../graph/emit.ts";
import { pow } from "../../math.ts";
import { type Optimizer, type OptimizerKind, type OptimizerOptions, optimizerRules } from "./optimizer.ts";

export interface Adam extends Optimizer {
  readonly kind: "adam" | "adamW";
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

type AdamOptions = OptimizerOptions & Pick<Adam, "beta1" | "beta2" | "epsilon">;

const rules = {
  ...optimizerRules,
  beta1: optional(number({ min: 0, below: 1 })),
  beta2: optional(number({ min: 0, below: 1 })),
  epsilon: optional(number({ above: 0 })),
};

/** Kingma & Ba, 2014, in Keras's form. Defaults: learningRate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. */
export const adam = (options: AdamOptions = {}): Adam => describe<Adam>("adam", options, rules);

/** Adam with decoupled weight decay (Loshchilov & Hutter, 2017). Default weightDecay 0.004, the rest as `adam`. */
export const adamW = (options: AdamOptions = {}): Adam => describe<Adam>("adamW", options, rules);

function adamKind(kind: "adam" | "adamW", defaultDecay: number): OptimizerKind<Adam> {
  return {
    kind,
    rules,
    learningRate: 0.001,
    slots: () => ["momentum", "velocity"],
    update(emit, _, w, g, [m, v], n, hyper) {
      emit.call("adam_f32", w, g, m as Buffer, v as Buffer, n, hyper);
    },
    hyper({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, weightDecay = defaultDecay }, rate, t) {
      const corrected = (rate * Math.sqrt(1 - pow(beta2, t))) / (1 - pow(beta1, t));
      return [corrected, 1 - beta1, 1 - beta2, epsilon, rate * weightDecay];
    },
  };
}

export const adamOptimizer = adamKind("adam", 0);
export const adamWOptimizer = adamKind("adamW", 0.004);
