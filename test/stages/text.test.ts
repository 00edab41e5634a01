// Text stages, one by one: what they make of texts, scikit-learn's and Keras's numbers, and what they say to the wrong input.
import { describe, expect, test } from "vitest";
import type { Descriptor } from "../../src/check.ts";
import { type Column, column, type NumericColumn, type SequencesColumn, type Table } from "../../src/data/table.ts";
import { take } from "../../src/data/take.ts";
import { purpose, random, shuffle } from "../../src/random.ts";
import { dropDuplicates } from "../../src/stages/clean/dropDuplicates.ts";
import { dropIncomplete } from "../../src/stages/clean/dropIncomplete.ts";
import { cleanStages, normalizeStages } from "../../src/stages/index.ts";
import type { CleanStage, ColumnStage } from "../../src/stages/stage.ts";
import { bagOfWords } from "../../src/stages/text/bagOfWords.ts";
import { encode } from "../../src/stages/text/encode.ts";
import { normalizeText } from "../../src/stages/text/normalizeText.ts";
import { pad } from "../../src/stages/text/pad.ts";
import { removeNumbers } from "../../src/stages/text/removeNumbers.ts";
import { removePunctuation } from "../../src/stages/text/removePunctuation.ts";
import { removeUrls } from "../../src/stages/text/removeUrls.ts";
import { tfidf } from "../../src/stages/text/tfidf.ts";
import { tokenize } from "../../src/stages/text/tokenize.ts";
import { type VocabularyFit, vocabulary, vocabularyStage } from "../../src/stages/text/vocabulary.ts";
import { mapWords } from "../../src/stages/text/words.ts";
import { finish } from "../../src/stages/work.ts";
import { golden, noGolden } from "../support/golden.ts";
import { requireComplete } from "../support/work.ts";
import { tableOf, vectors } from "./tables.ts";

const textTable = (values: readonly string[]): Table => tableOf({ text: { type: "text", values } }, values.length);

const cleaned = (table: Table, ...stages: Descriptor[]): Table =>
  stages.reduce((t, stage) => {
    const kind = cleanStages[stage.kind] as CleanStage<Descriptor, unknown>;
    return finish(kind.apply(stage, t, null)).table;
  }, table);

/** One text after one stage. */
function after(stage: Descriptor, text: string): string | undefined {
  const c = column(cleaned(textTable([text]), stage), "text");
  return c.type === "text" ? c.values[0] : undefined;
}

const tokens = (values: readonly string[], ...stages: Descriptor[]): Column =>
  column(cleaned(textTable(values), ...stages, tokenize()), "text");

/** Fits each stage on the column and applies it. */
const normalized = (from: Column, ...stages: Descriptor[]): Column =>
  stages.reduce((c, stage) => {
    const kind = normalizeStages[stage.kind] as ColumnStage<Descriptor, unknown>;
    return kind.apply(stage, c, kind.fit(stage, c));
  }, from);

const wordRows = (c: Column): string[][] =>
  c.type !== "tokens"
    ? []
    : Array.from({ length: c.offsets.length - 1 }, (_, row) =>
        [...c.ids.subarray(c.offsets[row], c.offsets[row + 1])].map((id) => c.words[id] as string),
      );

const numberRows = ({ data, shape }: NumericColumn): number[][] =>
  Array.from({ length: data.length / (shape[0] as number) }, (_, row) => [
    ...data.subarray(row * (shape[0] as number), (row + 1) * (shape[0] as number)),
  ]);

