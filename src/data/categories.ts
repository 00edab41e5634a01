// The names that a column of categories holds.
import type { CategoryColumn } from "./table.ts";

/** The order of Python's `sorted`, and so of scikit-learn's encoders: by code points, where JavaScript compares UTF-16 units. */
export function byCodePoint(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    // Surrogates stand for what comes after all single units.
    const isPair = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
    return isPair(x) === isPair(y) ? x - y : isPair(x) ? 1 : -1;
  }
  return a.length - b.length;
}

/** The names that rows of this column have, sorted. Others in its list belong to rows that are not here. */
export function heldCategories({ categories, codes }: CategoryColumn): string[] {
  const held = new Uint8Array(categories.length);
  for (const code of codes) if (code >= 0) held[code] = 1;
  return categories.filter((_, code) => held[code] === 1).sort(byCodePoint);
}

/** For each place in the column's list of names the place in `known`, or -1. */
export function placesIn(known: readonly string[], { categories }: CategoryColumn): Int32Array {
  const places = new Map(known.map((name, i) => [name, i]));
  return Int32Array.from(categories, (name) => places.get(name) ?? -1);
}
