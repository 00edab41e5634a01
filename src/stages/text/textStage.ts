// Clean stages that change texts one by one are a function of one text.
import { type Descriptor, listOf, optional, type Rule, type Rules, string } from "../../check.ts";
import type { Column } from "../../data/table.ts";
import { PipelineError, show } from "../../errors.ts";
import type { CleanStage } from "../stage.ts";
import { textColumns } from "./inputs.ts";

export interface TextStage extends Descriptor {
  /** Default: the inputs that hold text. */
  readonly columns?: readonly string[];
}

export const textRules: Rules = { columns: optional(listOf(string)) };

/** `changeOf` gives what the stage does to a text. */
export function textStage<D extends TextStage>(
  kind: D["kind"],
  rules: Rules,
  changeOf: (stage: D) => (text: string) => string,
): CleanStage<D> {
  return {
    kind,
    rules,
    rowwise: true,
    *apply(stage, table) {
      const change = changeOf(stage);
      const columns: Record<string, Column> = { ...table.columns };
      let changed = 0;
      for (const [name, { values }] of textColumns(table, stage.columns, kind)) {
        const texts: string[] = [];
        for (const text of values) {
          yield texts.length;
          const next = change(text);
          if (next !== text) changed++;
          texts.push(next);
        }
        columns[name] = { type: "text", values: texts };
      }
      return { table: { ...table, columns }, removed: [], changed };
    },
  };
}

/** What stands in place of something that is taken out; it may be nothing. */
export const replacement: Rule = (value, at) => {
  if (typeof value !== "string") throw new PipelineError("config", at, `expected a string, got ${show(value)}`);
};