describe("cleaning", () => {
  test.each<[Descriptor, string, string]>([
    [normalizeText(), "  The ﬁrst\t\n ÉCOLE  ", "the first école"],
    [normalizeText({ case: "keep", stripAccents: true }), "Éa\u0301 Ünï", "Ea Uni"],
    [normalizeText({ form: "NFC" }), "ﬁ e\u0301", "ﬁ é"],
    [removePunctuation(), "don't stop—it’s «good»... $5 #1!", "dont stop its  good      5  1 "],
    [removePunctuation({ keep: "!'" }), "don't stop!", "don't stop!"],
    [removeNumbers(), "In 1999, b2b and 3d took 3.5 of 10,000.", "In  , b2b and 3d took   of  ."],
    [removeNumbers({ replaceWith: "0" }), "1 or $& 22", "0 or $& 0"],
    [removeUrls(), "see http://a.org/b?c=d, www.x.com. or me.too@mail.co.uk!", "see  ,  . or  !"],
    [removeUrls({ replaceWith: "URL" }), "(https://a.org/x_(y)) ok", "(URL)) ok"],
    [removeUrls(), "a.b @user http:// c", "a.b @user http:// c"],
  ])("%o", (stage, text, made) => {
    expect(after(stage, text)).toBe(made);
  });

  test("counts the texts that changed", () => {
    const stage = normalizeText();
    const kind = cleanStages.normalizeText as CleanStage<Descriptor, unknown>;
    expect(finish(kind.apply(stage, textTable(["a", "B", "c "]), null)).changed).toBe(2);
  });

  test("tokenize divides by words, spaces or characters", () => {
    const by = (how: "words" | "whitespace" | "characters"): string[][] =>
      wordRows(column(cleaned(textTable(["e-mail  me, é\u{1f600}"]), tokenize({ by: how })), "text"));
    expect(by("words")).toEqual([["e", "mail", "me", "é"]]);
    expect(by("whitespace")).toEqual([["e-mail", "me,", "é\u{1f600}"]]);
    expect(by("characters")).toEqual([[..."e-mail  me, é\u{1f600}"]]);
  });

  test("every word is kept once, and rows are the same when they are taken out", () => {
    const c = tokens(["the cat the", "", "a cat"]);
    if (c.type !== "tokens") throw new Error("no tokens");
    expect(c.words).toEqual(["the", "cat", "a"]);
    expect([[...c.ids], [...c.offsets]]).toEqual([
      [0, 1, 0, 2, 1],
      [0, 3, 3, 5],
    ]);
    const table = tableOf({ text: c }, 3);
    for (const positions of [[2, 0], [1, 2], [1], [], [2, 2, 1]]) {
      const some = column(take(table, Uint32Array.from(positions)), "text");
      expect(wordRows(some)).toEqual(positions.map((p) => wordRows(c)[p]));
    }
  });

  test("mapWords joins words that become one, and takes out those that become nothing", () => {
    const c = tokens(["Cat dog cats", "dog", "cat"]);
    if (c.type !== "tokens") throw new Error("no tokens");
    const middle = column(take(tableOf({ text: c }, 3), Uint32Array.of(1, 2)), "text");
    if (middle.type !== "tokens") throw new Error("no tokens");
    const change = (word: string): string => (word === "dog" ? "" : word.toLowerCase().replace(/s$/, ""));
    expect(wordRows(finish(mapWords(c, change)))).toEqual([["cat", "cat"], [], ["cat"]]);
    expect(finish(mapWords(c, change)).words).toEqual(["cat"]);
    expect(wordRows(finish(mapWords(middle, change)))).toEqual([[], ["cat"]]);
  });

  test("duplicates are found among words as among texts", () => {
    const table = cleaned(textTable(["a b", "a  b", "b a", "a b c", "a b"]), tokenize());
    expect([...cleaned(table, dropDuplicates()).ids]).toEqual([100, 102, 103]);
    expect([...cleaned(textTable(["a b", "a  b", "a b"]), dropDuplicates()).ids]).toEqual([100, 101]);
  });

  test("texts without words are named, and dropIncomplete removes them", () => {
    const blank = textTable(["a", " \n", ""]);
    expect(() => requireComplete(blank)).toThrow(
      'column "text": 2 of 3 rows are empty, the first is text of row 101; add fillMissing() or dropIncomplete() to clean',
    );
    const words = cleaned(textTable(["a", "...", "b"]), tokenize());
    expect(() => requireComplete(words)).toThrow(
      'column "text": 1 of 3 rows have no words, the first is text of row 101; add dropIncomplete() to the end of clean',
    );
    expect([...cleaned(words, dropIncomplete()).ids]).toEqual([100, 102]);
    requireComplete(cleaned(words, dropIncomplete()));
  });

  test.each<[Table, Descriptor, string]>([
    [tableOf({ x: vectors([[1]]) }, 1), normalizeText(), 'normalizeText: expected text, but "x" holds numbers'],
    [tableOf({ x: vectors([[1]]) }, 1), tokenize(), 'tokenize: expected text, but "x" holds numbers'],
    [cleaned(textTable(["a"]), tokenize()), removeUrls(), 'removeUrls: expected text, but "text" holds words; put it before tokenize()'],
    [textTable(["a"]), tokenize({ columns: ["txt"] }), 'tokenize.columns: there is no column "txt"; the columns are label, text'],
    [textTable(["a"]), tokenize({ columns: ["label"] }), 'tokenize: expected text, but "label" holds numbers'],
  ])("the wrong input is refused: %#", (table, stage, message) => {
    expect(() => cleaned(table, stage)).toThrow(message);
  });
});

