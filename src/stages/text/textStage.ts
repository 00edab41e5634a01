// Clean stages that change columns of text one by one; those that change texts one by one are a function of one text.
import { type Descriptor, listOf, optional, type Rules, string } from "../../check.ts";
import type { Column, Table } from "../../data/table.ts";
import type { ChangedColumn } from "../clean/changeColumns.ts";
import type { CleanStage } from "../stage.ts";
import type { Work } from "../work.ts";
import { textColumns } from "./inputs.ts";

export interface TextStage extends Descriptor {
  /** Default: the inputs that hold text. */
  readonly columns?: readonly string[];
}

export const textRules: Rules = { columns: optional(listOf(string)) };

/** The columns that `choose` finds, each changed by itself. */
export function eachColumn<D extends TextStage, C extends Column>(
  kind: D["kind"],
  rules: Rules,
  choose: (table: Table, names: readonly string[] | undefined, kind: string) => readonly (readonly [string, C])[],
  changeOf: (stage: D) => (column: C) => Work<ChangedColumn>,
): CleanStage<D> {
  return {
    kind,
    rules,
    rowwise: true,
    *apply(stage, table) {
      const change = changeOf(stage);
      const columns: Record<string, Column> = { ...table.columns };
      let changed = 0;
      for (const [name, before] of choose(table, stage.columns, kind)) {
        const made = yield* change(before);
        columns[name] = made.column;
        changed += made.changed;
      }
      return { table: { ...table, columns }, removed: [], changed };
    },
  };
}

/** `changeOf` gives what the stage does to a text. */
export function textStage<D extends TextStage>(
  kind: D["kind"],
  rules: Rules,
  changeOf: (stage: D) => (text: string) => string,
): CleanStage<D> {
  return eachColumn(kind, rules, textColumns, (stage: D) => {
    const change = changeOf(stage);
    return function* ({ values }) {
      const texts: string[] = [];
      let changed = 0;
      for (const text of values) {
        yield texts.length;
        const next = change(text);
        if (next !== text) changed++;
        texts.push(next);
      }
      return { column: { type: "text", values: texts }, changed };
    };
  });
}
