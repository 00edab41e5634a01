import { type Descriptor, describe, number, optional } from "../../check.ts";
import { PipelineError } from "../../errors.ts";
import type { InitializerKind } from "./initializer.ts";

export interface RandomUniform extends Descriptor {
  readonly kind: "randomUniform";
  readonly min?: number;
  readonly max?: number;
}

const rules = { min: optional(number()), max: optional(number()) };

/** Numbers spread evenly over [min, max). Defaults: min −0.05, max 0.05. */
export const randomUniform = (options: Omit<RandomUniform, "kind"> = {}): RandomUniform =>
  describe<RandomUniform>("randomUniform", options, rules);

export const randomUniformInitializer: InitializerKind<RandomUniform> = {
  kind: "randomUniform",
  rules,
  fill({ min = -0.05, max = 0.05 }, out, _, random) {
    if (!(min <= max)) throw new PipelineError("config", "randomUniform", `expected min <= max, got min ${min} and max ${max}`);
    for (let i = 0; i < out.length; i++) out[i] = min + (max - min) * random.uniform();
  },
};