describe("vocabulary", () => {
  const learned = (values: readonly string[], settings: Parameters<typeof vocabulary>[0] = {}): VocabularyFit =>
    vocabularyStage.fit(vocabulary(settings), tokens(values));

  test("counts, then letters, decide the order; 0 is padding and 1 unknown", () => {
    const fitted = learned(["b a c", "c b", "z c"]);
    expect(fitted).toEqual({ words: ["", "[UNK]", "c", "b", "a", "z"], size: 6, distinct: 4, coverage: 1 });
    expect(learned(["b a c", "c b", "z c"], { maxWords: 4, oov: "?" })).toEqual({
      words: ["", "?", "c", "b"],
      size: 4,
      distinct: 4,
      coverage: 5 / 7,
    });
    expect(learned(["b a c", "c b", "z c"], { minCount: 2 }).words).toEqual(["", "[UNK]", "c", "b"]);
    expect(vocabularyStage.note?.(fitted)).toBe("4 of 4 words of the training rows, which cover 100.0 % of their text");
  });

  test("the order of the rows, and rows that are not for training, change nothing", () => {
    const source = random(2, purpose.data);
    const rows = Array.from({ length: 200 }, () => Array.from({ length: 8 }, () => `w${Math.floor(40 * source.uniform() ** 2)}`).join(" "));
    const order = Uint32Array.from({ length: 150 }, (_, i) => i);
    shuffle(order, random(7, purpose.data));
    const fitted = learned(rows.slice(0, 150));
    expect(learned(Array.from(order, (i) => rows[i] as string))).toEqual(fitted);
    const all = tableOf({ text: tokens([...rows.slice(150), ...rows.slice(0, 150)]) }, 200);
    const train = column(
      take(
        all,
        Uint32Array.from({ length: 150 }, (_, i) => 50 + i),
      ),
      "text",
    );
    expect(vocabularyStage.fit(vocabulary(), train)).toEqual(fitted);
  });

  test("a vocabulary that gives no word says why", () => {
    expect(() => learned(["a b", "c"], { minCount: 2 })).toThrow(
      "vocabulary: the training rows give no word: none of their 3 words stands in them 2 times; lower minCount",
    );
    expect(() => learned(["...", ""])).toThrow("vocabulary: the training rows give no word: they have none");
  });

  test.each<[unknown, string]>([
    [{ words: "a" }, 'here.words: expected a list of words, got "a"'],
    [{ words: ["a", "?"], size: 2 }, 'here.words[0]: expected "", which is padding, got "a"'],
    [{ words: ["", "?"] }, "here.size: expected how many words there were, got undefined"],
    [{ words: ["", 3], size: 2 }, "here.words[1]: expected a word, got 3"],
    [{ words: ["", "?", "a", "a"], size: 4 }, 'here.words[3]: "a" stands at 2 already; every word has one number'],
    [
      { words: ["", "?", "a"], size: 4 },
      "here.words: expected 4 words, as the model was trained with, got 3; the numbers of words must not move",
    ],
  ])("an edited list is refused: %#", (fitted, message) => {
    expect(() => vocabularyStage.check?.(fitted, "here")).toThrow(message);
  });
});

describe("numbers", () => {
  const rows = ["a b a", "c", "b zz a"];
  const known = (): Column =>
    vocabularyStage.apply(vocabulary(), tokens(rows), { words: ["", "[UNK]", "a", "b"], size: 4, distinct: 4, coverage: 1 });

  test("encode marks or drops unknown words", () => {
    const ids = (unknown: "mark" | "drop"): number[][] => {
      const c = normalized(known(), encode({ unknown })) as SequencesColumn;
      return [0, 1, 2].map((row) => [...c.ids.subarray(c.offsets[row], c.offsets[row + 1])]);
    };
    expect(ids("mark")).toEqual([[2, 3, 2], [1], [3, 1, 2]]);
    expect(ids("drop")).toEqual([[2, 3, 2], [], [3, 2]]);
  });

  test("pad takes the longest training row where no length is given", () => {
    expect(normalized(known(), encode(), pad())).toMatchObject({ shape: [3], data: Uint16Array.of(2, 3, 2, 0, 0, 1, 3, 1, 2) });
    expect(normalized(tokens(["a"]), vocabulary(), encode(), pad())).toMatchObject({ shape: [1], vocabulary: ["", "[UNK]", "a"] });
  });

  test("numbers beyond 16 bits keep their 32", () => {
    const words = Array.from({ length: 2 ** 16 }, (_, i) => `w${i}`);
    const many = vocabularyStage.apply(vocabulary(), tokens(["w65535 w0 no"]), {
      words: ["", "?", ...words],
      size: 65538,
      distinct: 1,
      coverage: 1,
    });
    expect(normalized(many, encode(), pad())).toMatchObject({ data: Int32Array.of(65537, 2, 1) });
  });

  test("bagOfWords counts, in bytes where only presence is asked for", () => {
    expect(normalized(known(), bagOfWords())).toMatchObject({ shape: [2], data: Float32Array.of(2, 1, 0, 0, 1, 1), features: ["a", "b"] });
    expect(normalized(known(), bagOfWords({ binary: true }))).toMatchObject({ data: Uint8Array.of(1, 1, 0, 0, 1, 1) });
  });

  test("more than fits into memory is refused before it is made", () => {
    const words = Array.from({ length: 40_000 }, (_, i) => `w${i}`);
    const wide = vocabularyStage.apply(vocabulary(), tokens(Array.from({ length: 20_000 }, () => "w1")), {
      words: ["", "?", ...words],
      size: 40_002,
      distinct: 1,
      coverage: 1,
    });
    expect(() => normalized(wide, tfidf())).toThrow("tfidf: 20,000 rows of 40,000 words take 3.2 GB; lower maxWords of vocabulary()");
  });

  test.each<[() => Column, Descriptor, string]>([
    [
      () => ({ type: "text", values: ["a"] }),
      vocabulary(),
      "vocabulary: expected words, but the input holds text; add tokenize() to clean",
    ],
    [() => tokens(["a"]), encode(), "encode: there is no vocabulary yet; put vocabulary() before it"],
    [() => tokens(["a"]), tfidf(), "tfidf: there is no vocabulary yet; put vocabulary() before it"],
    [() => tokens(["a"]), pad(), "pad: expected word numbers, but the input holds words; put encode() before it"],
    [() => ({ type: "text", values: ["a"] }), pad(), "pad: expected word numbers, but the input holds text; put encode() before it"],
    [() => vectors([[1]]), pad(), "pad: expected word numbers, but the input holds numbers"],
    [() => normalized(tokens(["a"]), vocabulary(), encode()), bagOfWords(), "bagOfWords: expected words, but the input holds word numbers"],
  ])("stages in the wrong order say which is missing: %#", (make, stage, message) => {
    expect(() => normalized(make(), stage)).toThrow(message);
  });
});

