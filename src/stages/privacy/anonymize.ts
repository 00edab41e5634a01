// Makes columns say less about the people in them.
import {
  type Descriptor,
  describe,
  formOfEither,
  list,
  number,
  oneOf,
  optional,
  positiveInteger,
  type Rule,
  type Rules,
  rule,
} from "../../check.ts";
import { type Column, column, type Table } from "../../data/table.ts";
import { PipelineError, show } from "../../errors.ts";
import { refuseTarget } from "../clean/changeColumns.ts";
import { isRecord } from "../clean/record.ts";
import { withoutColumns } from "../clean/withoutColumns.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanResult, CleanStage, Secrets } from "../stage.ts";
import type { Work } from "../work.ts";
import { masking, monthOf, prefixOf, pseudonym, rangeOf, widthOf, yearOf } from "./generalize.ts";
import { redacted } from "./redact.ts";
import { replaceValues } from "./replaceValues.ts";

type Named = "drop" | "hash" | "number" | "redact" | "year" | "month";

type How =
  | Named
  /** The first and last characters that stay; those between become ***. */
  | { readonly mask: { readonly first?: number; readonly last?: number } }
  /** Numbers by these borders: [18, 65] makes "< 18", "[18, 65)" and ">= 65". */
  | { readonly ranges: readonly number[] }
  /** Numbers by tens, or whatever it is: "[30, 40)". */
  | { readonly width: number }
  /** So many first characters. */
  | { readonly prefix: number };

export interface Anonymize extends Descriptor {
  readonly kind: "anonymize";
  readonly columns: Columns;
  readonly how: How;
}

const named = oneOf("drop", "hash", "number", "redact", "year", "month");

const count = number({ min: 0, integer: true });
const ascending: Rule = rule(list(1, number()).form, (value, at) => {
  list(1, number())(value, at);
  const borders = value as readonly number[];
  if (borders.some((border, i) => i > 0 && border <= (borders[i - 1] as number)))
    throw new PipelineError("config", at, `expected borders that rise, got ${show(value)}`);
});
const mask: Rules = { first: optional(count), last: optional(count) };

/** Settings of one key, which says what they are. */
const ways: Readonly<Record<string, Rule>> = {
  mask: rule({ type: "settings", rules: mask }, (value, at) => {
    describe("mask", value as Descriptor, mask, at);
  }),
  ranges: ascending,
  width: number({ above: 0 }),
  prefix: positiveInteger,
};

const examples = {
  mask: "{ mask: { first: 1, last: 2 } }",
  ranges: "{ ranges: [18, 65] }",
  width: "{ width: 10 }",
  prefix: "{ prefix: 3 }",
};

const way: Rule = rule(
  formOfEither(named, ...Object.entries(ways).map(([name, of]) => rule({ type: "settings", rules: { [name]: of } }, () => {}))),
  (value, at) => {
    if (typeof value === "string" && Object.hasOwn(ways, value))
      throw new PipelineError("config", at, `${show(value)} needs to be told more: ${examples[value as keyof typeof examples]}`);
    if (typeof value === "string") return named(value, at);
    const entries = isRecord(value) ? Object.entries(value) : [];
    const [[name, setting] = ["", undefined]] = entries;
    const known = Object.hasOwn(ways, name) ? ways[name] : undefined;
    if (entries.length !== 1 || known === undefined)
      throw new PipelineError(
        "config",
        at,
        `expected "drop", "hash", … or { mask }, { ranges }, { width } or { prefix }, got ${show(value)}`,
      );
    known(setting, `${at}.${name}`);
  },
);
const rules: Rules = { columns: columnsRule, how: way };

/**
 * Makes `columns` say less about people. `how`:
 *
 * - `"drop"` leaves them out;
 * - `{ mask: { first: 1, last: 2 } }` keeps the first and last characters: "A***23" (0 of each, where it is left out);
 * - `{ ranges: [18, 65] }` and `{ width: 10 }` make categories of numbers: "[18, 65)", "[30, 40)";
 * - `{ prefix: 3 }` keeps the first characters of texts and whole numbers, as of ZIP codes (read them as text, or leading zeros are gone);
 * - `"year"` and `"month"` keep that much of dates that begin as 2026-11-24;
 * - `"redact"` replaces what it finds inside texts by [EMAIL], [PHONE], [CARD], [IBAN], [IP], [ID];
 * - `"number"` makes 1, 2, … of the different values, as they come: pseudonyms that mean nothing outside the run;
 * - `"hash"` makes HMAC-SHA-256 of them, 128 bits of it, under the secret `salt` of the run's options (`$LANEWISE_SALT` in Node), which is
 *   not stored: pseudonyms that stay the same from run to run. Who knows the salt can try out values.
 *
 * Pseudonyms are no input of the model: they are there for `dropDuplicates`, and for `split.group`, which takes them in the order in which
 * they come: no salt changes which rows are test rows. What is missing stays so. Rows that are predicted
 * go through the same. Wherever it stands in `clean`, the values that it hides are left out of the run's files: of `quarantine.jsonl`, of
 * the examples of the stages before it, and of the report's rows.
 *
 * It is no proof of anonymity: see `checkAnonymity`.
 */
