// What was found of one kind in one column, counted.
import { masked } from "./masked.ts";
import type { PersonalKind } from "./patterns.ts";
import type { PersonalFinding } from "./personalData.ts";

export interface Tally {
  readonly kind: PersonalKind;
  /** Rows. */
  count: number;
  /** The first of them. */
  row: number;
  /** A few that differ. */
  readonly different: Set<string>;
  /** As what they were found. */
  readonly whats: Set<string>;
}

export const tallyOf = (kind: PersonalKind): Tally => ({ kind, count: 0, row: 0, different: new Set(), whats: new Set() });

const DIFFERENT = 3;

export function add(tally: Tally, found: string, rows: number, row: number, what?: string): void {
  if (tally.count === 0 || row < tally.row) tally.row = row;
  tally.count += rows;
  if (tally.different.size < DIFFERENT) tally.different.add(found);
  if (what !== undefined) tally.whats.add(what);
}

/** Whether so many values pass a check that it is not by chance, where one in ten would. */
export const isMost = ({ count, different }: Tally, known: number): boolean => count >= known * 0.8 && different.size >= DIFFERENT;

/** Of `known` values; `named` where the column's name says the same. */
export function findingOf({ kind, count, row, different, whats }: Tally, column: string, known: number, named: boolean): PersonalFinding {
  const examples = Array.from(different, (found) => masked(found, kind));
  const values = `${count} of ${known} values`;
  const held = `${values} hold ${[...whats].join(", ")}${named ? "; its name says so, too" : ""}`;
  return {
    column,
    kind,
    count,
    share: count / known,
    row,
    examples,
    why: whats.size === 0 ? `its name says so, and ${values} could be` : held,
  };
}