interface TextCase {
  readonly id: string;
  readonly op: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly docs: readonly string[];
  readonly vocabulary: readonly string[];
  readonly idf?: readonly number[];
  readonly matrix: readonly (readonly number[])[];
  readonly sequences: readonly (readonly number[])[];
  readonly expected: readonly (readonly number[])[];
}

describe.skipIf(noGolden)("against scikit-learn and Keras (needs ../shared/golden)", () => {
  const cases = golden<TextCase>("text") ?? [];
  /** Words of one letter are none for scikit-learn; among these texts that is "A". */
  const words = (docs: readonly string[]): Column => {
    const c = tokens(docs, normalizeText());
    return c.type === "tokens" ? finish(mapWords(c, (word) => (word.length > 1 ? word : ""))) : c;
  };
  const near = (made: NumericColumn, { vocabulary: names, matrix }: TextCase): void => {
    expect([...(made.features ?? [])].sort()).toEqual(names);
    const rows = numberRows(made);
    matrix.forEach((row, r) => {
      names.forEach((name, i) => {
        expect(Math.abs((rows[r]?.[made.features?.indexOf(name) ?? -1] as number) - (row[i] as number))).toBeLessThan(1e-6);
      });
    });
  };

  test.each(
    cases.filter(({ op, params }) => op === "countVectorizer" && params.analyzer === undefined && params.ngram_range === undefined),
  )("$id", (golden) => {
    const stops = new Set((golden.params.stop_words as string[] | undefined) ?? []);
    const c = words(golden.docs);
    const kept = c.type === "tokens" ? finish(mapWords(c, (word) => (stops.has(word) ? "" : word))) : c;
    const settings = {
      ...(golden.params.min_df !== undefined && { minCount: golden.params.min_df as number }),
      ...(golden.params.max_features !== undefined && { maxWords: 2 + (golden.params.max_features as number) }),
    };
    near(normalized(kept, vocabulary(settings), bagOfWords({ binary: golden.params.binary === true })) as NumericColumn, golden);
  });

  test.each(cases.filter(({ op }) => op === "tfidf"))("$id", (golden) => {
    const { smooth_idf, sublinear_tf, norm } = golden.params;
    const settings = {
      ...(smooth_idf !== undefined && { smoothIdf: smooth_idf as boolean }),
      ...(sublinear_tf !== undefined && { sublinearTf: sublinear_tf as boolean }),
      ...(norm !== undefined && { norm: (norm ?? "none") as "l1" }),
    };
    near(normalized(words(golden.docs), vocabulary(), tfidf(settings)) as NumericColumn, golden);
  });

  test.each(cases.filter(({ op }) => op === "padSequences"))("$id", ({ params, sequences, expected }) => {
    const lengths = sequences.map((s) => s.length);
    const offsets = Uint32Array.from([0, ...lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b))]);
    const from: SequencesColumn = { type: "sequences", ids: Int32Array.from(sequences.flat()), offsets, vocabulary: [] };
    const stage = pad({ length: params.maxlen as number, side: params.padding as "pre", truncate: params.truncating as "pre" });
    expect(numberRows(normalized(from, stage) as NumericColumn)).toEqual(expected);
  });
});
