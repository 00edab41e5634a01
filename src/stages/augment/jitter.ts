// What noise is called where rows are numbers of a table.
import { describe, number, type Rules } from "../../check.ts";
import { type Noise, noise } from "./noise.ts";

const rules: Rules = { stddev: number({ above: 0 }) };

/** Adds normal noise of this standard deviation (1 is that of a standardized column) to every number of a training batch: `noise({ deviation: stddev })`. */
export function jitter(settings: { readonly stddev: number }): Noise {
  const { stddev } = describe<{ readonly kind: "jitter"; readonly stddev: number }>("jitter", settings, rules);
  return noise({ deviation: stddev });
}
