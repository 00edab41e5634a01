// One value for another, by column: what pandas calls `replace`.
import { type Descriptor, describe, type Form, type Rule, type Rules, rule } from "../../check.ts";
import { type Column, columnKind, isFloat, type NumericColumn } from "../../data/table.ts";
import { PipelineError, show } from "../../errors.ts";
import { chosenColumns } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { type ChangedColumn, changeColumns, isWritten, refuseTarget, rewrite } from "./changeColumns.ts";
import { entriesOf, isRecord } from "./record.ts";

type Replacements = Readonly<Record<string, string | number | null>>;

export interface MapValues extends Descriptor {
  readonly kind: "mapValues";
  readonly map: Readonly<Record<string, Replacements>>;
}

const isReplacement = (value: unknown): boolean => value === null || (typeof value === "string" && value !== "") || Number.isFinite(value);

const form: Form = { type: "record", of: { type: "record", of: { type: "either", of: [{ type: "string" }, { type: "number" }] } } };
const map: Rule = rule(form, (value, at) => {
  const example = '{ city: { "NYC": "New York" } }';
  if (!isRecord(value) || Object.keys(value).length === 0)
    throw new PipelineError("config", at, `expected values by column such as ${example}, got ${show(value)}`);
  for (const [name, replacements] of Object.entries(value)) {
    const good = isRecord(replacements) && Object.keys(replacements).length > 0 && Object.values(replacements).every(isReplacement);
    if (!good) throw new PipelineError("config", `${at}.${name}`, `expected texts, numbers or null by value, got ${show(replacements)}`);
  }
});
const rules: Rules = { map };

/**
 * Replaces values by others, as in `mapValues({ city: { "NYC": "New York" }, children: { "-1": null } })`: texts by texts, numbers by
 * numbers, and either by null, which is missing. What is not listed stays. To make numbers of categories, map them to texts such as "1", and
 * use `castTypes`.
 */
export function mapValues(map: MapValues["map"]): MapValues {
  return describe<MapValues>("mapValues", { map }, rules);
}

export const mapValuesStage: CleanStage<MapValues> = {
  kind: "mapValues",
  rules,
  rowwise: true,
  apply({ map }, table) {
    const names = chosenColumns(table, Object.keys(map), [], "mapValues");
    refuseTarget(table, names, "mapValues", "fixLabels() changes labels");
    return changeColumns(table, names, (c, name) => mapped(c, name, entriesOf(map[name] ?? {})));
  },
};

function mapped(c: Column, name: string, replacements: ReadonlyMap<string, string | number | null>): ChangedColumn {
  const at = `mapValues.${name}`;
  if (isWritten(c)) {
    const odd = [...replacements.values()].find((value) => typeof value === "number");
    if (odd !== undefined)
      throw new PipelineError("config", at, `the column holds ${columnKind[c.type]}; write "${odd}" and use castTypes() afterwards`);
    return rewrite(c, (text) => (replacements.has(text) ? ((replacements.get(text) as string | null) ?? undefined) : text));
  }
  if (c.type === "numeric" && isFloat(c)) return mappedNumbers(c, at, replacements);
  const holds = c.type === "numeric" ? "whole numbers (bytes or i32)" : columnKind[c.type];
  throw new PipelineError("config", at, `the column holds ${holds}; expected numbers, categories or text`);
}

function mappedNumbers(c: NumericColumn, at: string, replacements: ReadonlyMap<string, string | number | null>): ChangedColumn {
  const pairs = [...replacements].map(([from, to]): [number, number] => {
    const value = from.trim() === "" ? Number.NaN : Number(from);
    if (Number.isNaN(value) || typeof to === "string")
      throw new PipelineError("config", at, `the column holds numbers; expected numbers, got ${show(from)} → ${show(to)}`);
    return [value, to ?? Number.NaN];
  });
  const numbers = new Map(pairs);
  let changed = 0;
  const data = c.data.map((value) => {
    const to = numbers.get(value);
    if (to === undefined || to === value) return value;
    changed++;
    return to;
  });
  return { column: { ...c, data }, changed };
}
