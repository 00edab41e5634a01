// What a report draws of predictions beside the truth: over all thresholds for two classes, how far probabilities can be believed, and for
// amounts what was predicted against what was true. At most a hundred points each.
import { actualClasses, className, type Predictions, predictedClasses, targetIs } from "../../nn/metrics/predictions.ts";
import { improbable } from "../../nn/metrics/probabilities.ts";
import { ranking } from "../../nn/metrics/ranking.ts";
import { everyRow } from "../../nn/metrics/sample.ts";
import type { SplitSettings } from "../../stages/split/settings.ts";
import type { Calibration, PlotPoint, Plots } from "./file.ts";

const MOST = 100;
const BINS = 10;

export function plotsOf(predictions: Predictions): Plots | undefined {
  const is = targetIs(predictions);
  if (is.classes) {
    const believable = improbable(predictions) === undefined;
    const plots = { ...(predictions.cols <= 2 && twoClasses(predictions)), ...(believable && { calibration: calibration(predictions) }) };
    return Object.keys(plots).length === 0 ? undefined : { rows: predictions.rows, ...plots };
  }
  if (predictions.cols !== 1 || predictions.targets === undefined) return undefined;
  return { rows: predictions.rows, values: amounts(predictions.targets, predictions.outputs) };
}

/** Of the first repeat, in which each row was set aside once. Undefined where folds are missing: some diverged, or the run was resumed. */
export function plotsOfFolds(
  all: readonly (Predictions | undefined)[],
  { folds: count = 0, repeats = 1 }: SplitSettings,
): Plots | undefined {
  const folds = all.slice(0, count).filter((fold) => fold !== undefined);
  if (count === 0 || all.length < count * repeats || folds.length < count) return undefined;
  const plots = plotsOf(pooled(folds));
  return plots && { ...plots, folds: count };
}

/** As if they were one. */
function pooled(folds: readonly Predictions[]): Predictions {
  const [first] = folds as readonly [Predictions];
  const rows = folds.reduce((sum, fold) => sum + fold.rows, 0);
  const { losses: _, sequence: __, ...one } = first;
  const joined = <T extends Float32Array | Int32Array>(made: T, of: (fold: Predictions) => T | undefined): T => {
    let at = 0;
    for (const fold of folds) {
      const part = of(fold);
      if (part === undefined) continue;
      made.set(part, at);
      at += part.length;
    }
    return made;
  };
  const outputs = joined(new Float32Array(rows * one.cols), (fold) => fold.outputs);
  const truth =
    one.labels === undefined
      ? { targets: joined(new Float32Array(rows * one.cols), (fold) => fold.targets) }
      : { labels: joined(new Int32Array(rows), (fold) => fold.labels) };
  return { ...one, ...truth, rows, outputs } as Predictions;
}

/** The curves over all thresholds for class 1; none where all rows are of one class. */
function twoClasses(predictions: Predictions): Pick<Plots, "positive" | "positives" | "roc" | "precisionRecall"> | undefined {
  const { passed, found } = ranking(predictions, actualClasses(predictions), 1)(everyRow(predictions.rows));
  const positives = found.at(-1) ?? 0;
  const negatives = (passed.at(-1) ?? 0) - positives;
  if (positives === 0 || negatives === 0) return undefined;
  const roc = Array.from(passed, (all, t): PlotPoint => [(all - (found[t] as number)) / negatives, (found[t] as number) / positives]);
  const precise = Array.from(passed, (all, t): PlotPoint => [(found[t] as number) / positives, (found[t] as number) / all]);
  return {
    positive: className(predictions, 1),
    positives,
    roc: thinned([[0, 0], ...roc], ([x0, y0], [x1, y1]) => x1 - x0 + (y1 - y0)),
    precisionRecall: thinned(precise, ([x0], [x1]) => x1 - x0),
  };
}

/** The first point, the last one, and between them those that stand about equally far apart. */
function thinned(points: readonly PlotPoint[], distance: (a: PlotPoint, b: PlotPoint) => number): PlotPoint[] {
  const along = new Float64Array(points.length);
  for (let i = 1; i < points.length; i++)
    along[i] = (along[i - 1] as number) + distance(points[i - 1] as PlotPoint, points[i] as PlotPoint);
  const step = (along.at(-1) ?? 0) / (MOST - 2);
  let next = 0;
  return points
    .filter((_, i) => {
      const at = along[i] as number;
      if (points.length > MOST && i < points.length - 1 && at < next) return false;
      while (next <= at && step > 0) next += step;
      return true;
    })
    .map(rounded);
}

/** Of two classes how often class 1 is true where so much was given to it; of more how often the class that was said is. Empty bins are not there. */
function calibration(predictions: Predictions): Calibration[] {
  const { outputs, rows, cols } = predictions;
  const [actual, said] = [actualClasses(predictions), predictedClasses(predictions)];
  const sums = Array.from({ length: BINS }, () => ({ rows: 0, predicted: 0, observed: 0 }));
  for (let r = 0; r < rows; r++) {
    const label = cols <= 2 ? 1 : (said[r] as number);
    const p = outputs[r * cols + (cols === 1 ? 0 : label)] as number;
    const bin = sums[Math.min(BINS - 1, Math.floor(p * BINS))] as (typeof sums)[number];
    bin.rows++;
    bin.predicted += p;
    bin.observed += Number(actual[r] === label);
  }
  return sums
    .filter((bin) => bin.rows > 0)
    .map((bin) => ({ rows: bin.rows, predicted: short(bin.predicted / bin.rows), observed: short(bin.observed / bin.rows) }));
}

/** Of many rows some, from the lowest prediction to the highest, evenly. */
function amounts(targets: Float32Array, outputs: Float32Array): PlotPoint[] {
  const order = Uint32Array.from({ length: targets.length }, (_, r) => r).sort((a, b) => (outputs[a] as number) - (outputs[b] as number));
  const count = Math.min(MOST, order.length);
  return Array.from({ length: count }, (_, i) => {
    const row = order[Math.round((i * (order.length - 1)) / Math.max(1, count - 1))] as number;
    return rounded([outputs[row] as number, targets[row] as number]);
  });
}

const short = (value: number): number => Number(value.toPrecision(5));
const rounded = ([x, y]: PlotPoint): PlotPoint => [short(x), short(y)];
