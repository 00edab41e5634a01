import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { stemEnglish } from "../../../src/stages/text/stemEnglish.ts";

test("agrees with Snowball on every word of its English vocabulary", () => {
  const pairs = brotliDecompressSync(readFileSync(new URL("english.txt.br", import.meta.url)))
    .toString()
    .trimEnd()
    .split("\n");
  expect(pairs.length).toBe(29_417);
  const different = pairs.filter((pair) => {
    const [word, stem] = pair.split(" ") as [string, string];
    return stemEnglish(word) !== stem;
  });
  expect(different).toEqual([]);
});

// What the vocabulary does not hold; the stems are those of Snowball 3.1.
test.each([
  ["vying", "vie"],
  ["inning", "inning"],
  ["outings", "outing"],
  ["proceeded", "proceed"],
  ["succeed", "succeed"],
  ["adds", "add"],
  ["egging", "egg"],
  ["'tis", "tis"],
  ["dog's", "dog"],
  ["boys'", "boy"],
  ["zoologist", "zoolog"],
  ["pastes", "paste"],
  ["is", "is"],
  ["", ""],
  ["'", "'"],
  ["ing", "ing"],
  ["yyyy", "yyyi"],
  ["naïveness", "naïv"],
  ["кошки", "кошки"],
  ["2001s", "2001s"],
])("%s → %s", (word, stem) => {
  expect(stemEnglish(word)).toBe(stem);
});
