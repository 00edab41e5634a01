// A table looked at before anything is done to it: what its columns hold, what they have to do with what is to be predicted, and what is
// suspicious. Everything is plain data.
import type { Task } from "../data/labels.ts";
import type { Column } from "../data/table.ts";
import { takeColumn } from "../data/take.ts";
import { purpose, random } from "../random.ts";
import { type PersonalFinding, personalData } from "../stages/privacy/personalData.ts";
import type { Work } from "../stages/work.ts";
import { type Alike, alike, isOneToOne, kindsOf, MOST_COMPARED } from "./alike.ts";
import { type Alone, foldsOf, predictsAlone } from "./alone.ts";
import { correlationRatio, cramersV, pearson, spearman } from "./association.ts";
import { binsOf } from "./bins.ts";
import { type ColumnProfile, type Looked, lookAt } from "./column.ts";
import { type Duplicates, duplicatesOf } from "./equalRows.ts";
import { checkName, someTargets, type Target, targetOf } from "./target.ts";
import { someOf, type Values, valuesOf } from "./values.ts";
import { byCount, type Count } from "./written.ts";

export interface ProfileInput {
  readonly rows: number;
  /** Numbers (one a row), categories and text. */
  readonly columns: Readonly<Record<string, Column>>;
  /** By column: what was missing when it was read, as it was written, and how often. */
  readonly tokens?: Readonly<Record<string, ReadonlyMap<string, number>>>;
}

export interface ProfileOptions {
  /** The column that is to be predicted. */
  readonly target?: string | undefined;
  /** Default: what the source would make of the target. */
  readonly task?: Task | undefined;
  /** Of more rows than this, ranks, predictions and comparisons of columns look at so many. Default 50,000. */
  readonly sample?: number;
}

export interface Association {
  /**
   * "r" Pearson's, "ρ" Spearman's where it is the stronger; "V" Cramér's, corrected for bias; "η" the correlation ratio, corrected for bias.
   * All of them are from 0 to 1, r and ρ with a sign.
   */
  readonly measure: "r" | "ρ" | "V" | "η";
  readonly value: number;
  /** The same without its sign; 0 where one of the two does not vary. */
  readonly strength: number;
}

/** What a column has to do with the target. */
export interface Telling {
  readonly association: Association;
  readonly alone?: Alone;
  /** Whether each of its values stands for one of the target's, and the other way round. */
  readonly oneToOne: boolean;
  /** "certain": it is the target by another name, or as good as; "likely": it knows nearly all. */
  readonly leak?: "certain" | "likely";
}

export interface ColumnTold extends ColumnProfile {
  readonly telling?: Telling;
}

export interface TargetProfile {
  readonly name: string;
  readonly task: Task;
  /** The classes, the most frequent first. */
  readonly classes?: readonly Count[];
  readonly missing: number;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnTold[];
  readonly duplicates: Duplicates;
  readonly target?: TargetProfile;
  readonly alike: readonly Alike[];
  /** Columns that hold data about people, with a few masked examples. The values of such columns are told nowhere else. */
  readonly personal: readonly PersonalFinding[];
  /** What was not done on all rows or columns, for a person. */
  readonly notes: readonly string[];
}

const SAMPLE = 50_000;
const grouped = (n: number): string => n.toLocaleString("en-US");

/** Yields how many columns are done. Throws for a target that is not there. */
export function* profileTable({ rows, columns, tokens = {} }: ProfileInput, options: ProfileOptions = {}): Work<Profile> {
  const names = Object.keys(columns);
  if (options.target !== undefined) checkName(options.target, names);
  const duplicates = yield* counting(0, duplicatesOf(columns, rows, options.target));
  const looked: Looked[] = [];
  for (const name of names) {
    yield looked.length;
    looked.push(lookAt(valuesOf(name, columns[name] as Column, tokens[name]), duplicates.rows));
  }
  const notes: string[] = [];
  const sample = sampleOf(rows, options.sample ?? SAMPLE);
  if (sample !== undefined)
    notes.push(
      `ranks, what a column predicts alone, which columns are alike and personal data: of ${grouped(sample.length)} rows drawn from all ${grouped(rows)}`,
    );
  if (names.length > MOST_COMPARED) notes.push(`only the first ${MOST_COMPARED} columns were compared with each other`);
  const personal = yield* counting(looked.length, personalData(sample === undefined ? columns : someColumns(columns, sample)));
  const targetValues = looked.find(({ profile }) => profile.name === options.target)?.values;
  const target = targetValues && targetOf(targetValues, options.task);
  const told =
    target === undefined ? looked.map(({ profile }) => profile) : yield* toldOf(looked, target, options.target as string, sample);
  const inputs = looked.filter(({ profile }) => profile.name !== options.target && !profile.constant).map(({ values }) => values);
  yield looked.length;
  return {
    rows,
    columns: withoutValues(told, personal, options.target),
    duplicates,
    ...(target && targetValues && { target: targetProfile(targetValues, target) }),
    alike: alike(sample === undefined ? inputs : inputs.map((values) => someOf(values, sample))),
    personal,
    notes,
  };
}

