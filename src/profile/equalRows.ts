// Rows that stand there more than once, and what they would do to a split.
import type { Column } from "../data/table.ts";
import { firstEquals } from "../stages/clean/dropDuplicates.ts";
import type { Work } from "../stages/work.ts";

export interface Duplicates {
  /** Rows that equal an earlier one in all columns. */
  readonly rows: number;
  /** The first of them, and which row it equals, from 0. */
  readonly example?: readonly [row: number, first: number];
  /** Rows that equal an earlier one in all columns but the target. */
  readonly inputs?: number;
  /** Rows that equal an earlier one in all columns but the target, where they differ. */
  readonly contradicting?: number;
  /** How many rows of a test set of a fifth, drawn at random, would be expected to have an equal among the others. */
  readonly straddling: number;
}

const TEST = 0.2;

export function* duplicatesOf(columns: Readonly<Record<string, Column>>, rows: number, target: string | undefined): Work<Duplicates> {
  const all = yield* firstEquals(rows, Object.values(columns));
  const counts = new Uint32Array(rows);
  for (const first of all) counts[first] = (counts[first] as number) + 1;
  let straddling = 0;
  for (const count of counts) if (count > 1) straddling += count * TEST * (1 - TEST ** (count - 1));
  const found = all.findIndex((first, row) => first !== row);
  const same = countRepeated(all);
  const shared = { rows: same, straddling, ...(found >= 0 && { example: [found, all[found] as number] as const }) };
  const inputs = Object.entries(columns).filter(([name]) => name !== target);
  if (target === undefined || inputs.length === 0) return shared;
  const firsts = yield* firstEquals(
    rows,
    inputs.map(([, column]) => column),
  );
  // Rows of equal inputs whose first of all columns is another than that of the inputs.
  const contradicting = firsts.reduce((n, first, row) => n + Number(first !== row && all[row] !== all[first]), 0);
  return { ...shared, inputs: countRepeated(firsts), contradicting };
}

const countRepeated = (firsts: Int32Array): number => firsts.reduce((n, first, row) => n + Number(first !== row), 0);
