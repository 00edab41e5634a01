// A model of texts from the command line: inspected, trained with its history drawn, and asked.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textsOf } from "../../src/node/cli/textRows.ts";
import { lanewise, type Outcome } from "./commandLine.ts";

const cwd = mkdtempSync(join(tmpdir(), "lanewise-text-"));
afterAll(() => rmSync(cwd, { recursive: true }));
const call = (...args: string[]): Promise<Outcome> => lanewise(args, { cwd, env: { LANG: "C.UTF-8", LC_ALL: "" } });
const refusal = async (...args: string[]): Promise<string> => {
  const { code, stderr, stdout } = await call(...args);
  expect([code, stdout]).toEqual([2, ""]);
  return stderr.trimEnd();
};

const opinions = `import { adam, arrays, bagOfWords, dense, normalizeText, pipeline, tokenize, vocabulary } from "lanewise";
const x = Array.from({ length: 40 }, (_, i) => (i % 2 ? "A good film, number " : "A bad film, number ") + (i % 5));
export default pipeline({
  source: arrays({ x, y: x.map((text) => (text.includes("good") ? "pos" : "neg")) }),
  clean: [normalizeText(), tokenize()],
  normalize: [vocabulary(), bagOfWords()],
  split: { test: 0.2 },
  model: [dense(2, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.1 }), loss: "sparseCategoricalCrossentropy", epochs: 30 },
});
`;

beforeAll(async () => {
  writeFileSync(join(cwd, "opinions.ts"), opinions);
  const { code, stdout } = await call("run", "opinions.ts", "--out", "run");
  expect(code).toBe(0);
  expect(stdout).not.toContain("⠒⠒");
});

