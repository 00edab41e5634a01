// Tables that nobody has looked at: profiled on terminals of any width, and made into pipelines that run.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inMemory } from "../../src/data/readableFile.ts";
import { ansiColours, noColours } from "../../src/node/cli/colours.ts";
import { widthOf } from "../../src/node/cli/format.ts";
import { bar, percent, short, sparkline } from "../../src/node/cli/profileCard.ts";
import { profileText } from "../../src/node/cli/profileText.ts";
import { profileTable } from "../../src/profile/profile.ts";
import { readCsv } from "../../src/profile/readCsv.ts";
import type { TableRead } from "../../src/profile/readTable.ts";
import { finish } from "../../src/stages/work.ts";
import { lanewise, type Outcome } from "./commandLine.ts";

const cwd = mkdtempSync(join(tmpdir(), "lanewise-profile-"));
afterAll(() => rmSync(cwd, { recursive: true }));
const [ESC, BELL] = [String.fromCharCode(27), String.fromCharCode(7)];
const COLOUR = new RegExp(`${ESC}\\[\\d+m`, "g");
const call = (...args: string[]): Promise<Outcome> => lanewise(args, { cwd, env: { LANG: "C.UTF-8", LC_ALL: "" } });

const rows = Array.from({ length: 240 }, (_, i) => {
  const rich = (i * 7919) % 3 === 0;
  const age = i % 31 === 0 ? "?" : 20 + ((i * 37) % 45) + (rich ? 12 : 0);
  return [i + 1, age, ["Rom", "Bern", "Oslo", ""][i % 4], (i % 5) * 1000.5, rich ? "A" : "B", rich ? "high" : "low"].join(",");
});
const people = `id,age,city,gains,code,income\n${rows.join("\n")}\n`;

beforeAll(() => {
  writeFileSync(join(cwd, "people.csv"), people);
  const prices = Array.from({ length: 120 }, (_, i) => `${i},${["a", "b"][i % 2]},${2000 + 40 * i + (i % 2) * 300}`);
  writeFileSync(
    join(cwd, "prices.csv"),
    `size,kind,price\n${prices.map((line) => line.replace(/^(\d+)/, (n) => String(Number(n) * 1.5))).join("\n")}\n`,
  );
  const objects = Array.from({ length: 90 }, (_, i) =>
    JSON.stringify({ x: (i * 37) % 29, y: i % 7, kind: ["red", "green", "blue"][i % 3] }),
  );
  writeFileSync(join(cwd, "kinds.jsonl"), objects.join("\n"));
  mkdirSync(join(cwd, "pictures"));
});

