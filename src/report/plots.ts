// Predictions beside the truth, as charts: what every threshold would give, how far probabilities can be believed, and amounts.
import type { Scalars } from "../pipeline/events.ts";
import type { PlotPoint, Plots, Verdict } from "../pipeline/report/file.ts";
import { grouped, numberText, percent } from "./format.ts";
import { type Html, html } from "./html.ts";
import { type XyChart, xyChart } from "./xyChart.ts";

export interface PlotsSection {
  readonly title: string;
  readonly body: () => Html;
}

/** `set` is where the rows are from, unless they are of folds; `scalars` are their numbers. */
export function plotsSection(plots: Plots, set: Verdict["set"] | undefined, scalars: Scalars): PlotsSection {
  const rows = `${grouped(plots.rows)} ${plots.folds === undefined ? `${set ?? "test"} rows` : `rows, each predicted by the model of the fold that had set it aside`}`;
  const charts = plots.values === undefined ? [...thresholds(plots, scalars), ...believed(plots)] : amounts(plots.values, plots.rows);
  return {
    title: plots.values === undefined ? "Thresholds and probabilities" : "Predicted and true",
    body: () => html`<p class="soft">${rows}${shown(plots)}.</p><div class="charts">${charts.map(xyChart)}</div>`,
  };
}

const shown = ({ values = [], rows }: Plots): string =>
  values.length > 0 && values.length < rows
    ? `, of which ${values.length} are shown, evenly from the lowest prediction to the highest`
    : "";

const named = (name: string, value: number | undefined): string => (value === undefined ? "" : ` (${name} ${numberText(value)})`);

function thresholds({ positive = "1", positives = 0, rows, roc, precisionRecall }: Plots, scalars: Scalars): XyChart[] {
  const charts: XyChart[] = [];
  if (roc !== undefined)
    charts.push({
      id: "plot-roc",
      title: `ROC curve${named("area", scalars.rocAuc)}`,
      description: `The share of “${positive}” that is found against the share of the others that is taken for it, for every threshold; chance is the diagonal. ${at(roc, 0.1, "of the others are taken for it", "is found")}`,
      x: `others taken for “${positive}”`,
      y: `“${positive}” found (recall)`,
      points: roc,
      mark: "line",
      reference: [
        [0, 0],
        [1, 1],
      ],
      shares: true,
    });
  const share = positives / rows;
  if (precisionRecall !== undefined)
    charts.push({
      id: "plot-precision",
      title: `Precision and recall${named("average precision", scalars.averagePrecision)}`,
      description: `How much of what is called “${positive}” is, against how much of it is found, for every threshold; chance is ${percent(share)}. ${at(precisionRecall, 0.5, "is found", "of what is called so is right")}`,
      x: `“${positive}” found (recall)`,
      y: "of those called so (precision)",
      points: precisionRecall,
      mark: "line",
      reference: [
        [0, share],
        [1, share],
      ],
      shares: true,
    });
  return charts;
}

/** One point of a curve in words. */
function at(points: readonly PlotPoint[], x: number, of: string, is: string): string {
  const found = points.find(([across]) => across >= x);
  return found === undefined ? "" : `Where ${percent(found[0])} ${of}, ${percent(found[1])} ${is}.`;
}

function believed({ calibration, positive }: Plots): XyChart[] {
  if (calibration === undefined) return [];
  const what = positive === undefined ? "the predicted class" : `“${positive}”`;
  const told = calibration.map(
    ({ predicted, observed, rows }) =>
      `${percent(predicted)} said, ${percent(observed)} true of ${grouped(rows)} ${rows === 1 ? "row" : "rows"}`,
  );
  return [
    {
      id: "plot-calibration",
      title: "Calibration",
      description: `Of the rows to which ${what} was given some probability, how many it was true of; on the diagonal probabilities are what they say; large dots are many rows. ${told.join("; ")}.`,
      x: `probability of ${what}`,
      y: "share that is true",
      points: calibration.map(({ predicted, observed }) => [predicted, observed]),
      mark: "both",
      weights: calibration.map(({ rows }) => rows),
      tell: (i) => told[i] as string,
      reference: [
        [0, 0],
        [1, 1],
      ],
      shares: true,
    },
  ];
}

function amounts(values: readonly PlotPoint[], rows: number): XyChart[] {
  const [low, high] = [Math.min(...values.flat()), Math.max(...values.flat())];
  const off = values.map(([predicted, truth]): PlotPoint => [predicted, truth - predicted]);
  const mean = values.reduce((sum, [predicted, truth]) => sum + Math.abs(truth - predicted), 0) / values.length;
  const tell = (i: number): string => `predicted ${numberText(values[i]?.[0])}, true ${numberText(values[i]?.[1])}`;
  const edges = values.map(([predicted]) => predicted);
  return [
    {
      id: "plot-values",
      title: "True against predicted",
      description: `${values.length} of ${grouped(rows)} rows: the truth against what was predicted; on the diagonal they are the same. They are ${numberText(mean)} apart on average.`,
      x: "predicted",
      y: "true",
      points: values,
      mark: "dots",
      tell,
      reference: [
        [low, low],
        [high, high],
      ],
    },
    {
      id: "plot-residuals",
      title: "Residuals",
      description: "The truth less the prediction, against the prediction: where they bend, or fan out, the model misses something.",
      x: "predicted",
      y: "true − predicted",
      points: off,
      mark: "dots",
      tell,
      reference: [
        [Math.min(...edges), 0],
        [Math.max(...edges), 0],
      ],
    },
  ];
}
