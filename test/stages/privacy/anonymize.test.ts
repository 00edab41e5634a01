// What becomes of columns, and what does not get into a run's files.
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cellValue } from "../../../src/data/cellValue.ts";
import { csvKind } from "../../../src/data/csv.ts";
import { type Column, column, type Table } from "../../../src/data/table.ts";
import {
  anonymize,
  castTypes,
  csv,
  dense,
  dropColumns,
  dropDuplicates,
  fillMissing,
  filterRows,
  oneHot,
  type Pipeline,
  pipeline,
  type RunEvent,
  requireSchema,
  run,
  standardize,
} from "../../../src/node/index.ts";
import { type Anonymize, anonymizeStage } from "../../../src/stages/privacy/anonymize.ts";
import { personalData } from "../../../src/stages/privacy/personalData.ts";
import { finish } from "../../../src/stages/work.ts";
import { fakeIo } from "../../data/io.ts";
import { all, failure, fileOf, ofType } from "../../support/runs.ts";
import { tableOf as smallTable } from "../tables.ts";

const people = `name,age,zip,born,mail,score,y
Ann Lee,17,AB12,1984-05-17,ann@example.org,1.5,0
Bob,18,AB13,1990-01-02,call +44 20 7946 0958 or mail bob@example.org,2.5,1
,64.5,CD12,,none,3,0
Zoë,65,CD1,2001-12-31T10:00,ann@example.org,,1
`;
const table: Table = await csvKind.load(
  csv({ text: people, target: "y", types: { name: "text", zip: "category", born: "text", mail: "text" } }),
  fakeIo(),
);
const values = (c: Column): unknown[] => Array.from({ length: table.rows }, (_, row) => cellValue(c, row));
const made = (columns: readonly string[], how: Anonymize["how"], salt?: string): Table =>
  finish(anonymizeStage.apply(anonymize({ columns, how }), table, undefined, { salt })).table;
const becomes = (name: string, how: Anonymize["how"], salt?: string): unknown[] => values(column(made([name], how, salt), name));

