// Words → their numbers.
import { type Descriptor, describe, oneOf, optional, type Rules } from "../../check.ts";
import type { ColumnStage } from "../stage.ts";
import { knownTokensOf, UNKNOWN, wordNumbers } from "./vocabulary.ts";
import { mapIds, mapToShort } from "./words.ts";

export interface Encode extends Descriptor {
  readonly kind: "encode";
  readonly unknown?: "mark" | "drop";
}

const rules: Rules = { unknown: optional(oneOf("mark", "drop")) };

/** Replaces every word by its number in the vocabulary. `unknown` words become 1 ("mark", the default) or are left out ("drop"). */
export function encode(settings: Omit<Encode, "kind"> = {}): Encode {
  return describe<Encode>("encode", settings, rules);
}

export const encodeStage: ColumnStage<Encode> = {
  kind: "encode",
  rules,
  changes: "column",
  fit: () => null,
  apply({ unknown }, column) {
    const tokens = knownTokensOf(column, "encode");
    const numbers = wordNumbers(tokens, tokens.vocabulary, unknown === "drop" ? -1 : UNKNOWN);
    const short = tokens.vocabulary.length <= 2 ** 16;
    return { type: "sequences", vocabulary: tokens.vocabulary, ...(short ? mapToShort(tokens, numbers) : mapIds(tokens, numbers)) };
  },
};
