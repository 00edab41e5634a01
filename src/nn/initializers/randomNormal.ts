import { type Descriptor, describe, number, optional } from "../../check.ts";
import type { InitializerKind } from "./initializer.ts";

export interface RandomNormal extends Descriptor {
  readonly kind: "randomNormal";
  readonly mean?: number;
  readonly stddev?: number;
}

const rules = { mean: optional(number()), stddev: optional(number({ min: 0 })) };

/** Normal numbers. Defaults: mean 0, stddev 0.05. */
export const randomNormal = (options: Omit<RandomNormal, "kind"> = {}): RandomNormal =>
  describe<RandomNormal>("randomNormal", options, rules);

export const randomNormalInitializer: InitializerKind<RandomNormal> = {
  kind: "randomNormal",
  rules,
  fill({ mean = 0, stddev = 0.05 }, out, _, random) {
    for (let i = 0; i < out.length; i++) out[i] = mean + stddev * random.normal();
  },
};