describe("anonymize", () => {
  it.each([
    ["name", { mask: { first: 1, last: 1 } }, ["A***e", "B***b", "", "Z***ë"]],
    ["name", { mask: {} }, ["***", "***", "", "***"]],
    ["name", { mask: { first: 2, last: 1 } }, ["An***e", "***", "", "***"]],
    ["zip", { prefix: 2 }, ["AB", "AB", "CD", "CD"]],
    ["age", { ranges: [18, 65] }, ["< 18", "[18, 65)", "[18, 65)", ">= 65"]],
    ["age", { width: 10 }, ["[10, 20)", "[10, 20)", "[60, 70)", "[60, 70)"]],
    ["score", { width: 0.1 }, ["[1.5, 1.6)", "[2.5, 2.6)", "[3, 3.1)", null]],
    ["born", "year", ["1984", "1990", "", "2001"]],
    ["born", "month", ["1984-05", "1990-01", "", "2001-12"]],
    ["mail", "redact", ["[EMAIL]", "call [PHONE] or mail [EMAIL]", "none", "[EMAIL]"]],
    ["mail", "number", ["1", "2", "3", "1"]],
  ] as const)("%s: %j", (name, how, expected) => {
    expect(becomes(name, how)).toEqual(expected);
  });

  it("hashes under a salt, which it needs", () => {
    const hmac = (text: string): string => createHmac("sha256", "secret").update(text).digest("hex").slice(0, 32);
    expect(becomes("name", "hash", "secret")).toEqual([hmac("Ann Lee"), hmac("Bob"), "", hmac("Zoë")]);
    expect(becomes("age", "hash", "secret")[1]).toBe(hmac("18"));
    expect(becomes("name", "hash", "other")).not.toEqual(becomes("name", "hash", "secret"));
    expect(() => becomes("name", "hash")).toThrow('anonymize: "hash" needs a salt; set $LANEWISE_SALT, or run(pipeline, { salt })');
  });

  it("does its work in parts", () => {
    const values = Array.from({ length: 2000 }, (_, i) => `person ${i}`);
    const many = smallTable({ id: { type: "text", values }, x: { type: "numeric", shape: [], data: new Float64Array(2000) } }, 2000);
    for (const how of ["hash", "redact", "number"] as const) {
      const work = anonymizeStage.apply(anonymize({ columns: ["id"], how }), many, undefined, { salt: "s" });
      let parts = 0;
      while (work.next().done !== true) parts++;
      expect(parts, how).toBeGreaterThan(5);
    }
  });

  it("makes pseudonyms that findPersonalData does not take for what they stand for", () => {
    const { name, mail } = made(["name", "mail"], "hash", "secret").columns;
    expect(finish(personalData({ name: name as Column, phone: mail as Column }))).toEqual([]);
  });

  it("keeps pseudonyms from the model, and drops them from rows that are predicted", () => {
    expect(made(["name"], "number").inputs).not.toContain("name");
    expect(Object.keys(made(["name"], "number").columns)).toContain("name");
    const predicted = finish(anonymizeStage.apply(anonymize({ columns: ["name"], how: "hash" }), table, undefined)).table;
    expect(Object.keys(predicted.columns)).not.toContain("name");
    expect(Object.keys(made(["name", "mail"], "drop").columns)).toEqual(["age", "zip", "born", "score", "y"]);
  });

  it.each([
    [["y"], "drop", 'anonymize: "y" is the target; a model that is to predict it needs it'],
    [["nobody"], "drop", 'anonymize.columns: there is no column "nobody"'],
    [["name"], { width: 10 }, "anonymize.name: ranges are of numbers, and the column holds none"],
    [["mail"], "year", 'anonymize.mail: row 0 is "a…"; expected one that begins as 2026-11-24 does'],
    [["name", "age", "zip", "born", "mail", "score"], "number", "anonymize: no input would be left beside name"],
  ] as const)("%j, %j: %s", (columns, how, message) => {
    expect(() => made(columns, how)).toThrow(message);
  });

  it.each([
    [{ columns: ["a"], how: "hide" }, 'anonymize.how: unknown value "hide"'],
    [{ columns: ["a"], how: "mask" }, 'anonymize.how: "mask" needs to be told more: { mask: { first: 1, last: 2 } }'],
    [{ columns: ["a"], how: { width: 0 } }, "anonymize.how.width: expected a number > 0, got 0"],
    [{ columns: ["a"], how: { ranges: [3, 2] } }, "anonymize.how.ranges: expected borders that rise, got [3,2]"],
    [{ columns: ["a"], how: { mask: { frist: 1 } } }, 'anonymize.how.mask: unknown setting "frist"; did you mean "first"?'],
    [{ columns: ["a"], how: { width: 1, prefix: 2 } }, 'anonymize.how: expected "drop", "hash", … or { mask }'],
  ])("refuses %j", (settings, message) => {
    expect(() => anonymize(settings as never)).toThrow(message);
  });
});

