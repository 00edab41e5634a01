// What anonymize() hides must not stand in a run's files as it was before.
import type { Table } from "../data/table.ts";
import { isRecord } from "../stages/clean/record.ts";
import { cleanStages } from "../stages/index.ts";
import type { Removed } from "../stages/stage.ts";
import type { Pipeline } from "./define.ts";

/** The columns that the stages from number `from` on will hide. */
export function hiddenColumns({ clean = [] }: Pipeline, from: number, table: Table): readonly string[] {
  const recast: string[] = [];
  return clean.slice(from).flatMap((stage) => {
    const kind = cleanStages[stage.kind];
    const hidden = kind?.hides?.(stage, table, recast) ?? [];
    recast.push(...(kind?.recasts?.(stage) ?? []));
    return hidden;
  });
}

/** Without these columns. */
export function veiled(table: Table, hidden: readonly string[]): Table {
  if (hidden.length === 0) return table;
  const columns = Object.fromEntries(Object.entries(table.columns).filter(([name]) => !hidden.includes(name)));
  return { ...table, columns, inputs: table.inputs.filter((name) => !hidden.includes(name)) };
}

/** Which of them what a stage has learned tells of: that is stored with the model. */
export const learnedOf = (fitted: unknown, hidden: readonly string[]): readonly string[] =>
  isRecord(fitted) ? [...new Set(hidden)].filter((name) => Object.hasOwn(fitted, name)) : [];

/** A reason tells values of the columns that it names; one that quotes a schema may tell any. */
export function veiledReasons(removed: readonly Removed[], hidden: readonly string[], quotes: boolean): readonly Removed[] {
  if (hidden.length === 0) return removed;
  return removed.map(({ id, reason }) => {
    if (quotes)
      return { id, reason: "for what a schema says of the row, which may tell what anonymize() hides; put it behind anonymize()" };
    const named = hidden.find((name) => reason.includes(name));
    return { id, reason: named === undefined ? reason : `for what stands in ${named}, which anonymize() hides` };
  });
}