describe("texts", () => {
  it("are shown stage by stage by inspect, and counted as asked for", async () => {
    const { stdout } = await call("inspect", "opinions.ts");
    expect(stdout.split("\n").slice(0, 7)).toEqual([
      "Row 0, stage by stage",
      '  source arrays         "A bad film, number 0"',
      '  clean normalizeText   "a bad film, number 0"',
      "  clean tokenize        a · bad · film · number · 0",
      "  normalize vocabulary  the same",
      expect.stringMatching(/^ {2}normalize bagOfWords {2}.*bad 1/),
      "",
    ]);
    const { stages } = JSON.parse((await call("inspect", "opinions.ts", "--rows", "1", "--json")).stdout) as {
      stages: { rows: unknown[] }[];
    };
    expect(stages.map(({ rows }) => rows.length)).toEqual([1, 1, 1, 1, 1]);
    expect((await call("inspect", "opinions.ts", "--rows", "0")).stdout).toMatch(/^Model/);
    expect(await refusal("inspect", "opinions.ts", "--rows", "two")).toBe('lanewise: --rows: expected a number, got "two"');
  });

  it("have their history drawn on request, though nobody watches", async () => {
    const { stdout } = await call("run", "opinions.ts", "--out", "drawn", "--plot", "--quiet", "--set", "train.epochs=2");
    expect(stdout).toMatch(/^\n {7}loss {2}⠒⠒ training +accuracy {2}⠒⠒ training\n/);
    const resumed = await call("run", "opinions.ts", "--out", "drawn", "--resume", "--set", "train.epochs=3", "--plot");
    expect(resumed.stdout).toMatch(/└─+ +└─+\n +1 +epoch 3 +1 +epoch 3\n/);
  });

  it("are asked for one by one, with the words that moved the answer", async () => {
    const { code, stdout } = await call("predict", "run", "--text", "What good, good films");
    expect(code).toBe(0);
    const [answer, , title, first] = stdout.split("\n");
    expect(answer).toMatch(/^What good, good films {2}pos {2}\d\d\.\d\d %$/);
    expect(title).toBe('What moved "pos" most (each word left out of "What good, good films" in turn)');
    expect(first).toMatch(/^ {2}good +\+\d\d\.\d\d % {2}▇{20}$/);
    const [json] = JSON.parse((await call("predict", "run", "--text", "zyx bad", "--json")).stdout) as [Record<string, unknown>];
    expect(json).toMatchObject({ input: "zyx bad", class: "neg", words: 2, unknownWords: 1 });
    expect(json.influences).toEqual([
      { word: "bad", change: expect.any(Number) },
      { word: "zyx", change: 0 },
    ]);
    expect((await call("predict", "run", "--text", "zyx")).stdout).toContain("⚠ zyx: its one word is not in the vocabulary");
  });

  it("are asked for by file: lines, JSON lines, JSON", async () => {
    writeFileSync(join(cwd, "a.txt"), "good\n\nbad film\r\n");
    writeFileSync(join(cwd, "b.jsonl"), '{"x":"good"}\n"bad"\n{"text":"good"}\n');
    writeFileSync(join(cwd, "c.json"), '["bad"]');
    const { stdout } = await call("predict", "run", "a.txt", "b.jsonl", "c.json", "--json");
    const answers = JSON.parse(stdout) as { input: string; class: string }[];
    expect(answers.map((a) => [a.input, a.class])).toEqual([
      ["a.txt:1", "pos"],
      ["a.txt:3", "neg"],
      ["b.jsonl:1", "pos"],
      ["b.jsonl:2", "neg"],
      ["b.jsonl:3", "pos"],
      ["c.json", "neg"],
    ]);
  });

  it("that cannot be read are refused in one line", async () => {
    writeFileSync(join(cwd, "bad.jsonl"), '{"text": "a"}\n{"txt": 3}\n');
    expect(await refusal("predict", "run")).toBe("lanewise: predict: INPUT is missing; see lanewise predict --help");
    expect(await refusal("predict", "run", "bad.jsonl")).toBe(
      'lanewise: bad.jsonl:2: expected a string or an object with "x", got {"txt":3}',
    );
    expect(await refusal("predict", "run", "--text", "...")).toBe(
      "lanewise: --text: predict row 0: no words are left of the text after clean",
    );
    const read = (name: string, bytes: ArrayLike<number>) => () => textsOf(Uint8Array.from(bytes), name, "x");
    expect(read("latin.txt", [0x66, 0xe9])).toThrow("latin.txt: it is not text in UTF-8");
    expect(read("empty.txt", Buffer.from("\n \n"))).toThrow("empty.txt: there is no text in it");
    expect(read("a.json", Buffer.from("[1]"))).toThrow('a.json[0]: expected a string or an object with "x", got 1');
    expect(read("a.json", Buffer.from("[1"))).toThrow("a.json: not JSON: ");
    expect(read("x.png", [])).toThrow(
      'x.png: this model reads texts; expected a .txt file with one text a line, a .jsonl or .json file, or --text "…"',
    );
  });
});

describe("generate", () => {
  it("writes on from the prompt, and refuses a model that says what a text is", async () => {
    writeFileSync(join(cwd, "plays.txt"), "to be or not to be, ".repeat(60));
    writeFileSync(
      join(cwd, "plays.ts"),
      `import { dense, embedding, encode, lstm, nextCharacters, pad, pipeline, tokenize, vocabulary } from "lanewise";
export default pipeline({
  source: nextCharacters({ path: "plays.txt", length: 10 }),
  clean: [tokenize({ by: "characters" })],
  normalize: [vocabulary(), encode(), pad({ length: 10, side: "post" })],
  model: [embedding(20, 8), lstm(8, { returnSequences: true }), dense(9, { activation: "softmax" })],
  train: { loss: "sparseCategoricalCrossentropy" },
});
`,
    );
    expect((await call("run", "plays.ts", "--out", "plays")).code).toBe(0);
    const { stdout } = await call("generate", "plays", "--prompt", "to be", "--length", "20", "--seed", "3");
    expect(stdout).toMatch(/^to be[benorot, ]{20}\n$/);
    const { prompt, text } = JSON.parse(
      (await call("generate", "plays", "--prompt", "to be", "--length", "20", "--seed", "3", "--json")).stdout,
    );
    expect(`${prompt}${text}\n`).toBe(stdout);
    expect(await refusal("generate", "plays", "--length", "many")).toBe('lanewise: --length: expected a number, got "many"');
    expect(await refusal("generate", "run", "--prompt", "A good")).toMatch(/the model says what a text is \(neg, pos …\)/);
  });
});