describe("profile", () => {
  it("shows the table, its columns, what tells the target, and what to do, in plain text where nobody looks", async () => {
    const { code, stdout, stderr } = await call("profile", "people.csv", "--target", "income");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).not.toContain(ESC);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("people.csv  240 rows × 6 columns");
    for (const part of [
      /^Target: income ─+$/m,
      /^ {2}low +█+ 66\.7 %$/m,
      /^age {2}whole numbers, \d+ distinct {2}3\.3 % missing \(\? × 8\) +η 0\.\d\d {2}AUC 0\.\d\d$/m,
      /^ {2}! each of its values stands for one class: it is the target by another name$/m,
      /^What tells income ─+$/m,
      /^ {2}1\. dropColumns\(\["code"\]\) {2}clean$/m,
      /^ {2}2\. dropColumns\(\["id"\]\) {2}clean$/m,
    ])
      expect(stdout).toMatch(part);
  });

  it("is one JSON object with --json, the target and the steps among it", async () => {
    const { code, stdout } = await call("profile", "people.csv", "-t", "income", "--json");
    const told = JSON.parse(stdout) as {
      rows: number;
      target: object;
      source: object;
      steps: { code: string }[];
      columns: { name: string; missing: object }[];
    };
    expect(code).toBe(0);
    expect(told).toMatchObject({
      rows: 240,
      target: { name: "income", task: "classification" },
      source: { kind: "csv", path: "people.csv", delimiter: "," },
    });
    expect(told.columns[1]).toMatchObject({ name: "age", type: "numbers", missing: { count: 8, tokens: [{ value: "?", count: 8 }] } });
    expect(told.steps.map(({ code: step }) => step)).toContain('fillMissing({ strategy: "median", columns: "numeric" })');
  });

  it("reads JSON lines, and files with another separator or without names", async () => {
    const lines = await call("profile", "kinds.jsonl", "-t", "kind");
    expect(lines.stdout).toContain("90 rows × 3 columns");
    writeFileSync(join(cwd, "bare.txt"), "1.5\t2\n2.5\t3\n3.5\t4\n");
    const bare = await call("profile", "bare.txt", "--separator", "tab", "--names", "a,b");
    expect(bare.stdout).toMatch(/^bare\.txt {2}3 rows × 2 columns\n\nColumns/);
    writeFileSync(join(cwd, "comma.csv"), "a;b\n1,5;x\n2,5;y\n3,75;x\n");
    const comma = await call("profile", "comma.csv");
    expect(comma.stdout).toContain("! numbers are read with a decimal comma, as in a\n");
    writeFileSync(join(cwd, "points.csv"), "a;b\n1.234,5;x\n2.000.000,00;y\n3,75;x\n");
    const points = await call("profile", "points.csv");
    expect(points.stdout).toContain("! numbers are read with a decimal comma and points between thousands, as in a\n");
    expect(points.stdout).toContain("3.75 … 1,235 … 2,000,000");
  });

  it("reads rows of another number of cells as it is told, and writes that down", async () => {
    writeFileSync(
      join(cwd, "ragged.csv"),
      `a,b,y\n${Array.from({ length: 40 }, (_, i) => (i === 5 ? "7,8" : `${i},${i % 7},${i % 2}`)).join("\n")}\n`,
    );
    const refused = await call("profile", "ragged.csv");
    expect(refused.stderr).toContain('line 7, column "y": the row has 2 cells, but there are 3 columns; ragged: "drop"');
    expect((await call("profile", "ragged.csv", "--ragged", "drop")).stdout).toContain("39 rows × 3 columns");
    expect((await call("profile", "ragged.csv", "--ragged", "keep")).stderr).toContain("--ragged: expected error, drop or fill");
    expect((await call("profile", "ragged.csv", "--thousands", ".")).stderr).toContain("--thousands: expected a comma");
    await call("init", "ragged.csv", "-t", "y", "--ragged", "fill", "--thousands", ",", "--out", "ragged.ts");
    expect(readFileSync(join(cwd, "ragged.ts"), "utf8")).toContain('thousands: ",",\n    ragged: "fill",');
  });

  it.each([40, 60, 80, 100, 150, 200, 260])("fits a terminal of %i columns, with colours and without", async (width) => {
    const io = { progress: () => undefined, warn: () => undefined, pause: async () => undefined };
    const bytes = new TextEncoder().encode(people.replace("Bern", `"a very long name of a city, with ${ESC}[31mcolours${BELL} in it"`));
    const { settings, ...read } = await readCsv(inMemory(bytes, "people.csv"), {}, io);
    const table: TableRead = { ...read, source: { kind: "csv", path: "people.csv", settings } };
    const profile = finish(profileTable(table, { target: "income" }));
    const plain = profileText(table, profile, { width, colours: noColours, ascii: false });
    const coloured = profileText(table, profile, { width, colours: ansiColours, ascii: false });
    for (const line of [...plain, ...coloured]) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    expect(coloured.map((line) => line.replaceAll(COLOUR, ""))).toEqual(plain);
    expect(plain.join("")).not.toMatch(/\p{Cc}/u);
    const ascii = profileText(table, profile, { width, colours: noColours, ascii: true }).join("\n");
    expect(ascii).not.toMatch(/[▁-█─]/u);
  });

  it("draws what is little, and nothing where there is nothing", () => {
    const view = { width: 20, colours: noColours, ascii: false };
    expect(sparkline([0, 1, 1000, 500], view)).toBe(" ▁█▅");
    expect(sparkline(new Array(40).fill(1), view)).toHaveLength(20);
    expect([bar(1, 4, false), bar(0.5, 4, false), bar(0.001, 4, false), bar(0, 4, false), bar(0.5, 4, true)]).toEqual([
      "████",
      "██",
      "▏",
      "",
      "##",
    ]);
    expect([percent(0), percent(0.0004), percent(0.123), percent(1)]).toEqual(["0.0 %", "< 0.1 %", "12.3 %", "100 %"]);
    expect([0, 12285, 38.5816, 0.00712345, -1.5e12, Number.NaN].map(short)).toEqual(["0", "12,285", "38.58", "0.007123", "-1.50e+12", "–"]);
  });
});

