// Words by the scanner are the segmenter's, whatever the text.
import { describe, expect, test } from "vitest";
import { purpose, random } from "../../src/random.ts";
import { eachWord } from "../../src/stages/text/wordSegments.ts";
import { createLexicon } from "../../src/stages/text/words.ts";

const segmenter = new Intl.Segmenter("en", { granularity: "word" });
const segments = (text: string): string[] => [...segmenter.segment(text)].filter((s) => s.isWordLike).map((s) => s.segment);

function words(text: string): string[] {
  const found: string[] = [];
  eachWord(text, (word) => found.push(word));
  return found;
}

/** Texts of these characters, drawn with a preference for the ones that decide. */
function drawn(alphabet: string, count: number, length: number): string[] {
  const source = random(3, purpose.data, alphabet.length);
  const characters = [...alphabet];
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + source.integer(length) }, () => characters[source.integer(characters.length)]).join(""),
  );
}

const ascii = String.fromCharCode(...Array.from({ length: 128 }, (_, i) => i));

describe("the words of a text are those of Intl.Segmenter", () => {
  test("for all ASCII characters", () => {
    for (const text of drawn(ascii, 3000, 40)) expect([text, words(text)]).toEqual([text, segments(text)]);
  });

  test("where the characters meet that join words", () => {
    for (const text of drawn("aB1_.:,;'\" -/@\r\n", 8000, 12)) expect([text, words(text)]).toEqual([text, segments(text)]);
  });

  test("with other characters among them: marks, scripts without spaces, flags, halves of characters", () => {
    const mixed = "ab1'.:_ \n\u0301\u200d\u00ad\u2019éжשא日本語กขあアー한\u{1f600}\u{1f1e9}\u{1f1ea}\ud83d\u00a0\u3000\u0085";
    for (const text of drawn(mixed, 6000, 14)) expect([text, words(text)]).toEqual([text, segments(text)]);
  });

  test("as they are commonly written", () => {
    expect(words("I don't like e-mail: U.S.A. won 3.5 of 1,000 at 10:30, c'est l'été! 東京 __x _ 'tis")).toEqual([
      "I",
      "don't",
      "like",
      "e",
      "mail",
      "U.S.A",
      "won",
      "3.5",
      "of",
      "1,000",
      "at",
      "10",
      "30",
      "c'est",
      "l'été",
      "東京",
      "__x",
      "tis",
    ]);
  });
});

test("a lexicon keeps half characters as they are", () => {
  const lexicon = createLexicon();
  expect([lexicon.id("\ud83d"), lexicon.id("\ufffd"), lexicon.id("\ud83d")]).toEqual([0, 1, 0]);
  expect(lexicon.words).toEqual(["\ud83d", "\ufffd"]);
});
