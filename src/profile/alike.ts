// Columns that say the same: equal, in step (|r| ≥ 0.995), or names for names.
import { pearson } from "./association.ts";
import type { Values } from "./values.ts";

export interface Alike {
  readonly columns: readonly [string, string];
  readonly how: "equal" | "in step" | "one to one";
  /** Pearson's r, where they are numbers in step. */
  readonly r?: number;
}

const IN_STEP = 0.995;
/** Beyond so many columns only the first are compared with each other. */
export const MOST_COMPARED = 150;
const FEW = 10;

export function alike(columns: readonly Values[]): Alike[] {
  const shown = columns.slice(0, MOST_COMPARED).map((values) => ({ values, kinds: kindsOf(values) }));
  return shown.flatMap((a, i) =>
    shown.slice(i + 1).flatMap((b): Alike[] => {
      const names = [a.values.name, b.values.name] as const;
      const [x, y] = [a.values.numbers, b.values.numbers];
      if (x !== undefined && y !== undefined) {
        if (isEqual(x, y)) return [{ columns: names, how: "equal" }];
        const r = known(x, y) < FEW ? Number.NaN : pearson(x, y);
        if (Math.abs(r) >= IN_STEP) return [{ columns: names, how: "in step", r }];
      }
      if (a.kinds !== undefined && b.kinds !== undefined && isOneToOne(a.kinds, b.kinds)) return [{ columns: names, how: "one to one" }];
      return [];
    }),
  );
}

const isEqual = (x: Float64Array, y: Float64Array): boolean =>
  x.every((value, i) => value === y[i] || (Number.isNaN(value) && Number.isNaN(y[i]))) && x.some((value) => !Number.isNaN(value));

const known = (x: Float64Array, y: Float64Array): number =>
  x.reduce((count, value, i) => count + Number(Number.isFinite(value + (y[i] as number))), 0);

/** Which rows have the same, for columns of names or of few numbers, where a name has two rows or more in the mean. */
export function kindsOf({ numbers, codes }: Values): Int32Array | undefined {
  let kinds = codes;
  if (numbers !== undefined) {
    const places = new Map<number, number>();
    kinds = new Int32Array(numbers.length);
    for (let i = 0; i < numbers.length; i++) {
      const value = numbers[i] as number;
      if (Number.isNaN(value)) kinds[i] = -1;
      else {
        const place = places.get(value) ?? places.size;
        places.set(value, place);
        kinds[i] = place;
      }
      if (places.size > 1000) return undefined;
    }
  }
  const distinct = new Set(kinds);
  distinct.delete(-1);
  return distinct.size < 2 || distinct.size * 2 > kinds.length ? undefined : kinds;
}

/** Whether each follows from the other in all rows that have both, and they have them in most. */
export function isOneToOne(a: Int32Array, b: Int32Array): boolean {
  const [there, back] = [new Map<number, number>(), new Map<number, number>()];
  let both = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (x < 0 || y < 0) continue;
    both++;
    if ((there.get(x) ?? y) !== y || (back.get(y) ?? x) !== x) return false;
    there.set(x, y);
    back.set(y, x);
  }
  return there.size > 1 && both >= FEW && both * 2 >= a.length;
}
