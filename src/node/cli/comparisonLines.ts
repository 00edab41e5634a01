// A comparison of runs as lines of text.
import { numberText } from "../../pipeline/summary.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { type Comparison, rowsDiffer, standings } from "../../records/compare.ts";
import type { Measure, RunSummary } from "../../records/summary.ts";
import { duration } from "./format.ts";

export function comparisonLines(comparison: Comparison, runs: readonly RunSummary[]): string[] {
  const { settings, metrics } = comparison;
  const head = ["", ...runs.map((_, i) => `[${i + 1}]`)];
  const settingRows = Object.entries(settings).map(([path, values]) => [path, ...values.map(valueText)]);
  const marks = Object.entries(metrics).map(([name, measures]) => [name, ...measureTexts(name, measures)]);
  const rows = [
    head,
    ...(settingRows.length === 0 ? [["same settings"]] : settingRows),
    [],
    ...marks,
    ["epochs", ...runs.map(({ epochs }) => String(epochs))],
    ["training", ...runs.map(({ seconds }) => duration(seconds))],
    ["state", ...runs.map(({ state }) => state)],
  ];
  const text = marks.flat().join();
  const apart = rowsDiffer(comparison);
  const legend = [
    ...(apart.length > 0 ? [`their rows differ (${apart.join(", ")}): the numbers are not of the same rows`] : []),
    ...(text.includes(BEST) ? [`${BEST} best`] : []),
    ...(text.includes(NEAR) ? [`${NEAR} its interval and that of the best overlap: chance in the rows may be the difference`] : []),
  ];
  return [
    ...runs.map(({ folder }, i) => `[${i + 1}] ${folder}`),
    "",
    ...alignedLines(rows, ["left", ...runs.map(() => "right" as const)]),
    ...(legend.length === 0 ? [] : ["", ...legend]),
  ];
}

const LONGEST = 28;
const BEST = "*";
const NEAR = "~";

function valueText(value: unknown): string {
  const text = value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** The best number, and those that chance alone may have set below it, are marked. */
function measureTexts(name: string, measures: readonly (Measure | undefined)[]): string[] {
  const marks = standings(name, measures);
  return measures.map((measure, i) => {
    if (typeof measure?.value !== "number") return "– ";
    return `${numberText(measure.value)} ${marks[i] === "best" ? BEST : marks[i] === "near" ? NEAR : " "}`;
  });
}
