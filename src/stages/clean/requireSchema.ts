// Checks every row by a schema of the user's.
import { type Descriptor, describe, oneOf, optional, type Rules } from "../../check.ts";
import { cellValue } from "../../data/cellValue.ts";
import { placeInFile } from "../../data/linedFile.ts";
import type { Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { CleanStage } from "../stage.ts";
import { removeRows } from "./rows.ts";
import { heldSchema, issuePath, type SchemaIssue, type SchemaResult, type StandardSchema, schemaRule } from "./standardSchema.ts";

export interface RequireSchema extends Descriptor {
  readonly kind: "requireSchema";
  readonly schema: StandardSchema;
  readonly invalid?: "drop" | "error";
}

const rules: Rules = { schema: schemaRule, invalid: optional(oneOf("drop", "error")) };

/**
 * Removes the rows that a schema refuses, and reports what it says: any schema of zod, valibot, arktype or another library that implements
 * Standard Schema, one that answers later too. `invalid: "error"` ends the run instead, and names the row. A row is an object by the columns'
 * names, `{ "age": 39, "address.city": "Bern" }`: numbers, texts (categories, labels, and "true" and "false", are texts), null where
 * something is missing. Rows are only checked: what a schema would make of them is not taken.
 *
 * A schema is code. So this stage works where the pipeline's own code runs: in Node, and in a page with `{ worker: false }`. A run folder keeps
 * no schema: rows that are predicted are not checked, and `evaluate` of a run folder refuses.
 */
export function requireSchema(schema: StandardSchema, settings: { readonly invalid?: "drop" | "error" } = {}): RequireSchema {
  schemaRule(schema, "requireSchema.schema");
  return describe<RequireSchema>("requireSchema", { ...settings, schema: heldSchema(schema) }, rules);
}

/** So many rows are asked about at once where the answers come later. */
const AT_ONCE = 256;

export const requireSchemaStage: CleanStage<RequireSchema> = {
  kind: "requireSchema",
  rules,
  rowwise: false,
  quotes: true,
  *apply({ schema, invalid = "drop" }, table) {
    const { validate, vendor } = schema["~standard"];
    const columns = Object.entries(table.columns);
    const valueOf = (row: number): object => Object.fromEntries(columns.map(([name, column]) => [name, known(cellValue(column, row))]));
    const found: (readonly SchemaIssue[] | undefined)[] = [];
    const broken = (row: number, error: unknown): PipelineError =>
      new PipelineError("data", placeOf(table, row), `the schema (${vendor}) failed: ${oneLine((error as Error).message)}`, error);
    const failed = new Map<number, PipelineError>();
    let waiting: Promise<void>[] = [];
    let looked = 0;
    /** Ends the run at the first row that is refused, or cannot be checked. */
    const look = (end: number): void => {
      for (; looked < end; looked++) {
        const failure = failed.get(looked);
        if (failure !== undefined) throw failure;
        const first = found[looked]?.[0];
        if (first !== undefined && invalid === "error") throw refusal(table, looked, first, vendor);
      }
    };
    for (let row = 0; row < table.rows; row++) {
      yield row;
      let result: SchemaResult | Promise<SchemaResult>;
      try {
        result = validate(valueOf(row));
      } catch (error) {
        throw broken(row, error);
      }
      if (result instanceof Promise) {
        const kept = result.then(
          ({ issues }) => {
            found[row] = issues;
          },
          (error: unknown) => {
            failed.set(row, broken(row, error));
          },
        );
        waiting.push(kept);
      } else found[row] = result.issues;
      if (waiting.length < AT_ONCE && row < table.rows - 1 && waiting.length > 0) continue;
      if (waiting.length > 0) yield Promise.all(waiting);
      waiting = [];
      look(row + 1);
    }
    return yield* removeRows(table, (row) => reasonOf(found[row]));
  },
};

/** A text that is missing is empty in its column. */
const known = (value: unknown): unknown => (value === "" ? null : value);

const oneLine = (text: string): string => text.trim().replace(/\s+/g, " ");

function reasonOf(issues: readonly SchemaIssue[] | undefined): string | undefined {
  if (issues === undefined || issues.length === 0) return undefined;
  return issues.map((issue) => [issuePath(issue), oneLine(issue.message)].filter((part) => part !== "").join(": ")).join("; ");
}

function refusal(table: Table, row: number, issue: SchemaIssue, vendor: string): PipelineError {
  const path = issuePath(issue);
  const at = `${placeOf(table, row)}${path === "" ? "" : `, column "${path}"`}`;
  return new PipelineError("data", at, `${oneLine(issue.message)} (requireSchema, ${vendor}); invalid: "drop" leaves such rows out`);
}

function placeOf({ files = [], ids }: Table, row: number): string {
  const id = ids[row] as number;
  const place = placeInFile(files, id);
  return place === undefined ? `row ${id}` : `${place.file} line ${place.line}`;
}
