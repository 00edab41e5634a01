// What the stages share that change how often each class is seen.
import { number, optional, type Rule } from "../../check.ts";
import { type Random, shuffle } from "../../random.ts";

export const ratioRule: Rule = optional(number({ above: 0, max: 1 }));

type Strata = readonly Uint32Array[];

export const largest = (strata: Strata): number => Math.max(0, ...strata.map(({ length }) => length));

/** Of the classes that have rows. */
export const smallest = (strata: Strata): number => Math.min(...strata.map(({ length }) => length).filter((n) => n > 0));

/** So many of the rows, each once. */
export function some(rows: Uint32Array, count: number, source: Random): Uint32Array {
  const drawn = rows.slice();
  shuffle(drawn, source);
  return drawn.subarray(0, count);
}
