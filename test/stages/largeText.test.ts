// One text of 10 MB passes every text stage.
import { expect, test } from "vitest";
import type { Descriptor } from "../../src/check.ts";
import { column, type Table } from "../../src/data/table.ts";
import { cleanStages } from "../../src/stages/index.ts";
import type { CleanStage } from "../../src/stages/stage.ts";
import { normalizeText } from "../../src/stages/text/normalizeText.ts";
import { removeNumbers } from "../../src/stages/text/removeNumbers.ts";
import { removePunctuation } from "../../src/stages/text/removePunctuation.ts";
import { removeStopwords } from "../../src/stages/text/removeStopwords.ts";
import { removeUrls } from "../../src/stages/text/removeUrls.ts";
import { stem } from "../../src/stages/text/stem.ts";
import { stripHtml } from "../../src/stages/text/stripHtml.ts";
import { tokenize } from "../../src/stages/text/tokenize.ts";
import { finish } from "../../src/stages/work.ts";
import { tableOf } from "./tables.ts";

const cleaned = (text: string, ...stages: Descriptor[]): Table =>
  stages.reduce<Table>(
    (table, stage) => finish((cleanStages[stage.kind] as CleanStage<Descriptor, unknown>).apply(stage, table, null)).table,
    tableOf({ text: { type: "text", values: [text] } }, 1),
  );

test("a review of 10 MB", () => {
  const sentence = "The films weren&#39;t <i>running</i> at 1,999 (see www.x.org)<br />";
  const repeats = Math.ceil(10_000_000 / sentence.length);
  const stages = [stripHtml(), normalizeText(), removeUrls(), removeNumbers(), removePunctuation(), tokenize(), removeStopwords(), stem()];
  const words = column(cleaned(sentence.repeat(repeats), ...stages), "text");
  if (words.type !== "tokens") throw new Error("no words");
  expect([words.words, words.ids.length]).toEqual([["film", "run", "see"], 3 * repeats]);
});

test.each([
  ["numbers in a row", "1,", removeNumbers(), 2 * Math.ceil(5_000_000 / 65)],
  ["one number", "1", removeNumbers(), 1],
  ["spaces", " ", normalizeText(), 0],
  ["marks", ".", removePunctuation(), 10_000_000],
])("10 MB of %s", (_, piece, stage, length) => {
  const text = column(cleaned(piece.repeat(10_000_000 / piece.length), stage), "text");
  expect(text.type === "text" && text.values[0]?.length).toBe(length);
});
