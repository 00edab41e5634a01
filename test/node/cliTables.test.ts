// A table from the command line: trained, inspected, and asked by JSON, by file and as objects.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lanewise, type Outcome } from "./commandLine.ts";

const cwd = mkdtempSync(join(tmpdir(), "lanewise-tables-"));
afterAll(() => rmSync(cwd, { recursive: true }));
const call = (...args: string[]): Promise<Outcome> => lanewise(args, { cwd, env: { LANG: "C.UTF-8", LC_ALL: "" } });

const pipeline = `import { adam, csv, dense, fillMissing, oneHot, pipeline, standardize } from "lanewise";
export default pipeline({
  source: csv("people.csv"),
  clean: [fillMissing({ columns: "numeric" })],
  normalize: [standardize(), oneHot()],
  split: { test: 0.2 },
  model: [dense(2, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.1 }), loss: "sparseCategoricalCrossentropy", epochs: 30 },
});
`;

beforeAll(async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${20 + (i % 40)},${i % 2 ? "Rom" : "Bern"},${i % 2 ? "yes" : "no"}`);
  writeFileSync(join(cwd, "people.csv"), `age,city,says\n${rows.join("\n")}\n`);
  writeFileSync(join(cwd, "people.ts"), pipeline);
  writeFileSync(join(cwd, "ask.csv"), "city,age\nRom,\nBern,30\n");
  writeFileSync(join(cwd, "ask.jsonl"), '{ "city": "Rom" }\n\n{ "age": 30, "city": "Bern", "says": "no" }\n');
  writeFileSync(join(cwd, "ask.json"), '[{ "city": "Rom" }, [30, "Bern"]]');
  const { code, stdout, stderr } = await call("run", "people.ts", "--out", "run");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("1 numbers (age), 1 categories (city 2) → says, 2 classes");
});

it("is shown stage by stage", async () => {
  const { stdout } = await call("inspect", "people.ts", "--rows", "1");
  expect(stdout.split("\n").slice(0, 5)).toEqual([
    "Row 0, stage by stage",
    "  source csv             age 20; city Bern",
    "  clean fillMissing      the same",
    expect.stringMatching(/^ {2}normalize standardize {2}age -1\.\d+; city Bern$/),
    expect.stringMatching(/^ {2}normalize oneHot {7}age -1\.\d+; city city=Bern 1/),
  ]);
});

it.each([
  [["ask.csv"], ["ask.csv[0]", "ask.csv[1]"]],
  [["ask.json"], ["ask.json[0]", "ask.json[1]"]],
  [["ask.jsonl"], ["ask.jsonl[0]", "ask.jsonl[1]"]],
  [
    ['{"city": "Rom"}', '[30, "Bern"]'],
    ['{"city": "Rom"}', '[30, "Bern"]'],
  ],
])("answers %j", async (inputs, names) => {
  const { code, stdout } = await call("predict", "run", ...inputs, "--json");
  const answers = JSON.parse(stdout) as { input: string; class: string }[];
  expect([code, answers.map((answer) => [answer.input, answer.class])]).toEqual([
    0,
    [
      [names[0], "yes"],
      [names[1], "no"],
    ],
  ]);
});

it("refuses what does not fit in one line", async () => {
  const { code, stderr } = await call("predict", "run", '{"town": "Rom"}');
  expect([code, stderr.trim()]).toEqual([2, 'lanewise: {"town": "Rom"}: predict row 0: unknown column "town"; known: age, city, says']);
  const text = await call("predict", "run", "--text", "Rom");
  expect(text.stderr.trim()).toBe("lanewise: --text: this model reads rows of 2 columns (age: numbers, city: categories), not texts");
});

it("of JSON is trained, shown and asked in the same words", async () => {
  const people = Array.from({ length: 60 }, (_, i) => ({
    person: { age: 20 + (i % 40), member: i % 3 === 0 },
    city: i % 2 ? "Rom" : "Bern",
    says: i % 2 ? "yes" : "no",
  }));
  writeFileSync(join(cwd, "people.json"), JSON.stringify({ data: { people } }));
  writeFileSync(
    join(cwd, "json.ts"),
    pipeline.replace("csv,", "json,").replace('csv("people.csv")', 'json("people.json", { rows: "data.people" })'),
  );
  const shown = await call("inspect", "json.ts", "--rows", "1");
  expect(shown.stdout.split("\n").slice(1, 3)).toEqual([
    "  source json            person.age 20; person.member true; city Bern",
    "  clean fillMissing      the same",
  ]);
  const trained = await call("run", "json.ts", "--out", "json");
  expect([trained.code, trained.stderr]).toEqual([0, ""]);
  expect(trained.stdout).toContain("1 numbers (person.age), 2 categories (person.member 2, city 2) → says, 2 classes");
  const { stdout } = await call(
    "predict",
    "json",
    '{"person": {"age": 30, "member": false}, "city": "Rom"}',
    '{"person": {"member": true}, "city": "Bern"}',
    "--json",
  );
  expect((JSON.parse(stdout) as { class: string }[]).map((answer) => answer.class)).toEqual(["yes", "no"]);
  const { code } = await call("evaluate", "json");
  expect(code).toBe(0);
  const stray = await call("predict", "json", '{"person": {"height": 30}}');
  expect(stray.stderr).toContain('unknown column "person.height"');
});

it("of Parquet is trained, and asked as the file has it", async () => {
  cpSync(new URL("../data/parquet/types.parquet", import.meta.url), join(cwd, "types.parquet"));
  const source = 'parquet("types.parquet", { inputs: ["int64", "flag", "home.floor"] })';
  const clean = 'clean: [fillMissing({ columns: "numeric" }), fillMissing({ strategy: "constant", value: "?", columns: "category" })]';
  writeFileSync(
    join(cwd, "parquet.ts"),
    pipeline
      .replace("csv,", "parquet,")
      .replace('csv("people.csv")', source)
      .replace(/clean: .*]/, clean)
      .replace("test: 0.2", ""),
  );
  const { code, stdout, stderr } = await call("run", "parquet.ts", "--out", "parquet");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("2 numbers (int64, home.floor), 1 categories (flag 2) → says, 2 classes");
  const answers = await call("predict", "parquet", "types.parquet", '{"int64": 5, "flag": true, "home": {"floor": 2}}', "--json");
  expect([answers.stderr, (JSON.parse(answers.stdout) as unknown[]).length]).toEqual(["", 5]);
});
