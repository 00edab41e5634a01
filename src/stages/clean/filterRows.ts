// Keeps rows of which something is true. The condition is data.
import {
  boolean,
  type Descriptor,
  describe,
  formOfEither,
  list,
  narrowed,
  number,
  optional,
  type Rule,
  type Rules,
  rule,
  string,
} from "../../check.ts";
import { type Column, column, columnKind, type Table } from "../../data/table.ts";
import { PipelineError, show, unknownName } from "../../errors.ts";
import { chosenColumns } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { missingPlace } from "./missing.ts";
import { isRecord } from "./record.ts";
import { removeRows } from "./rows.ts";

/** What a value must be; where there are several settings, all of them. */
export interface ColumnCondition {
  readonly column: string;
  /** At least. */
  readonly min?: number;
  /** At most. */
  readonly max?: number;
  readonly in?: readonly (string | number)[];
  readonly notIn?: readonly (string | number)[];
  /** A regular expression that the text or the category matches somewhere. */
  readonly match?: string;
  readonly missing?: boolean;
}

export type Condition = ColumnCondition | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] };

export interface FilterRows extends Descriptor {
  readonly kind: "filterRows";
  readonly where: Condition;
}

const value: Rule = rule(formOfEither(string, number()), (given, at) => {
  if (typeof given !== "string" && !Number.isFinite(given))
    throw new PipelineError("config", at, `expected a text or a number, got ${show(given)}`);
});
const pattern: Rule = narrowed(string, (given, at) => {
  try {
    new RegExp(given as string, "u");
  } catch (error) {
    throw new PipelineError("config", at, (error as Error).message, error);
  }
});
const conditionRules: Rules = {
  column: string,
  min: optional(number()),
  max: optional(number()),
  in: optional(list(1, value)),
  notIn: optional(list(1, value)),
  match: optional(pattern),
  missing: optional(boolean),
};

/** As a form the condition on one column. */
const where: Rule = rule({ type: "settings", rules: conditionRules }, (given, at) => {
  if (!isRecord(given))
    throw new PipelineError("config", at, `expected a condition such as { column: "age", min: 18 }, got ${show(given)}`);
  const several = Object.keys(given).find((key) => key === "all" || key === "any");
  if (several !== undefined) {
    const odd = Object.keys(given).find((key) => key !== several);
    if (odd !== undefined) throw new PipelineError("config", at, `${several} stands alone; put "${odd}" into its list`);
    list(1, where)(given[several], `${at}.${several}`);
    return;
  }
  const { column: _, ...tests } = given;
  const unknown = Object.keys(tests).find((key) => !Object.hasOwn(conditionRules, key));
  if (unknown !== undefined) throw new PipelineError("config", at, unknownName("setting", unknown, Object.keys(conditionRules)));
  for (const [key, rule] of Object.entries(conditionRules)) rule(given[key], `${at}.${key}`);
  if (Object.keys(tests).length === 0)
    throw new PipelineError("config", at, "expected min, max, in, notIn, match or missing beside the column");
});
const rules: Rules = { where };

/**
 * Keeps the rows that meet the condition, and reports the others: `filterRows({ column: "age", min: 18 })`, with `min` and `max` (both
 * allowed themselves), `in`, `notIn`, `match`, `missing`; several in `{ all: [...] }` or `{ any: [...] }`. A label is compared by its
 * name. A missing value meets `notIn` and `missing: true` only, as in pandas. Rows of all parts are filtered; rows that are predicted are not.
 */
export function filterRows(where: Condition): FilterRows {
  return describe<FilterRows>("filterRows", { where }, rules);
}

export const filterRowsStage: CleanStage<FilterRows> = {
  kind: "filterRows",
  rules,
  rowwise: false,
  apply({ where }, table) {
    const failing = failure(where, table, "filterRows.where");
    return removeRows(table, failing);
  },
};

/** Why a row does not meet the condition; undefined where it does. */
type Failing = (row: number) => string | undefined;

function failure(condition: Condition, table: Table, at: string): Failing {
  if ("all" in condition) {
    const each = condition.all.map((one, i) => failure(one, table, `${at}.all[${i}]`));
    return (row) => each.reduce<string | undefined>((why, one) => why ?? one(row), undefined);
  }
  if ("any" in condition) {
    const each = condition.any.map((one, i) => failure(one, table, `${at}.any[${i}]`));
    return (row) => {
      const reasons: string[] = [];
      for (const one of each) {
        const why = one(row);
        if (why === undefined) return undefined;
        reasons.push(why);
      }
      return reasons.join(", and ");
    };
  }
  return columnFailure(condition, table, at);
}

function columnFailure(condition: ColumnCondition, table: Table, at: string): Failing {
  const [name = ""] = chosenColumns(table, [condition.column], [], `${at}.column`);
  const c = column(table, name);
  const value = valueOf(c, name, at);
  const asked = conditionText(condition);
  const holds = test(condition, c, at);
  return (row) => {
    const missing = missingPlace(c, row) >= 0;
    if (holds(missing ? undefined : value(row))) return undefined;
    return `${name} is ${missing ? "missing" : show(value(row))}, not ${asked}`;
  };
}

function valueOf(c: Column, name: string, at: string): (row: number) => string | number {
  if (c.type === "text") return (row) => c.values[row] as string;
  if (c.type === "category") return (row) => c.categories[c.codes[row] as number] as string;
  if (c.type === "numeric" && c.shape.length === 0) {
    const { classes, data } = c;
    return (row) => classes?.[data[row] as number] ?? (data[row] as number);
  }
  const holds = c.type === "numeric" ? "several numbers a row" : columnKind[c.type];
  throw new PipelineError("config", `${at}.column`, `column "${name}" holds ${holds}; expected one value in each row`);
}

function test(condition: ColumnCondition, c: Column, at: string): (value: string | number | undefined) => boolean {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, missing } = condition;
  const isNumber = c.type === "numeric" && c.classes === undefined;
  const bounded = condition.min !== undefined || condition.max !== undefined;
  if (bounded && !isNumber) throw new PipelineError("config", at, `min and max are for numbers; "${condition.column}" holds names or text`);
  if (condition.match !== undefined && isNumber)
    throw new PipelineError("config", at, `match is for text and categories; "${condition.column}" holds numbers`);
  const set = (values: readonly (string | number)[] | undefined) =>
    values && new Set<string | number>(isNumber ? values.map(Number) : values.map(String));
  const [wanted, unwanted] = [set(condition.in), set(condition.notIn)];
  const expression = condition.match === undefined ? undefined : new RegExp(condition.match, "u");
  return (value) => {
    if (missing !== undefined && missing !== (value === undefined)) return false;
    if (value === undefined) return !bounded && wanted === undefined && expression === undefined;
    if (typeof value === "number" && (value < min || value > max)) return false;
    if (wanted?.has(value) === false || unwanted?.has(value) === true) return false;
    return expression === undefined || expression.test(String(value));
  };
}

function conditionText({ min, max, in: wanted, notIn, match, missing }: ColumnCondition): string {
  const parts = [
    min !== undefined && `>= ${min}`,
    max !== undefined && `<= ${max}`,
    wanted && `one of ${wanted.map(show).join(", ")}`,
    notIn && `none of ${notIn.map(show).join(", ")}`,
    match !== undefined && `/${match}/`,
    missing !== undefined && (missing ? "missing" : "known"),
  ];
  return parts.filter((part) => typeof part === "string").join(" and ");
}
