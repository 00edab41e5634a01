// How many people share what could be known of each: k-anonymity and l-diversity.
import { type Descriptor, describe, list, number, oneOf, optional, type Rules, string } from "../../check.ts";
import { column, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { removeRows } from "../clean/rows.ts";
import { chosenColumns } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import type { Work } from "../work.ts";
import { codesOf } from "./codesOf.ts";

export interface CheckAnonymity extends Descriptor {
  readonly kind: "checkAnonymity";
  /** What somebody may know of a person: age, ZIP code, sex. */
  readonly quasiIdentifiers: readonly string[];
  /** What nobody is to learn of a person. */
  readonly sensitive?: string;
  /** Default 5. */
  readonly k?: number;
  /** Default 2, where `sensitive` is given. */
  readonly l?: number;
  /** Say so, end the run, or remove the rows of groups that are too small or too much alike. Default "warn". */
  readonly onFail?: "warn" | "refuse" | "drop";
}

const atLeast = optional(number({ min: 2, integer: true }));
const rules: Rules = {
  quasiIdentifiers: list(1, string),
  sensitive: optional(string),
  k: atLeast,
  l: atLeast,
  onFail: optional(oneOf("warn", "refuse", "drop")),
};

/**
 * States how anonymous the rows are. Those that are alike in all `quasiIdentifiers` are a group. The table is k-anonymous where no group has
 * fewer than `k` rows (Sweeney 2002), and l-diverse where each group has at least `l` different values of the column `sensitive`
 * (Machanavajjhala et al. 2007, distinct l-diversity). A missing value is a value of its own. Numbers are alike where they are equal:
 * generalize them first, with `anonymize`. The rows that "drop" removes are kept, as all removed rows are, in `quarantine.jsonl`: those are the
 * ones that stand out, so guard that file as the table itself. All rows count, whatever they will be for; put it behind the stages that remove rows.
 */
export function checkAnonymity(settings: Omit<CheckAnonymity, "kind">): CheckAnonymity {
  const { l, sensitive } = settings;
  if (l !== undefined && sensitive === undefined)
    throw new PipelineError(
      "config",
      "checkAnonymity.l",
      "it counts the values of the column that sensitive names; add it, or leave l out",
    );
  return describe<CheckAnonymity>("checkAnonymity", settings, rules);
}

export const checkAnonymityStage: CleanStage<CheckAnonymity> = {
  kind: "checkAnonymity",
  rules,
  rowwise: false,
  *apply({ quasiIdentifiers, sensitive, k = 5, l = 2, onFail = "warn" }, table) {
    chosenColumns(table, quasiIdentifiers, [], "checkAnonymity.quasiIdentifiers");
    if (sensitive !== undefined) chosenColumns(table, [sensitive], [], "checkAnonymity.sensitive");
    const groups = yield* groupsOf(table, quasiIdentifiers, sensitive);
    const least = sensitive === undefined ? 0 : l;
    const note = figures(groups, table, k, least);
    const fails = (row: number): boolean => isTooFew(groups, groups.of[row] as number, k, least);
    const failing = table.ids.findIndex((_, row) => fails(row));
    if (failing < 0) return { table, removed: [], changed: 0, note };
    const example = `row ${table.ids[failing]} is one of ${groups.sizes[groups.of[failing] as number]}`;
    if (onFail === "refuse") {
      const way = 'generalize more with anonymize(), or use onFail: "drop"';
      throw new PipelineError("data", "checkAnonymity", `${note}; ${example}; ${way}`);
    }
    if (onFail === "warn") return { table, removed: [], changed: 0, note, warnings: [`${note}; ${example}`] };
    const result = yield* removeRows(table, (row) => (fails(row) ? reason(groups, groups.of[row] as number, k, sensitive) : undefined));
    return { ...result, note: `before that ${note}` };
  },
};

interface Groups {
  /** For each row the number of its group. */
  readonly of: Uint32Array;
  readonly sizes: readonly number[];
  /** How many different values of the sensitive column each has; none without one. */
  readonly values: readonly number[];
}

function* groupsOf(table: Table, names: readonly string[], sensitive: string | undefined): Work<Groups> {
  let of = new Uint32Array(table.rows);
  for (const name of names) {
    of = joined(of, codesOf(column(table, name), table.rows, `checkAnonymity "${name}"`));
    yield 0;
  }
  const sizes: number[] = [];
  for (const group of of) sizes[group] = (sizes[group] ?? 0) + 1;
  if (sensitive === undefined) return { of, sizes, values: [] };
  const values = new Array<number>(sizes.length).fill(0);
  const seen = new Set<number>();
  const pairs = joined(of, codesOf(column(table, sensitive), table.rows, `checkAnonymity "${sensitive}"`));
  for (const [row, pair] of pairs.entries()) {
    if (seen.has(pair)) continue;
    seen.add(pair);
    const group = of[row] as number;
    values[group] = (values[group] as number) + 1;
  }
  return { of, sizes, values };
}

/** A number for every pair that there is, counted from 0. */
function joined(a: Uint32Array, b: Uint32Array): Uint32Array<ArrayBuffer> {
  const numbers = new Map<number, number>();
  return Uint32Array.from(a, (code, row) => {
    const pair = code * 2 ** 26 + (b[row] as number);
    const known = numbers.get(pair) ?? numbers.size;
    numbers.set(pair, known);
    return known;
  });
}

const isTooFew = ({ sizes, values }: Groups, group: number, k: number, l: number): boolean =>
  (sizes[group] as number) < k || (l > 0 && (values[group] as number) < l);

/** "k = 1: 12 of 32561 rows are in groups of fewer than 5; l = 1: …" */
function figures(groups: Groups, table: Table, k: number, l: number): string {
  const rows = (few: (group: number) => boolean): number => groups.of.reduce((sum, group) => sum + (few(group) ? 1 : 0), 0);
  const smallest = groups.sizes.reduce((a, b) => Math.min(a, b), table.rows);
  const small = rows((group) => (groups.sizes[group] as number) < k);
  const size = `k = ${smallest}: ${small} of ${table.rows} rows are in groups of fewer than ${k}`;
  if (l === 0) return size;
  const poorest = groups.values.reduce((a, b) => Math.min(a, b));
  return `${size}; l = ${poorest}: ${rows((group) => (groups.values[group] as number) < l)} in groups with fewer than ${l} sensitive values`;
}

function reason({ sizes, values }: Groups, group: number, k: number, sensitive: string | undefined): string {
  const size = sizes[group] as number;
  if (size < k) return `one of ${size} rows that are alike in the quasi-identifiers, fewer than ${k}`;
  return `one of ${size} rows that are alike, with ${values[group]} values of ${sensitive}`;
}
