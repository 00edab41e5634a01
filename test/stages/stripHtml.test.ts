import { describe, expect, test } from "vitest";
import { decodeEntities } from "../../src/stages/text/decodeEntities.ts";
import { stripHtml, stripHtmlStage } from "../../src/stages/text/stripHtml.ts";
import { finish } from "../../src/stages/work.ts";
import { tableOf } from "./tables.ts";

function stripped(...values: string[]): { texts: readonly string[]; changed: number } {
  const { table, changed } = finish(
    stripHtmlStage.apply(stripHtml(), tableOf({ text: { type: "text", values } }, values.length), undefined),
  );
  return { texts: table.columns.text?.type === "text" ? table.columns.text.values : [], changed };
}
const made = (text: string): string | undefined => stripped(text).texts[0];

describe("stripHtml", () => {
  test.each([
    ["Great.<br /><br />Really!", "Great.  Really!"],
    ["<p>one</p><P class=x>two</P>", " one  two "],
    ["<b>f</b>oo H<sub>2</sub>O <a href='x>y'>link</a>", "foo H2O link"],
    ['<img alt="a > b" src=x>c', " c"],
    ["<x:tag-1\n a = \"'>'\"\n>z", " z"],
    ["a<!-- <b> - -- x -->b<!DOCTYPE html>c<?xml v?>d", "abcd"],
    ["a<script>if (x < 1 && y > 2) {}</script>b<STYLE type=t>p > a {}</Style >c", "a b c"],
    ["a</script>b", "a b"],
    ["<script src=x>never closed", " never closed"],
    ["a < b, <3 and 5<6 > 4; <- <me@x.org> <https://x.org/?a>", "a < b, <3 and 5<6 > 4; <- <me@x.org> <https://x.org/?a>"],
    ["<i don't know>what's this>", "what's this>"],
    ["never <b closed", "never <b closed"],
    ["<!-- never closed <b>x</b>", "<!-- never closed x"],
    ['<a href="x>y</a> then <b>z</b>', "y then z"],
    ["&lt;b&gt; stays &amp;lt;", "<b> stays &lt;"],
    ["", ""],
  ])("%j → %j", (text, expected) => {
    expect(made(text)).toBe(expected);
  });

  test("counts the texts that changed, and can be used twice", () => {
    expect(stripped("a", "<p>b", "&c", "&amp;")).toEqual({ texts: ["a", " b", "&c", "&"], changed: 2 });
    expect(stripped("<p>b").texts).toEqual([" b"]);
  });

  test.each([
    ["<a ".repeat(300_000), 900_000],
    [`${'<a ="> ="'.repeat(100_000)}`, 300_000],
    ["<!--".repeat(300_000), 1_200_000],
    ["<script>".repeat(200_000), 200_000],
    [`<p ${"= ".repeat(500_000)}>`, 1],
    [`<${"a".repeat(1_000_000)}`, 1_000_001],
    ["&".repeat(1_000_000), 1_000_000],
    [`&#${"9".repeat(500_000)};`, 1],
  ])("takes time in proportion to a large text: %#", (text, length) => {
    expect(made(text)?.length).toBe(length);
  });
});

describe("decodeEntities", () => {
  test.each([
    ["&quot;a&quot; &amp; &apos;b&apos; &lt;&gt;", "\"a\" & 'b' <>"],
    ["caf&eacute; &Eacute; &yuml; &nbsp;|", "café É ÿ \u00a0|"],
    ["&hellip; &mdash; &rsquo; &euro; &Omega; &rho; &sigmaf; &hearts; &diams; &lang; &rang;", "… — ’ € Ω ρ ς ♥ ♦ ⟨ ⟩"],
    ["&#39;&#x27;&#X1F600;&#8217", "''\u{1f600}’"],
    ["&#145;&#151;&#x80;&#129;", "‘—€\u0081"],
    ["&#0; &#xD800; &#x110000; &#99999999999;", "\uFFFD \uFFFD \uFFFD \uFFFD"],
    ["&copy 2020 &eacute", "© 2020 é"],
    ["R&D, AT&T, &hellip &unknown; &; &#; &#x; a&b=c", "R&D, AT&T, &hellip &unknown; &; &#; &#x; a&b=c"],
    ["&amp;amp;", "&amp;"],
    ["&constructor; &toString;", "&constructor; &toString;"],
  ])("%j → %j", (text, expected) => {
    expect(decodeEntities(text)).toBe(expected);
  });
});
