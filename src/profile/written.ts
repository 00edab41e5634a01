// How the names of a column are written: numbers or dates among them, what looks like a missing value, and one name in several spellings.
import { type WrittenNumber, writtenNumber } from "../data/writtenNumber.ts";
import type { Values } from "./values.ts";

export interface Count {
  readonly value: string;
  readonly count: number;
}

/** What people write for a missing value besides what `csv` knows, in lower case. */
const LOOKS_MISSING: ReadonlySet<string> = new Set(
  [
    "-",
    "--",
    "---",
    ".",
    "..",
    "*",
    "??",
    "n.a.",
    "n.a",
    "na",
    "nan",
    "nil",
    "null",
    "none",
    "missing",
    "undefined",
    "not available",
  ].concat([
    "unknown",
    "unk",
    "not known",
    "not applicable",
    "no data",
    "n/d",
    "nd",
    "tbd",
    "#value!",
    "#ref!",
    "#div/0!",
    "(blank)",
    "blank",
    "empty",
  ]),
);

export const looksMissing = (text: string): boolean => text.trim() === "" || LOOKS_MISSING.has(text.trim().toLowerCase());

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
export const numberOf = (text: string): number => (NUMBER.test(text) ? Number(text) : Number.NaN);

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$/;
const PARTED = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{2,4})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?)?$/;

/** Milliseconds since 1970; NaN where the text is no date. Of days and months in doubt `dayFirst` says which comes first. */
export function dateOf(text: string, dayFirst: boolean): number {
  const iso = ISO.exec(text);
  if (iso !== null) return dated(...(iso.slice(1, 7) as Parts));
  const parted = PARTED.exec(text);
  if (parted === null) return Number.NaN;
  const [, first, , second, last, ...time] = parted as unknown as string[];
  if ((first as string).length === 4) return dated(first, second, last, ...(time as [Part, Part, Part]));
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return (last as string).length === 3 ? Number.NaN : dated(century(last as string), month, day, ...(time as [Part, Part, Part]));
}

type Part = string | undefined;
type Parts = [Part, Part, Part, Part, Part, Part];
const century = (year: string): string => (year.length === 2 ? `${Number(year) < 70 ? "20" : "19"}${year}` : year);

function dated(...parts: Parts): number {
  const [year, month, day, hour, minute, second] = parts.map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 ? time : Number.NaN;
}

const UNIT = /^\s*(?:([$€£¥])\s?[+-]?[\d.,]+|[+-]?[\d.,]+\s?(%|[$€£¥]|[a-zµ°]{1,3}))\s*$/i;

export interface Written {
  /** Shares of the rows that are not missing. */
  readonly numbers: number;
  readonly dates: number;
  readonly dayFirst: boolean;
  /** Numbers as they are written elsewhere: 1.234,5 or 1,234.5. */
  readonly decimalComma: number;
  readonly grouped: number;
  /** Words a value, in the mean. */
  readonly words: number;
}

export function howWritten({ categories, counts }: Values): Written {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const share = (is: (text: string) => boolean): number =>
    categories.reduce((sum, text, i) => sum + (is(text) ? (counts[i] as number) : 0), 0) / (total || 1);
  const [dayFirst, monthFirst] = [true, false].map((first) => share((text) => !Number.isNaN(dateOf(text, first)))) as [number, number];
  return {
    numbers: share((text) => NUMBER.test(text)),
    dates: Math.max(dayFirst, monthFirst),
    dayFirst: dayFirst > monthFirst,
    decimalComma: share((text) => /^[+-]?(\d{1,3}([. ]\d{3})+|\d+),\d+$/.test(text)),
    grouped: share((text) => /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)),
    words: categories.reduce((sum, text, i) => sum + text.split(/\s+/).length * (counts[i] as number), 0) / (total || 1),
  };
}

const FORMATS: readonly WrittenNumber[] = [{}, { thousands: "," }, { decimal: "," }, { decimal: ",", thousands: "." }];

/** How nearly all are written, where that is as numbers with one unit; plain numbers may be among them. */
export function unitOf({ categories, counts }: Values, share: number): WrittenNumber | undefined {
  const units = new Map<string, number>();
  let total = 0;
  categories.forEach((text, i) => {
    const count = counts[i] as number;
    const unit = UNIT.exec(text);
    if (!looksMissing(text)) total += count;
    if (unit !== null) units.set((unit[1] ?? unit[2]) as string, (units.get((unit[1] ?? unit[2]) as string) ?? 0) + count);
  });
  const unit = byCount([...units].map(([value, count]) => ({ value, count })))[0]?.value;
  if (unit === undefined) return undefined;
  const fitting = FORMATS.map((format) => {
    const parse = writtenNumber({ ...format, unit });
    return categories.reduce((sum, text, i) => sum + (Number.isNaN(parse(text)) ? 0 : (counts[i] as number)), 0);
  });
  const most = Math.max(...fitting);
  return most >= share * total ? { unit, ...FORMATS[fitting.indexOf(most)] } : undefined;
}

/** Names that differ in nothing but case, spaces and the form of their letters, the most frequent first. */
export function spellings({ categories, counts }: Values): readonly (readonly Count[])[] {
  const groups = new Map<string, Count[]>();
  categories.forEach((value, i) => {
    const count = counts[i] as number;
    if (count === 0) return;
    const key = value.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ value, count }]);
    else group.push({ value, count });
  });
  return [...groups.values()].filter(({ length }) => length > 1).map(byCount);
}

/** The names that rows have, the most frequent first. */
export const byCount = (all: readonly Count[]): Count[] =>
  all.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));

export const countsOf = ({ categories, counts }: Values): Count[] =>
  byCount(categories.map((value, i) => ({ value, count: counts[i] as number })));

/** Numbers that may stand for "not known": a code such as -999, or 0, far from all others. */
export function sentinels(sorted: Float64Array): Count[] {
  const n = sorted.length;
  if (n < 10) return [];
  const found: Count[] = [];
  const [least, most] = [sorted[0] as number, sorted[n - 1] as number];
  const first = sorted.findIndex((value) => value !== least);
  const last = sorted.findLastIndex((value) => value !== most);
  if (first < 0) return [];
  const [next, before] = [sorted[first] as number, sorted[last] as number];
  // A few very large values do not make 0 usual.
  const usual = sorted[Math.floor((n - 1) * 0.99)] as number;
  if ((isCode(least) && next - least > most - next) || (least === 0 && first < n * 0.1 && next > 0.2 * (usual - next)))
    found.push({ value: String(least), count: first });
  if (isCode(most) && most - before > before - least) found.push({ value: String(most), count: n - 1 - last });
  return found;
}

/** -9, -99, -999, 999, 9999 and so on. */
const isCode = (value: number): boolean => /^(-9+|9{3,})$/.test(String(value));
