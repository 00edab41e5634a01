// The door between cleaning and training: past it every row has one shape, and every number is a number.
import { column, isFloat, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { missingPlace, missingRows } from "./clean/missing.ts";
import { valueName } from "./clean/rows.ts";
import type { Work } from "./work.ts";

const SHOWN = 3;

/** Throws when rows were of another shape, a value or a label is missing, or a number is infinite. Names how many and which. */
export function* requireComplete(table: Table): Work<void> {
  const { misfits = [] } = table;
  if (misfits.length > 0) {
    const shown = misfits.slice(0, SHOWN).map((misfit) => misfit.reason);
    const more = misfits.length > SHOWN ? `; and ${misfits.length - SHOWN} more` : "";
    const total = table.rows + misfits.length;
    throw new PipelineError(
      "data",
      "rows",
      `${misfits.length} of ${total} rows have another shape: ${shown.join("; ")}${more}; add requireShape() to clean to leave them out`,
    );
  }
  const names = [...table.inputs, table.target];
  for (const [i, name] of names.entries()) {
    yield Math.floor((i * table.rows) / names.length);
    requireFinite(table, name);
  }
}

const whatIsMissing = {
  numeric: "have missing values (NaN)",
  category: "have no category",
  text: "are empty",
  tokens: "have no words",
  sequences: "have no words",
} as const;

function requireFinite(table: Table, name: string): void {
  const c = column(table, name);
  const ways = name === table.target || c.type === "tokens" ? "dropIncomplete()" : "fillMissing() or dropIncomplete()";
  const way = `add ${ways} to ${c.type === "tokens" ? "the end of " : ""}clean`;
  const { count, first } = missingRows(c, table.rows);
  if (count > 0) {
    const where = `${c.type === "numeric" ? valueName(name, c, missingPlace(c, first)) : name} of row ${table.ids[first]}`;
    const problem = `${count} of ${table.rows} rows ${whatIsMissing[c.type]}, the first is ${where}; ${way}`;
    throw new PipelineError("data", `column "${name}"`, problem);
  }
  if (c.type !== "numeric" || !isFloat(c)) return;
  const width = c.data.length / table.rows;
  const { data } = c;
  let infinite = 0;
  while (infinite < data.length && Number.isFinite(data[infinite])) infinite++;
  if (infinite === data.length) return;
  const where = `${valueName(name, c, infinite % width)} of row ${table.ids[Math.floor(infinite / width)]}`;
  throw new PipelineError(
    "data",
    `column "${name}"`,
    `${where} is ${c.data[infinite]}; add requireRange({ min, max }) to clean to leave such rows out`,
  );
}
