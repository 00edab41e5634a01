// Runs side by side: the settings in which they differ, and what they gave.
import { lowerIsBetter, type MetricName } from "../nn/metrics/index.ts";
import { type Measure, measuresOf, type RunSummary } from "./summary.ts";

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

/** The stages in which they differ that decide which rows there are: then the numbers are not of the same rows. */
export const rowsDiffer = ({ settings }: Pick<Comparison, "settings">): string[] =>
  [...new Set(Object.keys(settings).map((path) => /^(source|clean|split)\b/.exec(path)?.[0]))].filter((part) => part !== undefined);

/** The best number, or one whose interval overlaps that of the best: chance in the rows may be the difference. */
export type Standing = "best" | "near" | undefined;

export function standings(name: string, measures: readonly (Measure | undefined)[]): Standing[] {
  const sign = lowerIsBetter(name.slice(name.indexOf(" ") + 1) as MetricName) ? -1 : 1;
  const known = measures.filter((m): m is Known => typeof m?.value === "number");
  const best = known.reduce<Known | undefined>((top, m) => (top === undefined || sign * m.value > sign * top.value ? m : top), undefined);
  return measures.map((measure) => {
    if (typeof measure?.value !== "number" || known.length < 2) return undefined;
    return measure.value === best?.value ? "best" : overlap(measure, best) ? "near" : undefined;
  });
}

type Known = Measure & { readonly value: number };

const overlap = ({ interval: a }: Measure, other: Measure | undefined): boolean => {
  const b = other?.interval;
  return a !== undefined && b !== undefined && a[0] <= b[1] && b[0] <= a[1];
};
