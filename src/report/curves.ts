// The history of a run as charts: what training and validation rows gave after each epoch, the learning rate, the speed.
import type { EpochEvent, Scalars } from "../pipeline/events.ts";
import { grouped, numberText, spaced } from "./format.ts";
import { type Html, html } from "./html.ts";
import { type LineChart, lineChart, type Series } from "./lineChart.ts";

/** What training rows gave within an epoch. */
export interface Point {
  /** How many epochs were done. */
  readonly at: number;
  readonly metrics: Scalars;
}

/** Loss first, then accuracy, then what else was watched. A run that goes on leaves a trail between the ends of its epochs. */
export function curves(history: readonly EpochEvent[], trail: readonly Point[] = []): Html {
  const names = [
    ...new Set([
      "loss",
      "accuracy",
      ...trail.slice(-1).flatMap(({ metrics }) => Object.keys(metrics)),
      ...history.flatMap(({ train, validation = {} }) => [...Object.keys(train), ...Object.keys(validation)]),
    ]),
  ];
  const charts = names.flatMap((name) => scalarChart(history, name, trail) ?? []);
  return html`<div class="charts">${charts.map((chart) => figure(chart))}</div>`;
}

const figure = (chart: LineChart): Html => html`<figure><figcaption>${chart.title}</figcaption>${lineChart(chart)}</figure>`;

function scalarChart(history: readonly EpochEvent[], name: string, trail: readonly Point[]): LineChart | undefined {
  const validated = history.some(({ validation }) => validation?.[name] !== undefined);
  const series: Series[] = [];
  if (history.some(({ train }) => train[name] !== undefined))
    series.push({ name: "training", mark: "dots", colour: "train", values: history.map(({ train }) => train[name] ?? null) });
  if (validated)
    series.push({
      name: "validation",
      mark: "line",
      colour: "validation",
      values: history.map(({ validation }) => validation?.[name] ?? null),
    });
  const within = trail.filter(({ metrics }) => metrics[name] !== undefined);
  if (within.length > 0)
    series.push({
      name: "training, within an epoch",
      mark: "line",
      colour: "train faint",
      values: within.map(({ metrics }) => metrics[name] ?? null),
      places: within.map(({ at }) => at),
      unnamed: true,
    });
  if (series.length === 0) return undefined;
  const what = spaced(name);
  const told = series.length > 1 ? series.filter(({ unnamed }) => unnamed !== true) : series;
  const title = `${told.map((s) => s.name.split(",")[0]).join(" and ")} ${what}`;
  const lowest = name === "loss" && validated && history.length > 2 ? lowestEpoch(told.at(-1) as Series) : undefined;
  return {
    id: `curve-${name}`,
    title: title.slice(0, 1).toUpperCase() + title.slice(1),
    description: `${series.map(summary).join(" ")}${lowest === undefined ? "" : ` Validation loss is lowest in epoch ${lowest}.`}`,
    y: what,
    series,
    ...(lowest !== undefined && { mark: { epoch: lowest, text: `lowest: epoch ${lowest}` } }),
  };
}

function lowestEpoch({ values }: Series): number {
  const found = values.reduce<number>((best, v, i) => (v !== null && v < (values[best] ?? Number.POSITIVE_INFINITY) ? i : best), 0);
  return found + 1;
}

function summary({ name, values, places }: Series): string {
  if (places !== undefined) return `${name}: from ${numberText(values[0])} to ${numberText(values.at(-1))}.`;
  const real = values.filter((v): v is number => v !== null);
  const epochs = values.length === 1 ? "1 epoch" : `${values.length} epochs`;
  return `${name}: ${epochs}, from ${numberText(real[0])} to ${numberText(real.at(-1))}.`;
}

/** The learning rate and the speed, smaller. */
export function paceCharts(history: readonly EpochEvent[]): Html {
  const rate: LineChart = {
    id: "pace-rate",
    title: "Learning rate",
    description: summary({
      name: "learning rate at the end of each epoch",
      mark: "line",
      colour: "plain",
      values: history.map((e) => e.learningRate),
    }),
    y: "learning rate",
    height: 210,
    fromZero: true,
    series: [{ name: "learning rate", mark: "line", colour: "plain", values: history.map((e) => e.learningRate) }],
  };
  const speeds = history.map((e) => e.samplesPerSecond);
  const speed: LineChart = {
    id: "pace-speed",
    title: "Throughput",
    description: `training rows a second in each epoch, ${grouped(Math.min(...speeds))} to ${grouped(Math.max(...speeds))}.`,
    y: "rows per second",
    height: 210,
    fromZero: true,
    series: [{ name: "rows per second", mark: "line", colour: "plain", values: speeds }],
  };
  return html`<div class="charts">${[rate, speed].map(figure)}</div>`;
}

const MOST_LINES = 100;

/** The numbers behind the charts; of many epochs every so many-th. */
export function historyTable(history: readonly EpochEvent[]): Html {
  const every = Math.ceil(history.length / MOST_LINES);
  const shown = history.filter((_, i) => i % every === 0 || i === history.length - 1);
  const columns = (["train", "validation"] as const).flatMap((set) =>
    [...new Set(history.flatMap((epoch) => Object.keys(epoch[set] ?? {})))].map((name) => ({ set, name })),
  );
  return html`<details><summary>The numbers behind these charts</summary><div class="scroll" role="region" aria-label="Numbers by epoch" tabindex="0"><table><caption>${every === 1 ? "Every epoch" : `Every ${every}th epoch`}</caption>
<thead><tr><th scope="col" class="number">epoch</th>${columns.map(({ set, name }) => html`<th scope="col" class="number">${set} ${spaced(name)}</th>`)}<th scope="col" class="number">learning rate</th><th scope="col" class="number">rows/s</th></tr></thead>
<tbody>${shown.map((epoch) => html`<tr><th scope="row" class="number">${epoch.epoch}</th>${columns.map(({ set, name }) => html`<td class="number">${numberText(epoch[set]?.[name])}</td>`)}<td class="number">${Number(epoch.learningRate.toPrecision(4))}</td><td class="number">${grouped(epoch.samplesPerSecond)}</td></tr>`)}</tbody></table></div></details>`;
}
