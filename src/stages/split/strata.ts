// Rows by class, and how a part is divided over classes.
import { type NumericColumn, numericColumn, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";

/** The rows of each class, in the order of `rows`. */
export function strataOf(table: Table, rows: Uint32Array): [label: number, rows: Uint32Array][] {
  const { data } = labelsOf(table);
  const sizes = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const label = data[rows[i] as number] as number;
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
  }
  const strata = new Map([...sizes].map(([label, length]) => [label, { rows: new Uint32Array(length), n: 0 }]));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const stratum = strata.get(data[row] as number);
    if (stratum !== undefined) stratum.rows[stratum.n++] = row;
  }
  return [...strata].sort(([a], [b]) => a - b).map(([label, stratum]) => [label, stratum.rows]);
}

/** Throws when a class has too few rows to be in each of so many parts. */
export function requireEnough(table: Table, strata: readonly [number, Uint32Array][], parts: number, what: string): void {
  const { classes } = labelsOf(table);
  for (const [label, { length }] of strata) {
    if (length >= parts) continue;
    const name = JSON.stringify(classes?.[label] ?? String(label));
    const problem = `class ${name} has ${length} row(s), too few for ${parts} ${what}; drop the class or set stratify: false`;
    throw new PipelineError("data", "split.stratify", problem);
  }
}

export function labelsOf(table: Table): NumericColumn {
  const target = numericColumn(table, table.target);
  if (target.shape.length === 0 && target.data instanceof Int32Array) return target;
  throw new PipelineError("config", "split.stratify", `the target "${table.target}" holds numbers, not classes; set stratify: false`);
}

/** Divides `total` over groups of these sizes: whole parts first, then one each to the largest remainders. */
export function proportions(total: number, sizes: readonly number[]): number[] {
  const all = sizes.reduce((sum, n) => sum + n, 0);
  const exact = sizes.map((n) => (all === 0 ? 0 : (total * n) / all));
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((sum, n) => sum + n, 0);
  const order = exact.map((value, i) => ({ i, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, left)) parts[i] = (parts[i] as number) + 1;
  return parts;
}
