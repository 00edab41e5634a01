// Says the same with other words, from a table that the user gives.
import { type Descriptor, describe, list, number, type Rules, record, string } from "../../check.ts";
import { PipelineError, show } from "../../errors.ts";
import type { AugmentStage } from "../stage.ts";

export interface Synonyms extends Descriptor {
  readonly kind: "synonyms";
  readonly table: Readonly<Record<string, readonly string[]>>;
  readonly rate: number;
}

const table = record(list(1, string), 'a table such as { good: ["fine", "great"] }');
const rules: Rules = { table, rate: number({ min: 0, max: 1 }) };

/**
 * Replaces each word of a training row that the `table` has by one of its synonyms there, every one equally likely, with probability `rate`.
 * Words are as they are after clean (in lower case, stemmed, if that is what clean does); those that the vocabulary does not have are passed
 * over. Needs encode() and pad() in normalize.
 */
export function synonyms(settings: Omit<Synonyms, "kind">): Synonyms {
  return describe<Synonyms>("synonyms", settings, rules);
}

export const synonymsStage: AugmentStage<Synonyms> = {
  kind: "synonyms",
  rules,
  words({ table, rate }, vocabulary) {
    const numbers = new Map(vocabulary.map((word, i) => [word, i]));
    const known = (word: string): number[] => {
      const number = numbers.get(word);
      return number === undefined ? [] : [number];
    };
    const choices = new Map(
      Object.entries(table).flatMap(([word, others]) => known(word).map((number): [number, number[]] => [number, others.flatMap(known)])),
    );
    if (![...choices.values()].some((others) => others.length > 0)) {
      const words = Object.keys(table).slice(0, 3).map(show).join(", ");
      throw new PipelineError(
        "config",
        "synonyms.table",
        `the vocabulary has no word of it together with a synonym (${words}, …); write words as clean leaves them`,
      );
    }
    return (row, draw) => {
      for (let i = 0; i < row.length; i++) {
        const others = choices.get(row[i] as number);
        if (others === undefined || others.length === 0) continue;
        const u = draw();
        // What is left of the number below the rate is as evenly spread as the number itself.
        if (u < rate) row[i] = others[Math.floor((u / rate) * others.length)] as number;
      }
    };
  },
};
