import { type Descriptor, describe, number, type Rule, rule } from "../check.ts";
import { PipelineError, show } from "../errors.ts";

/** Adds `l1·Σ|w| + l2·Σw²` to the loss, as Keras does. */
export interface Regularizer extends Descriptor {
  readonly kind: "l1l2";
  readonly l1: number;
  readonly l2: number;
}

export const regularizerRules = { l1: number({ min: 0 }), l2: number({ min: 0 }) };

export const l1 = (factor = 0.01): Regularizer => l1l2(factor, 0);
export const l2 = (factor = 0.01): Regularizer => l1l2(0, factor);
export const l1l2 = (l1: number, l2: number): Regularizer => describe<Regularizer>("l1l2", { l1, l2 }, regularizerRules);

export const regularizerRule: Rule = rule({ type: "descriptor", family: "regularizer" }, (value, at) => {
  if (typeof value !== "object" || value === null || (value as Descriptor).kind !== "l1l2") {
    throw new PipelineError("config", at, `expected l1(…), l2(…) or l1l2(…), got ${show(value)}`);
  }
  describe("l1l2", value as Regularizer, regularizerRules, at);
});
