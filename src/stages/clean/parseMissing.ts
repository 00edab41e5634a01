// Values that stand for "not known" become missing: "?", "NA", -999.
import { type Descriptor, describe, either, list, number, optional, type Rules, string } from "../../check.ts";
import { column, columnKind, isFloat, type NumericColumn } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { type ChangedColumn, changeColumns, isWritten, refuseTarget, rewrite } from "./changeColumns.ts";

export interface ParseMissing extends Descriptor {
  readonly kind: "parseMissing";
  readonly values: readonly (string | number)[];
  readonly columns?: Columns;
}

const rules: Rules = { values: list(1, either(string, number())), columns: optional(columnsRule) };

/**
 * Makes a value missing where it is one of `values`, as pandas's `na_values`: a text or category that is the whole of one, a number that is
 * equal to one (`"-999"` too). Looks at all inputs that can hold missing values, or at `columns`. A column of numbers with a "?" among them
 * was read as categories: `castTypes` makes it numbers afterwards.
 */
export function parseMissing(values: readonly (string | number)[], settings: { readonly columns?: Columns } = {}): ParseMissing {
  return describe<ParseMissing>("parseMissing", { ...settings, values }, rules);
}

export const parseMissingStage: CleanStage<ParseMissing> = {
  kind: "parseMissing",
  rules,
  rowwise: true,
  apply({ values, columns }, table) {
    const at = "parseMissing.columns";
    const texts = new Set(values.map(String));
    const numbers = new Set(values.map((value) => (typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value))));
    const able = table.inputs.filter((name) => {
      const c = column(table, name);
      return isWritten(c) || (c.type === "numeric" && isFloat(c));
    });
    const names = chosenColumns(table, columns, able, at);
    refuseTarget(table, names, at, 'fixLabels() makes labels missing, as in fixLabels({ "?": null })');
    return changeColumns(table, names, (c, name) => {
      if (isWritten(c)) return rewrite(c, (text) => (texts.has(text) ? undefined : text));
      if (c.type === "numeric" && isFloat(c)) return withoutNumbers(c, numbers);
      const holds = c.type === "numeric" ? "whole numbers, of which none can be missing" : columnKind[c.type];
      throw new PipelineError("config", at, `column "${name}" holds ${holds}; expected numbers, categories or text`);
    });
  },
};

function withoutNumbers(c: NumericColumn, numbers: ReadonlySet<number>): ChangedColumn {
  let changed = 0;
  const data = c.data.map((value) => {
    if (Number.isNaN(value) || !numbers.has(value)) return value;
    changed++;
    return Number.NaN;
  });
  return { column: { ...c, data }, changed };
}
