// The confusion matrix and the numbers of each class, as tables: they can be read aloud, searched and copied. Shades make them pictures.
import type { ClassReport, Evaluation } from "../pipeline/events.ts";
import type { Verdict } from "../pipeline/report/file.ts";
import { grouped, numberText } from "./format.ts";
import { type Html, html } from "./html.ts";

/** Of more classes the most frequent confusions say more than a matrix does. */
const MOST = 40;
const SHOWN = 20;
/** Shades stay so light that text on them is read easily. */
const DARKEST = 0.5;

export function confusion(matrix: readonly (readonly number[])[], names: readonly string[], rows: string): Html {
  const nameOf = (c: number): string => names[c] ?? String(c);
  if (matrix.length > MOST) return confusionList(matrix, nameOf);
  const most = Math.max(1, ...matrix.flatMap((row, a) => row.filter((_, p) => p !== a)));
  const long = names.some((name) => name.length > 4);
  return html`<div class="scroll" role="region" aria-label="Confusion matrix" tabindex="0"><table class="matrix${matrix.length > 14 ? " dense" : ""}${long ? " long" : ""}">
<caption>${rows}; down: true, across: predicted</caption>
<thead><tr><td></td>${matrix.map((_, c) => html`<th scope="col"><span>${nameOf(c)}</span></th>`)}</tr></thead>
<tbody>${matrix.map((row, a) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return html`<tr><th scope="row">${nameOf(a)}</th>${row.map((count, p) => cell(count, a === p ? count / Math.max(1, total) : Math.sqrt(count / most), a === p))}</tr>`;
  })}</tbody></table></div>`;
}

function cell(count: number, shade: number, right: boolean): Html {
  if (count === 0) return html`<td class="zero">0</td>`;
  return html`<td style="background-color:rgb(var(--${right ? "heat" : "wrong"}) / ${(0.06 + shade * (DARKEST - 0.06)).toFixed(3)})">${grouped(count)}</td>`;
}

function confusionList(matrix: readonly (readonly number[])[], nameOf: (c: number) => string): Html {
  const found = matrix
    .flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count);
  return html`<table><caption>The most frequent confusions between ${matrix.length} classes</caption>
<thead><tr><th scope="col">is</th><th scope="col">taken for</th><th scope="col" class="number">rows</th></tr></thead>
<tbody>${found.slice(0, SHOWN).map(({ actual, predicted, count }) => html`<tr><td>${nameOf(actual)}</td><td>${nameOf(predicted)}</td><td class="number">${grouped(count)}</td></tr>`)}</tbody></table>`;
}

export function classTable(perClass: readonly ClassReport[]): Html {
  const number = (value: number): Html => html`<td class="number">${numberText(value)}</td>`;
  return html`<div class="scroll" role="region" aria-label="Numbers of each class" tabindex="0"><table class="classes"><caption>Each class by itself</caption>
<thead><tr><th scope="col">class</th><th scope="col" class="number">precision</th><th scope="col" class="number">recall</th><th scope="col" class="number">F1</th><th scope="col" class="number">rows</th></tr></thead>
<tbody>${perClass.map((c) => html`<tr><th scope="row">${c.class}</th>${number(c.precision)}${number(c.recall)}${number(c.f1)}<td class="number">${grouped(c.support)}</td></tr>`)}</tbody></table></div>`;
}

const BOX = 180;

/** A line a number: its interval drawn and written, and what the trivial baseline gets. */
export function metricsTable({ rows, scalars, intervals, baseline }: Evaluation, set: Verdict["set"]): Html {
  const trivial = baseline === undefined ? "" : baseline.predicts === "mean" ? "always the mean" : `always “${baseline.class}”`;
  const confidence = intervals && `${Number((100 * intervals.confidence).toFixed(2))} % interval`;
  return html`<div class="scroll" role="region" aria-label="Metrics" tabindex="0"><table class="metrics"><caption>${grouped(rows)} ${set} rows${baseline && html`; the baseline says ${trivial}, and the grey tick is where that gets`}</caption>
<thead><tr><th scope="col">metric</th><th scope="col" class="number">value</th>${confidence && html`<th scope="col">${confidence}</th><td></td>`}${baseline && html`<th scope="col" class="number">baseline</th>`}</tr></thead>
<tbody>${Object.entries(scalars).map(([name, value]) => {
    const interval = intervals?.scalars[name];
    const base = baseline?.scalars[name];
    return html`<tr><th scope="row">${name}</th><td class="number"><b>${numberText(value)}</b></td>${intervals && html`<td class="number">${interval && `${numberText(interval[0])} – ${numberText(interval[1])}`}</td><td>${interval && whisker(value, interval, base)}</td>`}${baseline && html`<td class="number">${numberText(base)}</td>`}</tr>`;
  })}</tbody></table></div>`;
}

/** On an axis from 0 to 1, or to whatever is larger. */
function whisker(value: number, [low, high]: readonly [number, number], baseline: number | undefined): Html | undefined {
  const all = [value, low, high, ...(baseline === undefined ? [] : [baseline])];
  if (all.some((v) => v === null || !Number.isFinite(v))) return undefined;
  const from = Math.min(0, ...all);
  const to = Math.max(from < 0 || Math.max(...all) > 1 ? Math.max(...all) * 1.05 : 1, from + 1e-9);
  const x = (v: number): string => (6 + ((v - from) / (to - from)) * (BOX - 12)).toFixed(1);
  return html`<svg class="whisker" width="${BOX}" height="20" viewBox="0 0 ${BOX} 20" aria-hidden="true" focusable="false"><path class="rail" d="M6 10H${BOX - 6}"/>${baseline !== undefined && html`<path class="base" d="M${x(baseline)} 4V16"/>`}<path class="span" d="M${x(low)} 10H${x(high)}"/><circle cx="${x(value)}" cy="10" r="4.5"/></svg>`;
}