export function anonymize(settings: Omit<Anonymize, "kind">): Anonymize {
  return describe<Anonymize>("anonymize", settings, rules);
}

export const anonymizeStage: CleanStage<Anonymize> = {
  kind: "anonymize",
  rules,
  rowwise: true,
  hides: ({ columns }, table, recast) => hidden(columns, table, recast),
  apply({ columns, how }, table, _, secrets) {
    const names = chosenColumns(table, columns, [], "anonymize.columns");
    refuseTarget(table, names, "anonymize", "a model that is to predict it needs it");
    if (how === "hash" || how === "number") return pseudonymous(table, names, how, secrets);
    if (how === "drop") return withoutColumns(table, names, "anonymize");
    return replaced(table, names, (c, name) => replacement(how, c, name));
  },
};

/** What to make of one value, given as text or as a number; undefined is missing. */
function replacement(
  how: Exclude<How, "drop" | "hash" | "number">,
  c: Column,
  name: string,
): (value: string | number) => string | undefined {
  if (how === "redact") return (value) => redacted(String(value));
  if (how === "year") return yearOf;
  if (how === "month") return monthOf;
  if ("mask" in how) return masking(how.mask.first ?? 0, how.mask.last ?? 0);
  if ("prefix" in how) return prefixOf(how.prefix);
  if (c.type !== "numeric" || c.classes !== undefined)
    throw new PipelineError(
      "config",
      `anonymize.${name}`,
      'ranges are of numbers, and the column holds none; use { prefix }, or castTypes({ …: "number" }) before',
    );
  return "ranges" in how ? rangeOf(how.ranges) : widthOf(how.width);
}

/** Of rows that are predicted nobody asks who they are. */
function* pseudonymous(table: Table, names: readonly string[], how: "hash" | "number", secrets: Secrets | undefined): Work<CleanResult> {
  if (secrets === undefined) return yield* withoutColumns(table, names, "anonymize");
  const of = how === "number" ? undefined : saltedWith(secrets.salt);
  const inputs = table.inputs.filter((name) => !names.includes(name));
  if (inputs.length === 0) throw new PipelineError("config", "anonymize", `no input would be left beside ${names.join(", ")}`);
  const result = yield* replaced(table, names, () => of ?? numbering());
  const columns = { ...result.table.columns };
  for (const name of names) columns[name] = asPseudonyms(column(result.table, name));
  return { ...result, table: { ...result.table, columns, inputs } };
}

const asPseudonyms = (c: Column): Column => (c.type === "text" || c.type === "category" ? { ...c, pseudonyms: true } : c);

/** The table with these columns' values replaced. */
function* replaced(
  table: Table,
  names: readonly string[],
  to: (c: Column, name: string) => (value: string | number) => string | undefined,
): Work<CleanResult> {
  const columns: Record<string, Column> = { ...table.columns };
  let changed = 0;
  for (const name of names) {
    const from = column(table, name);
    const made = yield* replaceValues(from, name, to(from, name), table);
    if (made.changed > 0 || made.column.type !== from.type) columns[name] = made.column;
    changed += made.changed;
  }
  return { table: { ...table, columns }, removed: [], changed };
}

function saltedWith(salt: string | undefined): (value: string | number) => string {
  if (salt !== undefined && salt !== "") return pseudonym(salt);
  const way = 'set $LANEWISE_SALT, or run(pipeline, { salt }), to a secret of your own; or use how: "number", which needs none';
  throw new PipelineError("config", "anonymize", `"hash" needs a salt; ${way}`);
}

function numbering(): (value: string | number) => string {
  const numbers = new Map<string | number, string>();
  return (value) => {
    const known = numbers.get(value) ?? String(numbers.size + 1);
    numbers.set(value, known);
    return known;
  };
}

/** As far as the table has them by now. */
function hidden(columns: Columns, table: Table, recast: readonly string[]): readonly string[] {
  const all = Object.keys(table.columns);
  if (Array.isArray(columns)) return all.filter((name) => columns.includes(name));
  if (typeof columns === "string") return all.filter((name) => recast.includes(name) || column(table, name).type === columns);
  const expression = new RegExp((columns as { match: string }).match, "u");
  return all.filter((name) => expression.test(name));
}