const someColumns = (columns: Readonly<Record<string, Column>>, rows: Uint32Array): Record<string, Column> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, takeColumn(column, rows)]));

function withoutValues(
  told: readonly ColumnTold[],
  personal: readonly PersonalFinding[],
  target: string | undefined,
): readonly ColumnTold[] {
  const hidden = new Set(personal.map(({ column }) => column));
  return told.map((column) => {
    if (!hidden.has(column.name) || column.name === target) return column;
    const { top: _, dates: __, mixed: ___, why: ____, moments: _____, histogram: ______, ...rest } = column;
    return { ...rest, spellings: [] };
  });
}

/** Passes on that work goes on, as `done`. */
function* counting<T>(done: number, work: Work<T>): Work<T> {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    yield done;
  }
}

/** One row out of each stretch of equal length, by lot. */
function sampleOf(rows: number, most: number): Uint32Array | undefined {
  if (rows <= most) return undefined;
  const draw = random(0, purpose.data);
  return Uint32Array.from({ length: most }, (_, i) => Math.min(rows - 1, Math.floor(((i + draw.uniform()) * rows) / most)));
}

function* toldOf(looked: readonly Looked[], target: Target, name: string, sample: Uint32Array | undefined): Work<ColumnTold[]> {
  const some = sample === undefined ? target : someTargets(target, sample);
  const folds = foldsOf(some.type === "classes" ? some.codes.length : some.numbers.length);
  const told: ColumnTold[] = [];
  for (const { profile, values } of looked) {
    yield told.length;
    if (profile.name === name || profile.constant) told.push(profile);
    else told.push({ ...profile, telling: tellingOf(values, target, sample === undefined ? values : someOf(values, sample), some, folds) });
  }
  return told;
}

function tellingOf(values: Values, target: Target, someValues: Values, some: Target, folds: Uint8Array): Telling {
  const alone = predictsAlone(binsOf(someValues), some, folds);
  const association = associationOf(values, target, someValues, some);
  const kinds = kindsOf(someValues);
  const oneToOne = kinds !== undefined && some.type === "classes" && isOneToOne(kinds, some.codes);
  const inStep = target.type === "values" && association.strength >= IN_STEP && association.measure !== "η";
  const certain = oneToOne || inStep || (alone !== undefined && alone.value >= CERTAIN && alone.skill >= 0.95);
  const likely = alone !== undefined && alone.value >= LIKELY && alone.skill >= 0.9;
  return {
    association,
    ...(alone && { alone }),
    oneToOne,
    ...((certain || likely) && { leak: certain ? "certain" : "likely" }),
  };
}

const IN_STEP = 0.9999;
const CERTAIN = 0.998;
const LIKELY = 0.98;

function associationOf({ numbers, codes }: Values, target: Target, some: Values, someTarget: Target): Association {
  if (target.type === "classes") {
    return numbers === undefined ? of("V", cramersV(codes, target.codes)) : of("η", correlationRatio(target.codes, numbers));
  }
  if (numbers === undefined) return of("η", correlationRatio(codes, target.numbers));
  const r = pearson(numbers, target.numbers);
  const rho = some.numbers && someTarget.type === "values" ? spearman(some.numbers, someTarget.numbers) : Number.NaN;
  return Math.abs(rho) > Math.abs(r) ? of("ρ", rho) : of("r", r);
}

const of = (measure: Association["measure"], value: number): Association => ({
  measure,
  value,
  strength: Number.isNaN(value) ? 0 : Math.abs(value),
});

function targetProfile({ name, missing }: Values, target: Target): TargetProfile {
  if (target.type === "values") return { name, task: "regression", missing };
  const counts = new Array<number>(target.names.length).fill(0);
  for (const code of target.codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return {
    name,
    task: "classification",
    missing,
    classes: byCount(target.names.map((value, i) => ({ value, count: counts[i] as number }))),
  };
}
