// y = x + deviation · z, with z standard normal and drawn anew for every value.
import { type Descriptor, describe, number, type Rules } from "../../check.ts";
import type { AugmentStage } from "../stage.ts";

export interface Noise extends Descriptor {
  readonly kind: "noise";
  readonly deviation: number;
}

const rules: Rules = { deviation: number({ above: 0 }) };

/** Adds normal noise with this standard `deviation`, in units of the normalized values, to every value of a training batch. */
export function noise(settings: Omit<Noise, "kind">): Noise {
  return describe<Noise>("noise", settings, rules);
}

export const noiseStage: AugmentStage<Noise> = {
  kind: "noise",
  rules,
  batch({ deviation }, emit, x, { rows, image, stream, rng }) {
    const n = rows * image.height * image.width * image.channels;
    const y = emit.buffer(n, "noise");
    emit.call("noise_f32", y, x, n, deviation, stream, rng, 0);
    return y;
  },
};