describe("init", () => {
  it("writes a pipeline that can be inspected and run as it is, and says what to do next", async () => {
    const { code, stdout } = await call("init", "people.csv", "--target", "income");
    expect(code).toBe(0);
    expect(stdout).toContain("✔ pipelines/income.ts: income (2 classes) from 3 of 5 columns");
    for (const next of ["lanewise inspect pipelines/income.ts", "lanewise run pipelines/income.ts", "lanewise runs"])
      expect(stdout).toContain(next);
    const text = readFileSync(join(cwd, "pipelines/income.ts"), "utf8");
    expect(text).toContain('    // code gives income away alone\n    dropColumns(["code"]),');
    const inspected = await call("inspect", "pipelines/income.ts");
    expect([inspected.code, inspected.stderr]).toEqual([0, ""]);
    const run = await call("run", "pipelines/income.ts", "--set", "train.epochs=30", "--json", "--quiet", "--out", "run");
    const { test, baseline } = JSON.parse(run.stdout) as { test: { rocAuc: number }; baseline: { rocAuc: number } };
    expect([run.code, baseline.rocAuc]).toEqual([0, 0.5]);
    expect(test.rocAuc).toBeGreaterThan(0.6);
  });

  it("begins a regression at the target's mean, in its own unit", async () => {
    const { code } = await call("init", "prices.csv", "-t", "price", "--out", "deep/er/prices.ts");
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, "deep/er/prices.ts"), "utf8")).toContain(
      "dense(1, { kernelInitializer: constant(1400), biasInitializer: constant(4500) }), // from around 0 to price",
    );
    const run = await call("run", "deep/er/prices.ts", "--set", "train.epochs=60", "--json", "--quiet", "--out", "run2");
    expect((JSON.parse(run.stdout) as { test: { r2: number } }).test.r2).toBeGreaterThan(0.9);
  });

  it("makes a class of each of three names, from JSON lines", async () => {
    const told = await call("init", "kinds.jsonl", "-t", "kind", "--json");
    expect(JSON.parse(told.stdout)).toMatchObject({ file: "pipelines/kind.ts", inputs: ["x", "y"], target: { task: "classification" } });
    const inspected = await call("inspect", "pipelines/kind.ts");
    expect([inspected.code, inspected.stderr]).toEqual([0, ""]);
  });

  it.each<[string, readonly string[], string]>([
    [
      "without a target",
      ["init", "people.csv"],
      "init: --target is missing; people.csv has id, age, city, gains, code, income; try --target income",
    ],
    [
      "a target that is not there",
      ["init", "people.csv", "-t", "incom", "--out", "x.ts"],
      '--target: unknown column "incom"; did you mean "income"?',
    ],
    [
      "a folder",
      ["init", "pictures", "-t", "x"],
      "pictures: it is a folder; expected one file of a table (.csv, .json, .jsonl). For folders of images or texts see images() and textFolder()",
    ],
    ["a file that is not there", ["profile", "nobody.csv"], "nobody.csv: cannot read: there is no such file or folder"],
    ["another ending", ["init", "people.csv", "-t", "income", "--out", "x.csv"], '--out: expected a file ending in .ts, got "x.csv"'],
    ["a task that is none", ["profile", "people.csv", "--task", "guess"], '--task: expected classification or regression, got "guess"'],
    ["a separator of two", ["profile", "people.csv", "-s", ",,"], '--separator: expected one ASCII character or tab, got ",,"'],
    [
      "names that do not fit",
      ["profile", "people.csv", "--names", "a,b"],
      'people.csv: names lists 2 columns, but the first row has 6 cells, the first of them "id"',
    ],
    [
      "amounts as classes",
      ["profile", "people.csv", "-t", "id", "--task", "classification"],
      'column "id": it holds amounts, or more than 20 kinds of numbers; say regression',
    ],
  ])("says in one line what is wrong: %s", async (_, args, line) => {
    const { code, stdout, stderr } = await call(...args);
    expect([code, stdout, stderr]).toEqual([2, "", `lanewise: ${line}\n`]);
  });

  it("never writes over a file, unless it is told to", async () => {
    writeFileSync(join(cwd, "mine.ts"), "mine");
    const refused = await call("init", "people.csv", "-t", "income", "--out", "mine.ts");
    expect([refused.code, refused.stderr]).toEqual([
      2,
      "lanewise: mine.ts: it is there already; --force writes over it, --out names another\n",
    ]);
    expect(readFileSync(join(cwd, "mine.ts"), "utf8")).toBe("mine");
    expect((await call("init", "people.csv", "-t", "income", "--out", "mine.ts", "--force")).code).toBe(0);
    expect(readFileSync(join(cwd, "mine.ts"), "utf8")).toContain("export default pipeline({");
  });

  it("writes nothing where there is nothing to learn from", async () => {
    writeFileSync(join(cwd, "alone.csv"), `id,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2}`).join("\n")}\n`);
    const { code, stderr } = await call("init", "alone.csv", "-t", "y", "--out", "alone.ts");
    expect([code, stderr]).toEqual([
      2,
      "lanewise: alone.csv: no column is left to tell y from: each is empty, different in every row, or gives it away\n",
    ]);
    expect(existsSync(join(cwd, "alone.ts"))).toBe(false);
  });
});
