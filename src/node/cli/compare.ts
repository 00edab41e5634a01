// Runs side by side: the settings in which they differ, and what they gave. Pure functions of what their folders hold.
import { lowerIsBetter, type MetricName } from "../../nn/metrics/index.ts";
import { numberText } from "../../pipeline/summary.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { duration } from "./format.ts";
import { type Measure, measuresOf, type RunSummary } from "./runList.ts";

export interface Comparison {
  readonly runs: readonly string[];
  /** By their paths in the pipeline, such as `train.epochs`: a value a run, undefined where it has none. */
  readonly settings: Readonly<Record<string, readonly unknown[]>>;
  /** Such as "test accuracy": what each run gave. */
  readonly metrics: Readonly<Record<string, readonly (Measure | undefined)[]>>;
}

export function compare(runs: readonly RunSummary[]): Comparison {
  const settings = runs.map(({ record }) => new Map([...leaves(record.pipeline), ["build", record.build] as const]));
  const paths = [...new Set(settings.flatMap((map) => [...map.keys()]))];
  const differing = paths.filter((path) => new Set(settings.map((map) => JSON.stringify(map.get(path)))).size > 1);
  const given = runs.map(({ record }) => new Map(measuresOf(record).map((measure) => [measure.name, measure])));
  const names = [...new Set(given.flatMap((map) => [...map.keys()]))];
  return {
    runs: runs.map(({ folder }) => folder),
    settings: Object.fromEntries(differing.map((path) => [path, settings.map((map) => map.get(path))])),
    metrics: Object.fromEntries(names.map((name) => [name, given.map((map) => map.get(name))])),
  };
}

/** Every value of a pipeline by its path; what is long is told as a whole. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  const whole = typeof value !== "object" || value === null || (Array.isArray(value) && value.every((item) => typeof item !== "object"));
  if (whole) return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) =>
    leaves(item, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`),
  );
}

export function comparisonLines({ settings, metrics }: Comparison, runs: readonly RunSummary[]): string[] {
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
  const apart = [...new Set(Object.keys(settings).map((path) => /^(source|clean|split)\b/.exec(path)?.[0]))].filter(
    (part) => part !== undefined,
  );
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
  const sign = lowerIsBetter(name.slice(name.indexOf(" ") + 1) as MetricName) ? -1 : 1;
  const known = measures.filter((m): m is Measure & { value: number } => typeof m?.value === "number");
  const best = known.reduce<(Measure & { value: number }) | undefined>(
    (top, m) => (top === undefined || sign * m.value > sign * top.value ? m : top),
    undefined,
  );
  return measures.map((measure) => {
    if (typeof measure?.value !== "number") return "– ";
    const mark = known.length < 2 ? " " : measure.value === best?.value ? BEST : overlap(measure, best) ? NEAR : " ";
    return `${numberText(measure.value)} ${mark}`;
  });
}

const overlap = ({ interval: a }: Measure, other: Measure | undefined): boolean => {
  const b = other?.interval;
  return a !== undefined && b !== undefined && a[0] <= b[1] && b[0] <= a[1];
};
