// Takes HTML out of texts.
import { describe } from "../../check.ts";
import { decodeEntities } from "./decodeEntities.ts";
import { type TextStage, textRules, textStage } from "./textStage.ts";

export interface StripHtml extends TextStage {
  readonly kind: "stripHtml";
}

/**
 * Takes out tags, comments, and script and style elements with what is in them, and replaces character references (&amp; &#39; &eacute;)
 * by their characters. A tag leaves a space, as `<br />` does, unless it stands within words, as `<b>` does. What only looks like
 * HTML stays: a < b, <3, <me@example.org>, &c. Put it before the other text stages.
 */
export function stripHtml(settings: Omit<StripHtml, "kind"> = {}): StripHtml {
  return describe<StripHtml>("stripHtml", settings, textRules);
}

export const stripHtmlStage = textStage<StripHtml>("stripHtml", textRules, () => (text) => decodeEntities(withoutTags(text)));

const inline = new Set(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);
const opening = /<(?:!--|[!?]|\/?([a-z][\w-]*(?::[\w-]+)?)(?=[\s/>]))/gi;

/** Text in which every tag is gone. Takes time in proportion to the text, whatever it holds. */
function withoutTags(text: string): string {
  if (!text.includes("<")) return text;
  const find = finder(text);
  const tagEnd = tagFinder(text, find);
  let made = "";
  let done = 0;
  opening.lastIndex = 0;
  for (let tag = opening.exec(text); tag !== null; tag = opening.exec(text)) {
    const end = tag[0] === "<!--" ? find(patterns.comment, opening.lastIndex) : tagEnd(opening.lastIndex);
    if (end < 0) continue;
    const name = tag[1]?.toLowerCase();
    made += text.slice(done, tag.index) + (name === undefined || inline.has(name) ? "" : " ");
    const closing = tag[0].startsWith("</")
      ? undefined
      : name === "script"
        ? patterns.script
        : name === "style"
          ? patterns.style
          : undefined;
    done = closing === undefined ? end : Math.max(end, find(closing, end));
    opening.lastIndex = done;
  }
  return made + text.slice(done);
}

const patterns = {
  comment: /-->/g,
  script: /<\/script\s*>/gi,
  style: /<\/style\s*>/gi,
  tag: />/g,
  '"': /"/g,
  "'": /'/g,
} as const;

type Find = (what: RegExp, from: number) => number;

/** Where the next `what` ends, or -1. What is not there is looked for once: the places that are asked for never go back. */
function finder(text: string): Find {
  const absent = new Set<RegExp>();
  return (what, from) => {
    if (absent.has(what)) return -1;
    what.lastIndex = from;
    if (what.test(text)) return what.lastIndex;
    absent.add(what);
    return -1;
  };
}

const inTag = /=\s*(["'])|>/g;

/** Past the ">" of a tag, which does not stand between the quotes of an attribute; -1 where there is none. */
function tagFinder(text: string, find: Find): (from: number) => number {
  // Quotes that swallow the rest of the text are a mistake in it; from there on they mean nothing.
  let quotes = true;
  return (from) => {
    const plain = find(patterns.tag, from);
    if (plain < 0 || !quotes) return plain;
    inTag.lastIndex = from;
    for (let next = inTag.exec(text); next !== null; next = inTag.exec(text)) {
      if (next[1] === undefined) return inTag.lastIndex;
      const close = find(patterns[next[1] as '"' | "'"], inTag.lastIndex);
      if (close < 0) break;
      inTag.lastIndex = close;
    }
    quotes = false;
    return plain;
  };
}
