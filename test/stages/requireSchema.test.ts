import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  adam,
  csv,
  dense,
  json,
  jsonl,
  loadModel,
  type Pipeline,
  pipeline,
  requireSchema,
  run,
  type StandardSchema,
} from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { readStore } from "../../src/node/store.ts";
import { evaluateRun } from "../../src/pipeline/evaluateRun.ts";
import { all, fileOf, ofType, resultOf } from "../support/runs.ts";

const folder = mkdtempSync(join(tmpdir(), "lanewise-schema-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Issue = { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] };
type Row = Readonly<Record<string, unknown>>;

/** A validator as libraries make them: a function here, as arktype's are, with more on it than the standard asks for. */
function schemaOf(check: (row: Row) => readonly Issue[] | Promise<readonly Issue[]>): StandardSchema {
  const result = (issues: readonly Issue[], value: unknown) => (issues.length === 0 ? { value } : { issues });
  const schema = Object.assign(() => "called", { self: {} as unknown, parse: () => undefined });
  schema.self = schema;
  return Object.assign(schema, {
    "~standard": {
      version: 1 as const,
      vendor: "hand",
      validate(value: unknown) {
        const found = check(value as Row);
        return found instanceof Promise ? found.then((issues) => result(issues, value)) : result(found, value);
      },
    },
  });
}

const adult = ({ age }: Row): readonly Issue[] =>
  typeof age !== "number"
    ? [{ message: "expected a number", path: ["age"] }]
    : age < 18
      ? [{ message: "too\n  young", path: [{ key: "age" }] }]
      : [];

const rows = Array.from({ length: 30 }, (_, i) => ({
  age: i === 4 ? 7 : i === 9 ? null : 20 + i,
  city: i % 2 ? "Rom" : "Bern",
  says: i % 2,
}));
const text = `age,city,says\n${rows.map(({ age, city, says }) => `${age ?? ""},${city},${says}`).join("\n")}\n`;
const files = { "people.csv": new Blob([text]) };
const of = (stage: ReturnType<typeof requireSchema>, source: Pipeline["source"] = csv("people.csv", { inputs: ["age"] })): Pipeline =>
  pipeline({
    source,
    clean: [stage],
    split: { test: 6 },
    model: [dense(2, { activation: "softmax" })],
    train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 1 },
  });
const message = (definition: Pipeline, options = {}): Promise<string> =>
  all(run(definition, { files, ...options })).then(
    () => "it did not fail",
    (error: Error) => error.message,
  );

describe.each([
  ["at once", adult],
  ["later", async (row: Row) => adult(row)],
])("a schema that answers %s", (_, check) => {
  it("has the rows that it refuses removed, with what it says, and kept in quarantine", async () => {
    const events = await all(run(of(requireSchema(schemaOf(check))), { files }));
    expect(ofType(events, "stage").find(({ kind }) => kind === "requireSchema")).toMatchObject({
      rowsIn: 30,
      rowsOut: 28,
      removed: [
        { id: 4, reason: "age: too young" },
        { id: 9, reason: "age: expected a number" },
      ],
    });
    const [first] = fileOf(events, "quarantine.jsonl").toString().split("\n");
    expect(JSON.parse(first as string)).toEqual({
      row: 4,
      file: "people.csv",
      line: 6,
      stage: "requireSchema",
      reason: "age: too young",
      values: { age: 7, says: "0" },
    });
  });

  it("ends the run at the first row that it refuses, if it is to", async () => {
    expect(await message(of(requireSchema(schemaOf(check), { invalid: "error" })))).toBe(
      'people.csv line 6, column "age": too young (requireSchema, hand); invalid: "drop" leaves such rows out',
    );
    const source = json({ text: JSON.stringify(rows) });
    expect(await message(of(requireSchema(schemaOf(check), { invalid: "error" }), source))).toMatch(/^row 4, column "age": too young/);
  });

  it("fails in one line that names the row", async () => {
    const odd = schemaOf((row) => {
      if (row.age === 23) throw new TypeError("no\nidea");
      return check(row);
    });
    const later = schemaOf(async (row) => {
      if (row.age === 23) throw new TypeError("no\nidea");
      return check(row);
    });
    for (const schema of [odd, later])
      expect(await message(of(requireSchema(schema)))).toBe("people.csv line 5: the schema (hand) failed: no idea");
  });
});

describe("a schema", () => {
  it("is given every column by its name, with null for what is missing, and several things to say", async () => {
    const seen: Row[] = [];
    const schema = schemaOf((row) => {
      seen.push(row);
      return row.id === 2 ? [{ message: "odd" }, { message: "bad", path: ["a", { key: "b" }, 0] }] : [];
    });
    const lines = [
      { id: 1, note: "", a: { b: true }, kind: "x" },
      { id: 2, note: "hello", a: { b: null }, kind: null },
      { id: 3, note: "hi", a: { b: false }, kind: "y" },
    ];
    const blob = new Blob([lines.map((line) => JSON.stringify(line)).join("\n")]);
    const source = jsonl("rows.jsonl", { types: { note: "text" } });
    const events: unknown[] = [];
    const definition = { ...of(requireSchema(schema), source), split: {} };
    for await (const event of run(definition, { files: { "rows.jsonl": blob } })) {
      events.push(event);
      if (event.type === "stage" && event.kind === "requireSchema") break;
    }
    expect(seen).toEqual([
      { id: 1, note: null, "a.b": "true", kind: "x" },
      { id: 2, note: "hello", "a.b": null, kind: null },
      { id: 3, note: "hi", "a.b": "false", kind: "y" },
    ]);
    expect(events.at(-1)).toMatchObject({ removed: [{ id: 1, reason: "odd; a.b.0: bad" }] });
  });

  it("that never answers does not keep a run that is cancelled", async () => {
    const cancel = new AbortController();
    let asked = 0;
    const schema = schemaOf(() => {
      if (++asked === 30) setTimeout(() => cancel.abort(new Error("enough")));
      return new Promise(() => undefined);
    });
    await expect(all(run(of(requireSchema(schema)), { files, signal: cancel.signal }))).rejects.toThrow("enough");
  });

  it("is asked about no more than 256 rows at once", async () => {
    let [open, most] = [0, 0];
    const schema = schemaOf(async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return [];
    });
    const many = JSON.stringify(Array.from({ length: 600 }, (_, i) => ({ age: i, says: i % 2 })));
    await all(run(of(requireSchema(schema), json({ text: many }))));
    expect([open, most]).toEqual([0, 256]);
  });

  it("is not kept with the run: its model predicts without it, and is measured in code", async () => {
    const out = join(folder, "run");
    await all(run(of(requireSchema(schemaOf(adult))), { out, files }));
    const kept = JSON.parse(readFileSync(join(out, "pipeline.json"), "utf8")) as { pipeline: Pipeline };
    expect(kept.pipeline.clean).toEqual([{ kind: "requireSchema", schema: { omitted: "schema of hand" } }]);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("schema of hand");
    expect(await (await loadModel(out)).predict([{ age: 7 }])).toHaveLength(1);
    const again = evaluateRun(readStore(out), nodePlatform, {}, new AbortController().signal);
    await expect(resultOf(again)).rejects.toThrow(
      "clean requireSchema: the run folder does not keep code (schema of hand); measure it in code",
    );
  });

  it("is one by the standard, and does not leave its thread", () => {
    for (const none of [undefined, {}, { "~standard": {} }, { type: "object", properties: {} }])
      expect(() => requireSchema(none as never)).toThrow(
        'requireSchema.schema: expected a schema with "~standard", as zod, valibot and arktype make them',
      );
    expect(() => requireSchema(schemaOf(adult), { invalid: "fill" as never })).toThrow("requireSchema.invalid");
    expect(() => structuredClone(requireSchema(schemaOf(adult)))).toThrow(/could not be cloned/);
  });
});
