// Columns that the model is not to see.
import type { Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { CleanResult } from "../stage.ts";
import type { Work } from "../work.ts";
import { refuseTarget } from "./changeColumns.ts";

/** Throws where nothing would be left for the model to read. */
export function* withoutColumns(table: Table, names: readonly string[], kind: string): Work<CleanResult> {
  refuseTarget(table, names, kind, "the model needs it");
  const gone = new Set(names);
  const inputs = table.inputs.filter((name) => !gone.has(name));
  if (inputs.length === 0) throw new PipelineError("config", kind, `no input would be left: it drops ${names.join(", ")}`);
  const columns = Object.fromEntries(Object.entries(table.columns).filter(([name]) => !gone.has(name)));
  return { table: { ...table, columns, inputs }, removed: [], changed: 0, note: droppedText(names) };
}

const SHOWN = 8;

function droppedText(names: readonly string[]): string {
  if (names.length === 0) return "no column dropped";
  const more = names.length > SHOWN ? `, … (${names.length} columns)` : "";
  return `dropped ${names.slice(0, SHOWN).join(", ")}${more}`;
}