describe("a run that hides columns", () => {
  const rows = Array.from({ length: 40 }, (_, i) => `secret-${i % 30}@example.org,${20 + (i % 37)},town-${i % 3},${i % 2}`);
  const text = `mail,age,city,y\n${rows.join("\n")}\nsecret-0@example.org,20,town-0,0\n`;
  const folder = mkdtempSync(join(tmpdir(), "lanewise-people-"));
  const file = join(folder, "people.csv");
  writeFileSync(file, text);
  afterAll(() => rmSync(folder, { recursive: true }));
  const withStages = (...clean: NonNullable<Pipeline["clean"]>): Pipeline =>
    pipeline({
      source: csv({ path: file, target: "y", types: { mail: "category", city: "category" } }),
      clean,
      normalize: [standardize(), oneHot()],
      split: { test: 0.25, group: "mail" },
      model: [dense(1, { activation: "sigmoid" })],
      train: { loss: "binaryCrossentropy", epochs: 1 },
      seed: 1,
    });
  const ungrouped = (...clean: NonNullable<Pipeline["clean"]>): Pipeline => ({ ...withStages(...clean), split: { test: 0.25 } });
  const everything = (events: readonly RunEvent[]): string =>
    events.map((event) => (event.type === "artifact" ? fileOf(events, event.name).toString("latin1") : JSON.stringify(event))).join("\n");

  it("leaves nothing of them in its files and events, whatever the stages before have removed and changed", async () => {
    const clean = [
      dropDuplicates(),
      filterRows({ column: "mail", notIn: ["secret-7@example.org"] }),
      anonymize({ columns: ["mail"], how: "hash" }),
    ];
    const events = await all(run(withStages(...clean), { salt: "pepper" }));
    const files = everything(events)
      .replaceAll(/"notIn":\s*\[[^\]]*\]/g, "")
      .replaceAll(/\\"notIn\\":\s*\[[^\]]*\]/g, "");
    expect(fileOf(events, "quarantine.jsonl").toString()).toContain("for what stands in mail, which anonymize() hides");
    expect(files).not.toContain("secret-");
    expect(files).not.toContain("pepper");
    // The same words are there where nobody hides them.
    expect(everything(await all(run(withStages(...clean.slice(0, 2)))))).toContain("secret-");
  });

  it("is the same under another salt but for the pseudonyms, and where they are numbers", async () => {
    const stage = (how: "hash" | "number"): Pipeline => withStages(dropDuplicates(), anonymize({ columns: ["mail"], how }));
    const rowsOf = async (how: "hash" | "number", salt: string): Promise<string> =>
      ofType(await all(run(stage(how), { salt })), "stage").find(({ stage }) => stage === "split")?.note ?? "";
    expect(await rowsOf("hash", "a")).toMatch(/\d+ train/);
    expect(await rowsOf("number", "a")).toBe(await rowsOf("number", "b"));
  });

  it("has the same test rows under any salt, so that a run can be resumed and evaluated under another", async () => {
    const stages = withStages(anonymize({ columns: ["mail"], how: "hash" }));
    const measured = async (salt: string): Promise<unknown[]> =>
      ofType(await all(run(stages, { salt })), "metrics").map(({ evaluation }) => evaluation);
    expect(await measured("a")).toEqual(await measured("b"));
  });

  it("keeps a column by its type hidden that is of another type before", async () => {
    const casts = [dropDuplicates({ columns: ["mail"] }), castTypes({ mail: "text" })];
    expect(everything(await all(run(ungrouped(...casts, anonymize({ columns: "text", how: "drop" })))))).not.toContain("secret-");
    expect(everything(await all(run(ungrouped(...casts, dropColumns(["mail"])))))).toContain("secret-");
  });

  it("does not repeat what a schema says of a row", async () => {
    const says = requireSchema({
      "~standard": {
        version: 1,
        vendor: "test",
        validate: (row) => {
          const { mail, age } = row as { readonly mail: string; readonly age: number };
          return age > 50 ? { issues: [{ message: `${mail} is too old` }] } : { value: row };
        },
      },
    });
    const events = await all(run(ungrouped(says, anonymize({ columns: ["mail"], how: "drop" }))));
    expect(everything(events)).not.toContain("secret-");
    expect(fileOf(events, "quarantine.jsonl").toString()).toContain("put it behind anonymize()");
    expect(everything(await all(run(ungrouped(says, dropColumns(["mail"])))))).toContain("is too old");
  });

  it("warns where a stage before has learned a value that is stored with the model", async () => {
    const warnings = async (...clean: NonNullable<Pipeline["clean"]>): Promise<string[]> =>
      ofType(await all(run(ungrouped(...clean))), "warning")
        .map(({ at, message }) => `${at}: ${message}`)
        .filter((warning) => warning.startsWith("clean"));
    const [fill, hide] = [fillMissing({ strategy: "mostFrequent" }), anonymize({ columns: ["mail"], how: "drop" })];
    expect(await warnings(fill, hide)).toEqual([
      'clean[0] fillMissing: what it has learned of "mail" is stored with the model, as it is before anonymize() hides it; put it behind anonymize()',
    ]);
    expect(await warnings(hide, fill)).toEqual([]);
  });

  it("says what is missing without a salt", async () => {
    expect(await failure(run(withStages(anonymize({ columns: ["mail"], how: "hash" }))))).toContain('"hash" needs a salt');
  });
});
