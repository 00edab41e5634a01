// One column: what it holds and why that may surprise, what is missing, how it is distributed.

import { type WrittenNumber, writtenNumber } from "../data/writtenNumber.ts";
import { distinctOf, type Histogram, histogramOf, type Moments, momentsOf } from "./moments.ts";
import { asNumbers, type Values } from "./values.ts";
import { type Count, countsOf, dateOf, howWritten, looksMissing, numberOf, sentinels, spellings, unitOf } from "./written.ts";

export type ColumnType = "numbers" | "categories" | "text" | "dates" | "empty";

export interface ColumnProfile {
  readonly name: string;
  /** What it is, by its values. */
  readonly type: ColumnType;
  /** What the source makes of it. */
  readonly read: "numbers" | "categories";
  /** What is surprising about the type. */
  readonly why?: string;
  readonly missing: {
    readonly count: number;
    readonly share: number;
    /** How what is missing is written; "" is an empty cell. */
    readonly tokens: readonly Count[];
    /** Values that the source does not take for missing, but that look like it. */
    readonly suspects: readonly Count[];
  };
  readonly distinct: number;
  /** Of numbers, those that look like codes for a missing value among them. */
  readonly moments?: Moments;
  readonly infinite: number;
  readonly histogram?: Histogram;
  /** The most frequent values, of names and of numbers of few kinds. */
  readonly top?: readonly Count[];
  readonly dates?: { readonly from: string; readonly to: string; readonly dayFirst: boolean };
  /** Names among numbers: how many rows have a number, and what the others have. */
  readonly mixed?: { readonly numbers: number; readonly names: readonly Count[] };
  readonly spellings: readonly (readonly Count[])[];
  /** How numbers are written that the source does not read as such. */
  readonly notation?: "decimal comma" | "thousands";
  /** How its numbers are written, where they have a unit. */
  readonly unit?: WrittenNumber;
  readonly constant: boolean;
  /** Every row has a value of its own, as numbers of rows and names of people have; rows that are repeated whole aside. */
  readonly unique: boolean;
}

/** A column as it is told, and as the other columns are compared with it. */
export interface Looked {
  readonly profile: ColumnProfile;
  /** Numbers and dates as numbers, where names were read. */
  readonly values: Values;
}

const BINS = 48;
const TOP = 8;
const MANY = 0.9;
const FEW_KINDS = 20;

/** `repeats` rows of the table equal an earlier one. */
export function lookAt(values: Values, repeats = 0): Looked {
  return values.numbers === undefined ? lookAtNames(values, repeats) : lookAtNumbers(values, values.numbers, repeats);
}

/** Where many rows are repeated, they are what the table is about. */
const isUnique = (distinct: number, known: number, repeats: number): boolean =>
  known > FEW_KINDS && distinct >= known - (repeats < known / 10 ? repeats : 0);

const missingOf = ({ missing, tokens }: Values, rows: number, suspects: readonly Count[]): ColumnProfile["missing"] => ({
  count: missing,
  share: rows === 0 ? 0 : missing / rows,
  tokens: [...tokens].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count),
  suspects,
});

function lookAtNumbers(values: Values, numbers: Float64Array, repeats: number): Looked {
  const { name } = values;
  const sorted = numbers.filter(Number.isFinite).sort();
  const infinite = numbers.length - sorted.length - values.missing;
  const shared = { name, read: "numbers", spellings: [], infinite } as const;
  if (sorted.length === 0) {
    const profile = {
      ...shared,
      type: "empty",
      missing: missingOf(values, numbers.length, []),
      distinct: 0,
      constant: true,
      unique: false,
    } as const;
    return { profile, values };
  }
  const moments = momentsOf(sorted);
  const distinct = distinctOf(sorted);
  const why = surpriseOfNumbers(name, sorted, moments, distinct);
  return {
    values,
    profile: {
      ...shared,
      type: "numbers",
      ...(why !== undefined && { why }),
      missing: missingOf(values, numbers.length, sentinels(sorted)),
      distinct,
      moments,
      histogram: histogramOf(sorted, moments.whole, BINS),
      ...(distinct <= FEW_KINDS && { top: kinds(sorted) }),
      constant: distinct === 1,
      unique: moments.whole && isUnique(distinct, sorted.length, repeats) && isCounted(name, moments, sorted.length),
    },
  };
}

/** Whole numbers that are all different are a number of the row where they leave no gaps, or where the column is called so. */
const isCounted = (name: string, { min, max }: Moments, rows: number): boolean =>
  max - min + 1 <= 1.5 * rows || /(^|[_\s-])(id|key|uuid|index|nr|no|number)$|^(id|index)([_\s-]|$)|[a-z]I[dD]$/i.test(name);

function kinds(sorted: Float64Array): Count[] {
  const counts = new Map<number, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value: String(value), count }))
    .sort((a, b) => b.count - a.count || Number(a.value) - Number(b.value));
}

