// One spelling for what reads the same: Unicode form, case, accents, spaces.
import { boolean, describe, oneOf, optional, type Rules } from "../../check.ts";
import { type TextStage, textRules, textStage } from "./textStage.ts";

export interface NormalizeText extends TextStage {
  readonly kind: "normalizeText";
  readonly form?: "NFC" | "NFD" | "NFKC" | "NFKD";
  readonly case?: "lower" | "keep";
  readonly stripAccents?: boolean;
}

const rules: Rules = {
  ...textRules,
  form: optional(oneOf("NFC", "NFD", "NFKC", "NFKD")),
  case: optional(oneOf("lower", "keep")),
  stripAccents: optional(boolean),
};

/**
 * Writes every text in one Unicode `form` (default "NFKC": ﬁ → fi, ½ → 1⁄2) and in lower `case` (or "keep"), makes every run of spaces
 * and line ends one space, and takes them off both ends. `stripAccents` (default false) makes é an e, as scikit-learn's "unicode".
 */
export function normalizeText(settings: Omit<NormalizeText, "kind"> = {}): NormalizeText {
  return describe<NormalizeText>("normalizeText", settings, rules);
}

export const normalizeTextStage = textStage<NormalizeText>("normalizeText", rules, (stage) => {
  const { form = "NFKC", stripAccents = false } = stage;
  const lower = stage.case !== "keep";
  return (text) => {
    let made = text.normalize(form);
    if (stripAccents)
      made = made
        .normalize("NFD")
        .replace(/\p{Mn}+/gu, "")
        .normalize(form);
    if (lower) made = made.toLowerCase();
    return made.replace(/\s+/g, " ").trim();
  };
});
