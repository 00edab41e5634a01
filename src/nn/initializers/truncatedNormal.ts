// The normal distribution cut off two deviations from its mean: one draw each, through the inverse of the distribution function.
import { type Descriptor, describe, number, optional } from "../../check.ts";
import { normalQuantile, type Random } from "../../random.ts";
import type { InitializerKind } from "./initializer.ts";

export interface TruncatedNormal extends Descriptor {
  readonly kind: "truncatedNormal";
  readonly mean?: number;
  readonly stddev?: number;
}

/** What is left of the deviation of a standard normal number when it is cut off at 2. */
export const truncatedDeviation = 0.87962566103423978;

/** The share of a standard normal distribution below −2. */
const tail = 0.022750131948179195;

/** A standard normal number in [−2, 2]. */
export function truncatedStandardNormal(random: Random): number {
  const p = (random.uint32() + 0.5) * 2 ** -32;
  return normalQuantile(tail + p * (1 - 2 * tail));
}

const rules = { mean: optional(number()), stddev: optional(number({ min: 0 })) };

/** Normal numbers, those beyond two deviations drawn again. Defaults: mean 0, stddev 0.05. */
export const truncatedNormal = (options: Omit<TruncatedNormal, "kind"> = {}): TruncatedNormal =>
  describe<TruncatedNormal>("truncatedNormal", options, rules);

export const truncatedNormalInitializer: InitializerKind<TruncatedNormal> = {
  kind: "truncatedNormal",
  rules,
  fill({ mean = 0, stddev = 0.05 }, out, _, random) {
    for (let i = 0; i < out.length; i++) out[i] = mean + stddev * truncatedStandardNormal(random);
  },
};
