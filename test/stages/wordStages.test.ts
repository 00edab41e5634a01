import { describe, expect, test } from "vitest";
import type { Descriptor } from "../../src/check.ts";
import { column, type Table } from "../../src/data/table.ts";
import { cleanStages } from "../../src/stages/index.ts";
import type { CleanStage } from "../../src/stages/stage.ts";
import { removeStopwords } from "../../src/stages/text/removeStopwords.ts";
import { stem } from "../../src/stages/text/stem.ts";
import { stopwords, stopwordsOf } from "../../src/stages/text/stopwords.ts";
import { tokenize } from "../../src/stages/text/tokenize.ts";
import { finish } from "../../src/stages/work.ts";
import { tableOf } from "./tables.ts";

function made(values: readonly string[], ...stages: Descriptor[]): { texts: string[]; changed: number } {
  let table: Table = tableOf({ text: { type: "text", values } }, values.length);
  let changed = 0;
  for (const stage of [tokenize(), ...stages]) {
    const kind = cleanStages[stage.kind] as CleanStage<Descriptor, unknown>;
    ({ table, changed } = finish(kind.apply(stage, table, null)));
  }
  const c = column(table, "text");
  if (c.type !== "tokens") throw new Error("no words");
  const texts = values.map((_, row) => [...c.ids.subarray(c.offsets[row], c.offsets[row + 1])].map((id) => c.words[id]).join(" "));
  return { texts, changed };
}

describe("stem", () => {
  test("replaces words by their stems, and counts the texts in which one changed", () => {
    expect(made(["running runs run", "run", "", "the movies' cast"], stem())).toEqual({
      texts: ["run run run", "run", "", "the movi cast"],
      changed: 2,
    });
  });

  test("takes a typographic apostrophe for an apostrophe", () => {
    expect(made(["the dog’s bone"], stem()).texts).toEqual(["the dog bone"]);
  });

  test("refuses languages that it does not know, and texts", () => {
    expect(() => stem({ language: "klingon" as never })).toThrow('stem.language: unknown value "klingon"; known: english');
    const kind = cleanStages.stem as CleanStage<Descriptor, unknown>;
    const table = tableOf({ text: { type: "text", values: ["a"] } }, 1);
    expect(() => finish(kind.apply(stem(), table, null))).toThrow('stem: expected words, but "text" holds text; put tokenize() before it');
  });
});

describe("removeStopwords", () => {
  test.each<[Parameters<typeof removeStopwords>[0], string, string]>([
    [{}, "The cat didn't sit on THE mat; it’s not well", "cat sit mat well"],
    [{ except: ["Not"], also: ["CAT"] }, "the cat is not here", "not"],
    [{ language: "german" }, "Die Katze und der Hund sind nicht müde", "Katze Hund müde"],
    [{ language: "french" }, "L’homme n'est pas d’ici aujourd’hui", "homme aujourd’hui"],
    [{ language: "spanish" }, "El gato no está en la mesa", "gato mesa"],
  ])("%j", (settings, text, expected) => {
    expect(made([text, ""], removeStopwords(settings))).toEqual({ texts: [expected, ""], changed: 1 });
  });

  test.each(Object.keys(stopwords) as (keyof typeof stopwords)[])(
    "%s: words once each, in lower case, as the tokenizer gives them",
    (language) => {
      const list = stopwordsOf(language);
      expect(list.length).toBeGreaterThan(150);
      expect([...new Set(list)]).toEqual(list);
      expect(made([list.join(" ")]).texts).toEqual([list.join(" ").toLowerCase()]);
    },
  );

  test("English contractions without their apostrophe go, unless they are words of their own", () => {
    const list = new Set(stopwordsOf("english"));
    for (const word of ["dont", "isnt", "youre"]) expect(list.has(word), word).toBe(true);
    for (const word of ["well", "hell", "shell", "ill", "shed", "wed", "id", "cant", "wont"]) expect(list.has(word), word).toBe(false);
  });

  test("refuses languages that it does not know", () => {
    expect(() => removeStopwords({ language: "englisch" as never })).toThrow('did you mean "english"?');
  });
});
