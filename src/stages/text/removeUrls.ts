// Takes out web and mail addresses.
import { describe, optional, type Rules, text } from "../../check.ts";
import { type TextStage, textRules, textStage } from "./textStage.ts";

export interface RemoveUrls extends TextStage {
  readonly kind: "removeUrls";
  readonly replaceWith?: string;
}

const rules: Rules = { ...textRules, replaceWith: optional(text) };

/** Puts `replaceWith` (default a space) in place of http://…, https://…, ftp://…, www.… and mail addresses. Put it before removePunctuation(). */
export function removeUrls(settings: Omit<RemoveUrls, "kind"> = {}): RemoveUrls {
  return describe<RemoveUrls>("removeUrls", settings, rules);
}

/** An address does not end in the punctuation of the sentence around it. */
const urls = /\b(?:https?:\/\/|ftp:\/\/|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]}…’”]/giu;
const mails = /(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/gu;

export const removeUrlsStage = textStage<RemoveUrls>("removeUrls", rules, ({ replaceWith = " " }) => {
  const replaced = (): string => replaceWith;
  return (text) => text.replace(urls, replaced).replace(mails, replaced);
});
