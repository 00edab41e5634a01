// What a column predicts alone: its values in bins (32 by its quantiles; a category each, and what is missing), and for each bin what the
// training rows of a fold have there. Measured on the rows of the other fold, five times; a column that is another for every row gains nothing.
import { purpose, random, shuffle } from "../random.ts";
import type { Bins } from "./bins.ts";
import type { Target } from "./target.ts";

export interface Alone {
  readonly metric: "AUC" | "accuracy" | "R²";
  readonly value: number;
  /** What is right without the column: 0.5, the share of the most frequent class, 0. */
  readonly baseline: number;
  /** From 0, the baseline, to 1, always right. */
  readonly skill: number;
}

const FOLDS = 5;

/** Which fold each row is in, by lot. */
export function foldsOf(rows: number): Uint8Array {
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  shuffle(order, random(0, purpose.split));
  const folds = new Uint8Array(rows);
  order.forEach((row, i) => {
    folds[row] = i % FOLDS;
  });
  return folds;
}

export function predictsAlone(bins: Bins, target: Target, folds: Uint8Array): Alone | undefined {
  if (target.type === "values") return ofValues(bins, target.numbers, folds);
  const counts = countsOf(bins, target.codes, target.names.length, folds);
  return target.names.length === 2 ? ofTwo(bins, counts) : ofClasses(bins, target.names.length, counts);
}

/** By fold, bin and class. */
function countsOf({ of, count }: Bins, codes: Int32Array, classes: number, folds: Uint8Array): Uint32Array {
  const counts = new Uint32Array(FOLDS * count * classes);
  for (let i = 0; i < codes.length; i++) {
    const label = codes[i] as number;
    if (label < 0) continue;
    const at = ((folds[i] as number) * count + (of[i] as number)) * classes + label;
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

const totals = (parts: Float64Array | Uint32Array, size: number): Float64Array => {
  const sum = new Float64Array(size);
  for (let i = 0; i < parts.length; i++) sum[i % size] = (sum[i % size] as number) + (parts[i] as number);
  return sum;
};

/** The mean of the folds' areas under the ROC curve. The score of a bin is the share of class 1, drawn towards that of all rows by one row. */
function ofTwo({ count }: Bins, counts: Uint32Array): Alone | undefined {
  const all = totals(counts, count * 2);
  const areas: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = counts.subarray(fold * count * 2, (fold + 1) * count * 2);
    const trained = all.map((n, i) => n - (held[i] as number));
    const prior = trained.reduce((sum, n, i) => sum + (i % 2 === 1 ? n : 0), 0) / trained.reduce((sum, n) => sum + n, 0);
    const score = (bin: number): number => {
      const [no, yes] = [trained[2 * bin] as number, trained[2 * bin + 1] as number];
      return (yes + prior) / (no + yes + 1);
    };
    const area = areaOf(Array.from({ length: count }, (_, bin) => [score(bin), held[2 * bin] as number, held[2 * bin + 1] as number]));
    if (area !== undefined) areas.push(area);
  }
  if (areas.length === 0) return undefined;
  const value = areas.reduce((sum, a) => sum + a, 0) / areas.length;
  return { metric: "AUC", value, baseline: 0.5, skill: Math.max(0, 2 * value - 1) };
}

/** Of groups of rows with one score each: how often a row of class 1 has the higher one, ties counting half. */
function areaOf(groups: [score: number, no: number, yes: number][]): number | undefined {
  groups.sort(([a], [b]) => a - b);
  let [below, wins, yeses, nos] = [0, 0, 0, 0];
  for (let from = 0; from < groups.length; ) {
    let [no, yes] = [0, 0];
    const first = groups[from]?.[0];
    for (; from < groups.length && groups[from]?.[0] === first; from++) {
      no += groups[from]?.[1] as number;
      yes += groups[from]?.[2] as number;
    }
    wins += yes * (below + no / 2);
    below += no;
    nos += no;
    yeses += yes;
  }
  return nos === 0 || yeses === 0 ? undefined : wins / (nos * yeses);
}

function ofClasses({ count }: Bins, classes: number, counts: Uint32Array): Alone | undefined {
  const all = totals(counts, count * classes);
  const byClass = totals(all, classes);
  const rows = byClass.reduce((sum, n) => sum + n, 0);
  let right = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = counts.subarray(fold * count * classes, (fold + 1) * count * classes);
    const trained = all.map((n, i) => n - (held[i] as number));
    const usual = mostOf(totals(trained, classes), 0, classes);
    for (let bin = 0; bin < count; bin++) {
      const at = bin * classes;
      const known = trained.subarray(at, at + classes).some((n) => n > 0);
      right += held[at + (known ? mostOf(trained, at, classes) : usual)] as number;
    }
  }
  if (rows === 0) return undefined;
  const [value, baseline] = [right / rows, Math.max(...byClass) / rows];
  return { metric: "accuracy", value, baseline, skill: baseline === 1 ? 0 : Math.max(0, (value - baseline) / (1 - baseline)) };
}

function mostOf(counts: Float64Array, from: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) if ((counts[from + c] as number) > (counts[from + best] as number)) best = c;
  return best;
}

/** R² of the held-out rows of all folds. A bin predicts its mean, drawn towards that of all rows by one row. */
function ofValues({ of, count }: Bins, numbers: Float64Array, folds: Uint8Array): Alone | undefined {
  const known = numbers.filter(Number.isFinite);
  const mean = known.reduce((sum, y) => sum + y, 0) / known.length;
  const [ns, sums] = [new Float64Array(FOLDS * count), new Float64Array(FOLDS * count)];
  let total = 0;
  for (let i = 0; i < numbers.length; i++) {
    const y = (numbers[i] as number) - mean;
    if (!Number.isFinite(y)) continue;
    const at = (folds[i] as number) * count + (of[i] as number);
    ns[at] = (ns[at] as number) + 1;
    sums[at] = (sums[at] as number) + y;
    total += y * y;
  }
  if (total === 0 || known.length === 0) return undefined;
  const [allN, allSum] = [totals(ns, count), totals(sums, count)];
  // Σ(y - p)² = Σy² + Σ(n p² - 2 p Σy), and Σy² is the whole.
  let gained = 0;
  for (let at = 0; at < ns.length; at++) {
    const [n, sum, bin] = [ns[at] as number, sums[at] as number, at % count];
    const p = ((allSum[bin] as number) - sum) / ((allN[bin] as number) - n + 1);
    gained += 2 * p * sum - n * p * p;
  }
  const value = gained / total;
  return { metric: "R²", value, baseline: 0, skill: Math.max(0, value) };
}
