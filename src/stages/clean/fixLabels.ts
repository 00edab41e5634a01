// One name for each class: misspelled labels become those that were meant.
import { type Descriptor, describe, type Rule, type Rules, rule } from "../../check.ts";
import { type NumericColumn, numericColumn } from "../../data/table.ts";
import { PipelineError, show } from "../../errors.ts";
import type { CleanResult, CleanStage } from "../stage.ts";
import { entriesOf, isRecord } from "./record.ts";

export interface FixLabels extends Descriptor {
  readonly kind: "fixLabels";
  readonly labels: Readonly<Record<string, string | null>>;
}

const labels: Rule = rule({ type: "record", of: { type: "string" } }, (value, at) => {
  const good =
    isRecord(value) &&
    Object.keys(value).length > 0 &&
    Object.values(value).every((to) => to === null || (typeof to === "string" && to !== ""));
  if (!good) throw new PipelineError("config", at, `expected names by label such as { "<=50K.": "<=50K" }, got ${show(value)}`);
});
const rules: Rules = { labels };

/**
 * Renames labels of the target, as in `fixLabels({ "<=50K.": "<=50K" })`; labels with one name become one class, and null makes a label
 * missing, for `dropMissing` to remove its row. Classes stay in their order, each at the place of the first of its labels.
 */
export function fixLabels(labels: FixLabels["labels"]): FixLabels {
  return describe<FixLabels>("fixLabels", { labels }, rules);
}

export const fixLabelsStage: CleanStage<FixLabels> = {
  kind: "fixLabels",
  rules,
  rowwise: true,
  *apply(stage, table): Generator<number, CleanResult, undefined> {
    // Rows that are predicted have no labels.
    if (!Object.hasOwn(table.columns, table.target)) return { table, removed: [], changed: 0 };
    const target = numericColumn(table, table.target);
    const { classes } = target;
    if (classes === undefined)
      throw new PipelineError("config", "fixLabels", `the target "${table.target}" holds numbers, not labels with names`);
    yield 0;
    const map = entriesOf(stage.labels);
    const { column, changed } = renamed(target, classes, map);
    const stray = [...map.keys()].filter((from) => !classes.includes(from));
    const note = stray.length === 0 ? {} : { note: `no label is called ${stray.map((name) => JSON.stringify(name)).join(" or ")}` };
    return { table: { ...table, columns: { ...table.columns, [table.target]: column } }, removed: [], changed, ...note };
  },
};

function renamed(
  target: NumericColumn,
  classes: readonly string[],
  map: ReadonlyMap<string, string | null>,
): { column: NumericColumn; changed: number } {
  const names = classes.map((name) => (map.has(name) ? (map.get(name) as string | null) : name));
  const kept = [...new Set(names.filter((name) => name !== null))];
  const places = Int32Array.from(names, (name) => (name === null ? -1 : kept.indexOf(name)));
  let changed = 0;
  const data = target.data.map((label) => {
    if (label < 0) return label;
    if (names[label] !== classes[label]) changed++;
    return places[label] ?? label;
  });
  return { column: { ...target, data, classes: kept }, changed };
}
