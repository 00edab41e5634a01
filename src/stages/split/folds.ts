// Folds for cross-validation: which rows each model is measured on, and which it is trained on. Sizes and assignments are
// scikit-learn's (KFold, StratifiedKFold, GroupKFold, StratifiedGroupKFold, TimeSeriesSplit); what is drawn at random is ours.
import type { Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { purpose, type Random, random, shuffling } from "../../random.ts";
import type { Work } from "../work.ts";
import { dealt } from "./deal.ts";
import { divide, splitRows, withTarget } from "./holdOut.ts";
import { groupsOf, nearest, ordered } from "./keys.ts";
import { type SplitSettings, tag } from "./settings.ts";
import { labelsOf, requireEnough, strataOf } from "./strata.ts";

/**
 * The tags of fold `fold` of repeat `repeat`, both from 0: its rows are test rows, a `validation` part of the others are validation rows,
 * and the rows that are held out for the final model are unused. Throws when there are too few rows, groups, moments or rows of a class.
 */
export function* foldTags(table: Table, settings: SplitSettings, seed: number, repeat: number, fold: number): Work<Uint8Array> {
  const tags = yield* heldOut(table, settings, seed);
  const rows = withTarget(table, tags);
  for (let row = 0; row < tags.length; row++) if (tags[row] === tag.test) tags[row] = tag.unused;
  const { folds = 2, orderBy } = settings;
  if (orderBy !== undefined) yield* tagWindow(table, rows, orderBy, folds, fold, tags);
  else {
    const assigned = yield* assign(table, rows, settings, seed, repeat);
    rows.forEach((row, i) => {
      if (assigned[i] === fold) tags[row] = tag.test;
    });
  }
  if ((settings.validation ?? 0) === 0) return tags;
  const source = random(seed, purpose.split, 1 + repeat, 1 + fold);
  yield* divide(table, withTarget(table, tags), { ...settings, test: 0 }, source, tags);
  return tags;
}

/** The rows that are kept for the final model are tagged as test rows. */
function* heldOut(table: Table, settings: SplitSettings, seed: number): Work<Uint8Array> {
  const some = typeof settings.test === "number" ? settings.test > 0 : settings.test === "given" || table.givenTest !== undefined;
  return some ? yield* splitRows(table, { ...settings, validation: 0 }, seed) : new Uint8Array(table.rows);
}

/** The fold of each of these rows. */
function* assign(table: Table, rows: Uint32Array, settings: SplitSettings, seed: number, repeat: number): Work<Uint32Array> {
  const { folds = 2, group, stratify } = settings;
  const source = random(seed, purpose.split, 1 + repeat);
  if (group !== undefined) return yield* assignGroups(table, rows, settings, source);
  if (rows.length < folds) tooFew("folds", `${rows.length} row(s) are to be divided into ${folds} folds`);
  const places = Uint32Array.from(rows, (_, i) => i);
  if (settings.shuffle !== false) yield* shuffling(places, source);
  if (stratify !== true) return dealt(places, folds);
  requireEnough(table, strataOf(table, rows), folds, "folds");
  const { data } = labelsOf(table);
  return dealt(
    places,
    folds,
    rows.map((row) => data[row] as number),
  );
}

/** Every group goes, the largest first, into the fold with the fewest rows, or into the one where classes keep their shares best. */
function* assignGroups(table: Table, rows: Uint32Array, settings: SplitSettings, source: Random): Work<Uint32Array> {
  const { folds = 2, group: name = "", stratify } = settings;
  const sorted = yield* groupsOf(table, name, rows);
  if (sorted.length < folds) tooFew("group", `"${name}" has ${sorted.length} group(s), which are to be divided into ${folds} folds`);
  const order = Uint32Array.from(sorted, (_, i) => i);
  if (settings.shuffle !== false) yield* shuffling(order, source);
  const groups = Array.from(order, (g) => sorted[g] as Uint32Array);
  const chosen = stratify === true ? balanceClasses(table, rows, groups, folds) : balanceRows(groups, folds);
  const foldOfRow = new Uint32Array(table.rows);
  groups.forEach((group, g) => {
    for (const row of group) foldOfRow[row] = chosen[g] as number;
  });
  return rows.map((row) => foldOfRow[row] as number);
}

function balanceRows(groups: readonly Uint32Array[], folds: number): number[] {
  const held = new Array<number>(folds).fill(0);
  const chosen = new Array<number>(groups.length);
  const size = (g: number): number => (groups[g] as Uint32Array).length;
  // Of groups of one size the last comes first, as in scikit-learn.
  for (const g of [...groups.keys()].sort((a, b) => size(b) - size(a) || b - a)) {
    const fold = held.indexOf(Math.min(...held));
    held[fold] = (held[fold] as number) + size(g);
    chosen[g] = fold;
  }
  return chosen;
}

function balanceClasses(table: Table, rows: Uint32Array, groups: readonly Uint32Array[], folds: number): number[] {
  const { data } = labelsOf(table);
  const strata = strataOf(table, rows);
  const place = new Map(strata.map(([label], c) => [label, c]));
  const counts = groups.map((group) => {
    const held = strata.map(() => 0);
    for (const row of group) {
      const c = place.get(data[row] as number) as number;
      held[c] = (held[c] as number) + 1;
    }
    return held;
  });
  const held = Array.from({ length: folds }, () => strata.map(() => 0));
  const spreads = counts.map(deviation);
  const chosen = new Array<number>(groups.length);
  for (const g of [...groups.keys()].sort((a, b) => (spreads[b] as number) - (spreads[a] as number) || a - b)) {
    const more = counts[g] as readonly number[];
    let [best, least, fewest] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    held.forEach((of, fold) => {
      const shares = strata.map(([, { length }], c) =>
        held.map((n, f) => ((n[c] as number) + (f === fold ? (more[c] as number) : 0)) / length),
      );
      const spread = mean(shares.map(deviation));
      const size = of.reduce((sum, n) => sum + n, 0);
      // NumPy's isclose.
      const close = Number.isFinite(least) && Math.abs(spread - least) <= 1e-8 + 1e-5 * least;
      if (spread < least || (close && size < fewest)) [best, least, fewest] = [fold, spread, size];
    });
    held[best] = (held[best] as number[]).map((n, c) => n + (more[c] as number));
    chosen[g] = best;
  }
  return chosen;
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - middle) ** 2)));
}

/** Windows of equal size, the last at the end: what comes before one is trained on, what comes after it is unused. */
function* tagWindow(table: Table, given: Uint32Array, name: string, folds: number, fold: number, tags: Uint8Array): Work<void> {
  const { rows, borders } = yield* ordered(table, name, given);
  if (borders.length < folds)
    tooFew("orderBy", `"${name}" has ${borders.length + 1} different value(s), and ${folds} folds need ${folds + 1}`);
  const size = Math.floor(rows.length / (folds + 1));
  const starts: number[] = [];
  let from = 0;
  for (let f = 0; f < folds; f++) {
    // So many borders must be left for the windows that follow.
    const free = borders.slice(from, borders.length - (folds - 1 - f));
    const start = nearest(free, rows.length - (folds - f) * size) as number;
    starts.push(start);
    from = borders.indexOf(start) + 1;
  }
  const [start, end] = [starts[fold] as number, starts[fold + 1] ?? rows.length];
  for (const row of rows.subarray(start, end)) tags[row] = tag.test;
  for (const row of rows.subarray(end)) tags[row] = tag.unused;
}

function tooFew(setting: string, problem: string): never {
  throw new PipelineError("data", `split.${setting}`, `${problem}; ask for fewer folds, or give more data`);
}
