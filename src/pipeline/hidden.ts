// What anonymize() hides must not stand in a run's files as it was before.
import type { Table } from "../data/table.ts";
import { cleanStages } from "../stages/index.ts";
import type { Removed } from "../stages/stage.ts";
import type { Pipeline } from "./define.ts";

/** The columns that the stages from number `from` on will hide. */
export function hiddenColumns({ clean = [] }: Pipeline, from: number, table: Table): readonly string[] {
  return clean.slice(from).flatMap((stage) => cleanStages[stage.kind]?.hides?.(stage, table) ?? []);
}

/** Without these columns. */
export function veiled(table: Table, hidden: readonly string[]): Table {
  if (hidden.length === 0) return table;
  const columns = Object.fromEntries(Object.entries(table.columns).filter(([name]) => !hidden.includes(name)));
  return { ...table, columns, inputs: table.inputs.filter((name) => !hidden.includes(name)) };
}

/** A reason tells values of the columns that it names. */
export function veiledReasons(removed: readonly Removed[], hidden: readonly string[]): readonly Removed[] {
  if (hidden.length === 0) return removed;
  return removed.map(({ id, reason }) => {
    const named = hidden.find((name) => reason.includes(name));
    return { id, reason: named === undefined ? reason : `for what stands in ${named}, which anonymize() hides` };
  });
}
