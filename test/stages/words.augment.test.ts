// What the stages that change words do to a row of word numbers, and what they leave.
import { describe, expect, test } from "vitest";
import { purpose, random } from "../../src/random.ts";
import type { AugmentStage } from "../../src/stages/stage.ts";
import { synonyms, synonymsStage } from "../../src/stages/text/synonyms.ts";
import { wordDropout, wordDropoutStage } from "../../src/stages/text/wordDropout.ts";
import { wordSwap, wordSwapStage } from "../../src/stages/text/wordSwap.ts";

const vocabulary = ["", "[UNK]", "good", "fine", "great", "bad", "film"];

/** A row after a stage, with these draws. */
function changed<D extends { readonly kind: string }>(
  kind: AugmentStage<D>,
  stage: D,
  row: readonly number[],
  draws: readonly number[],
): number[] {
  const words = Int32Array.from(row);
  let next = 0;
  kind.words?.(stage, vocabulary)(words, () => draws[next++] as number);
  return [...words];
}

describe("wordDropout", () => {
  test("hides the words whose draw is below the rate", () => {
    expect(changed(wordDropoutStage, wordDropout({ rate: 0.5 }), [2, 3, 4, 5], [0.49, 0.5, 0, 0.9])).toEqual([1, 3, 1, 5]);
  });

  test("hides that share of many words; none at 0, all at 1", () => {
    const row = new Array<number>(4000).fill(3);
    const draws = Array.from({ length: 4000 }, random(1, purpose.augment).uniform);
    const hidden = (rate: number): number => changed(wordDropoutStage, wordDropout({ rate }), row, draws).filter((w) => w === 1).length;
    expect([hidden(0), hidden(1)]).toEqual([0, 4000]);
    expect(Math.abs(hidden(0.2) - 800)).toBeLessThan(80);
  });
});

describe("wordSwap", () => {
  test("exchanges a word with the next one, once", () => {
    expect(changed(wordSwapStage, wordSwap({ rate: 0.5 }), [2, 3, 4, 5, 6], [0.1, 0.9, 0.2])).toEqual([3, 2, 4, 6, 5]);
    expect(changed(wordSwapStage, wordSwap({ rate: 1 }), [2, 3, 4], [0, 0])).toEqual([3, 2, 4]);
    expect(changed(wordSwapStage, wordSwap({ rate: 1 }), [2], [])).toEqual([2]);
    expect(changed(wordSwapStage, wordSwap({ rate: 1 }), [], [])).toEqual([]);
  });

  test("keeps the words that there are", () => {
    const row = Array.from({ length: 100 }, (_, i) => i);
    const made = changed(wordSwapStage, wordSwap({ rate: 0.3 }), row, Array.from({ length: 100 }, random(2, purpose.augment).uniform));
    expect(made).not.toEqual(row);
    expect(made.toSorted((a, b) => a - b)).toEqual(row);
  });
});

describe("synonyms", () => {
  const stage = synonyms({ table: { good: ["fine", "superb", "great"], bad: ["dire"], film: ["good"] }, rate: 0.5 });

  test("puts one of the known synonyms, each equally likely, and draws for these words alone", () => {
    expect(changed(synonymsStage, stage, [2, 5, 3, 2, 6, 2], [0.24, 0.25, 0.3, 0.5])).toEqual([3, 5, 3, 4, 2, 2]);
    const rows = changed(
      synonymsStage,
      stage,
      new Array<number>(4000).fill(2),
      Array.from({ length: 4000 }, random(3, purpose.augment).uniform),
    );
    for (const [word, share] of [
      [2, 0.5],
      [3, 0.25],
      [4, 0.25],
    ] as const) {
      expect(Math.abs(rows.filter((w) => w === word).length - 4000 * share)).toBeLessThan(150);
    }
  });

  test("a table of which the vocabulary has nothing is refused", () => {
    expect(() => synonymsStage.words?.(synonyms({ table: { Good: ["Fine"], dull: ["bad"] }, rate: 1 }), vocabulary)).toThrow(
      'synonyms.table: the vocabulary has no word of it together with a synonym ("Good", "dull", …); write words as clean leaves them',
    );
  });

  test.each<[unknown, string]>([
    [{ table: {}, rate: 1 }, 'synonyms.table: expected a table such as { good: ["fine", "great"] }, got {}'],
    [{ table: { good: "fine" }, rate: 1 }, 'synonyms.table.good: expected a list of 1 or more, got "fine"'],
    [{ table: { good: ["fine"] }, rate: 2 }, "synonyms.rate: expected a number >= 0 and <= 1, got 2"],
  ])("settings that make no sense are refused: %#", (settings, message) => {
    expect(() => synonyms(settings as never)).toThrow(message);
  });
});