function surpriseOfNumbers(
  name: string,
  sorted: Float64Array,
  { whole, min, max, skewness }: Moments,
  distinct: number,
): string | undefined {
  const isDay = (n: number): boolean =>
    !Number.isNaN(dateOf(`${String(n).slice(0, 4)}-${String(n).slice(4, 6)}-${String(n).slice(6)}`, false));
  if (whole && min >= 19_000_101 && max <= 21_001_231 && sorted.every(isDay)) return `dates written as numbers, such as ${min}`;
  const coded = /(^|[_\s-])(zip|postcode|plz|code|class|type|category|grade|group|origin|region)([_\s-]|$)/i.test(name);
  if (whole && distinct > 2 && distinct < sorted.length / 2 && coded)
    return `whole numbers of ${distinct} kinds, and by its name they may be categories`;
  // Counts of things begin at 0 and get rarer.
  const counts = min === 0 && skewness > 1;
  if (whole && !counts && distinct > 2 && distinct <= 12 && distinct < sorted.length / 20)
    return `whole numbers of only ${distinct} kinds: they may be categories`;
  return undefined;
}

function lookAtNames(values: Values, repeats: number): Looked {
  const { name, codes } = values;
  const rows = codes.length;
  const known = rows - values.missing;
  const counts = countsOf(values);
  const distinct = counts.length;
  const shared = { name, read: "categories", infinite: 0, distinct, constant: distinct <= 1 } as const;
  const top = counts.slice(0, TOP);
  if (distinct === 0) {
    return { values, profile: { ...shared, type: "empty", missing: missingOf(values, rows, []), spellings: [], unique: false } };
  }
  const how = howWritten(values);
  const suspects = counts.filter(({ value }) => looksMissing(value));
  const suspected = suspects.reduce((sum, { count }) => sum + count, 0) / known;
  const unique = isUnique(distinct, known, repeats);
  const rest = { missing: missingOf(values, rows, suspects), top, spellings: [] as const, unique };
  if (how.dates >= MANY) return lookAtDates(values, { ...shared, ...rest }, how.dayFirst);
  if (how.numbers >= 0.5 || (how.numbers > 0 && how.numbers + suspected >= 0.99))
    return lookAtMixed(values, { ...shared, ...rest }, how.numbers);
  const unit = unitOf(values, MANY);
  if (unit !== undefined) return lookAtMixed(values, { ...shared, ...rest, unique: false, unit }, 1);
  const notation =
    how.decimalComma >= MANY
      ? "decimal comma"
      : how.grouped >= MANY || (how.grouped > 0.2 && how.grouped + how.numbers >= MANY)
        ? "thousands"
        : undefined;
  const isText = how.words >= 4 && distinct > 0.5 * known && known > FEW_KINDS;
  const why = isText
    ? `${how.words.toFixed(1)} words a row, nearly all different: text rather than categories`
    : notation !== undefined
      ? `numbers written with a ${{ "decimal comma": "decimal comma", thousands: "comma between thousands" }[notation]}, as ${JSON.stringify(top[0]?.value)}`
      : undefined;
  const type = isText ? ("text" as const) : ("categories" as const);
  return {
    values,
    profile: { ...shared, ...rest, type, spellings: spellings(values), ...(why !== undefined && { why }), ...(notation && { notation }) },
  };
}

type Shared = Omit<ColumnProfile, "type" | "why">;

function lookAtDates(values: Values, shared: Shared, dayFirst: boolean): Looked {
  const numbers = asNumbers(values, (text) => dateOf(text, dayFirst));
  const sorted = numbers.filter(Number.isFinite).sort();
  const iso = (time: number): string =>
    new Date(time)
      .toISOString()
      .slice(0, time % 86_400_000 === 0 ? 10 : 16)
      .replace("T", " ");
  const dates = { from: iso(sorted[0] as number), to: iso(sorted.at(-1) as number), dayFirst };
  const { top: _, ...rest } = shared;
  const profile = {
    ...rest,
    type: "dates",
    dates,
    histogram: histogramOf(sorted, false, BINS),
    why: "dates, which are read as categories",
  } as const;
  return { profile, values: { ...values, numbers } };
}

/** Numbers with names among them. */
function lookAtMixed(values: Values, shared: Shared, share: number): Looked {
  const parse = shared.unit === undefined ? numberOf : writtenNumber(shared.unit);
  const numbers = asNumbers(values, parse);
  const sorted = numbers.filter(Number.isFinite).sort();
  const names = countsOf(values).filter(({ value }) => Number.isNaN(parse(value)));
  const examples = names.slice(0, 3).map(({ value }) => JSON.stringify(value));
  const all = shared.unit === undefined ? "numbers" : `numbers written with a unit, as ${JSON.stringify(shared.top?.[0]?.value)}`;
  const why =
    names.length === 0
      ? `${all}, which are read as categories`
      : `${names.reduce((sum, { count }) => sum + count, 0)} cells are no numbers: ${examples.join(", ")}${names.length > 3 ? ", …" : ""}`;
  const mixed = { numbers: sorted.length, names: names.slice(0, TOP) };
  if (share < MANY && names.some(({ value }) => !looksMissing(value))) {
    return { values, profile: { ...shared, type: "categories", why, mixed, spellings: spellings(values) } };
  }
  const moments = momentsOf(sorted);
  const profile: ColumnProfile = {
    ...shared,
    type: "numbers",
    why,
    mixed,
    distinct: distinctOf(sorted),
    moments,
    histogram: histogramOf(sorted, moments.whole, BINS),
    missing: { ...shared.missing, suspects: [...shared.missing.suspects, ...sentinels(sorted)] },
  };
  return { profile, values: { ...values, numbers } };
}
