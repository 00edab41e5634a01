// Replaces missing input values by a statistic of the training rows, or by a constant.
import { type Descriptor, describe, formOfEither, number, oneOf, optional, type Rule, type Rules, rule, string } from "../../check.ts";
import {
  type CategoryColumn,
  type Column,
  column,
  columnKind,
  isFloat,
  type NumericColumn,
  size,
  type TextColumn,
} from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { type ChangedColumn, changeColumns } from "./changeColumns.ts";
import { fillForward } from "./fillForward.ts";
import { valueName } from "./rows.ts";

export interface FillMissing extends Descriptor {
  readonly kind: "fillMissing";
  readonly strategy?: "mean" | "median" | "mostFrequent" | "constant" | "forward";
  readonly value?: number | string;
  readonly columns?: Columns;
}

/** By column: what stands for a missing value, one a feature (numbers) or one in all (text, categories). */
export type Fillings = Readonly<Record<string, readonly (number | string)[]>>;

const value: Rule = rule(formOfEither(number(), string), (given, at) => (typeof given === "string" ? string : number())(given, at));
const rules: Rules = {
  strategy: optional(oneOf("mean", "median", "mostFrequent", "constant", "forward")),
  value: optional(value),
  columns: optional(columnsRule),
};

/**
 * Replaces what is missing in the inputs, or in `columns`, by the `strategy` of the training rows, feature by feature: their "mean"
 * (default), "median", "mostFrequent" value (the smallest of equally frequent ones), or "constant", which is `value`. "forward" takes the
 * last value before: in a training row that of a training row, in others that of any row; what is missing before the first value stays so, and
 * a row that is predicted takes the last value of the training rows. Without `columns` it fills those that it can: numbers, and with
 * "mostFrequent", "forward" or a text `value` also categories and empty text. Targets are never filled.
 * Throws when a feature is missing in every training row.
 */
export function fillMissing(settings: Omit<FillMissing, "kind"> = {}): FillMissing {
  if ((settings.strategy === "constant") !== (settings.value !== undefined)) {
    const problem = settings.value === undefined ? 'strategy "constant" needs a value' : 'value goes with strategy "constant"';
    throw new PipelineError("config", "fillMissing", problem);
  }
  return describe<FillMissing>("fillMissing", settings, rules);
}

export const fillMissingStage: CleanStage<FillMissing, Fillings> = {
  kind: "fillMissing",
  rules,
  rowwise: true,
  *fit(stage, train) {
    const fillable = train.inputs.filter((name) => canFill(stage, column(train, name)));
    const names = chosenColumns(train, stage.columns, fillable, "fillMissing.columns");
    const found: Record<string, readonly (number | string)[]> = {};
    for (const [i, name] of names.entries()) {
      yield Math.floor((i * train.rows) / names.length);
      found[name] = fillings(stage, name, column(train, name));
    }
    return found;
  },
  apply(stage, table, fitted) {
    const { tags } = table;
    return changeColumns(table, Object.keys(fitted), (from, name) =>
      stage.strategy === "forward" && tags !== undefined ? fillForward(from, tags) : fill(from, fitted[name] ?? []),
    );
  },
};

function canFill(stage: FillMissing, c: Column): boolean {
  if (c.type === "text" || c.type === "category")
    return ["mostFrequent", "forward"].includes(stage.strategy ?? "") || typeof stage.value === "string";
  return c.type === "numeric" && isFloat(c) && typeof stage.value !== "string";
}

function fillings(stage: FillMissing, name: string, c: Column): (number | string)[] {
  if (!canFill(stage, c) || c.type === "tokens" || c.type === "sequences") {
    const whole = c.type === "numeric" && !isFloat(c);
    const kind = whole ? "whole numbers, of which none can be missing" : columnKind[c.type];
    throw new PipelineError(
      "config",
      "fillMissing",
      `column "${name}" holds ${kind}, which ${stage.value === undefined ? `"${stage.strategy ?? "mean"}"` : JSON.stringify(stage.value)} cannot fill`,
    );
  }
  if (c.type !== "numeric") return [stage.value ?? (stage.strategy === "forward" ? lastText(c) : mostFrequentText(c)) ?? emptyColumn(name)];
  const width = size(c.shape);
  if (stage.value !== undefined) return Array.from({ length: width }, () => stage.value as number);
  return Array.from({ length: width }, (_, place) => {
    const known = knownValues(c, width, place);
    if (known.length === 0) {
      throw new PipelineError(
        "data",
        "fillMissing",
        `${valueName(name, c, place)} is missing in every training row; drop that feature, or fill it with a constant`,
      );
    }
    return statistics[stage.strategy ?? "mean"]?.(known) as number;
  });
}

function knownValues(c: NumericColumn, width: number, place: number): Float64Array {
  const known = new Float64Array(c.data.length / width);
  let n = 0;
  for (let i = place; i < c.data.length; i += width) if (!Number.isNaN(c.data[i])) known[n++] = c.data[i] as number;
  return known.subarray(0, n);
}

const statistics: Readonly<Record<string, (known: Float64Array) => number>> = {
  mean: (known) => known.reduce((sum, v) => sum + v, 0) / known.length,
  median(known) {
    const sorted = known.toSorted();
    const middle = sorted.length >> 1;
    const upper = sorted[middle] as number;
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
  },
  mostFrequent: (known) => mostFrequent(known.toSorted()) as number,
  forward: (known) => known.at(-1) as number,
};

/** Of sorted values the one that stands most often, the first of several. */
function mostFrequent<T>(sorted: Iterable<T>): T | undefined {
  let best: T | undefined;
  let most = 0;
  let current: T | undefined;
  let run = 0;
  for (const v of sorted) {
    run = v === current ? run + 1 : 1;
    current = v;
    if (run > most) {
      most = run;
      best = v;
    }
  }
  return best;
}

function mostFrequentText(c: TextColumn | CategoryColumn): string | undefined {
  return c.type === "text" ? mostFrequent(c.values.filter((text) => text !== "").sort()) : mostFrequentCategory(c);
}

function lastText(c: TextColumn | CategoryColumn): string | undefined {
  return c.type === "text" ? c.values.findLast((text) => text !== "") : c.categories[c.codes.findLast((code) => code >= 0) ?? -1];
}

function emptyColumn(name: string): never {
  const problem = `column "${name}" is empty in every training row; drop it, or fill it with a constant`;
  throw new PipelineError("data", "fillMissing", problem);
}

function mostFrequentCategory({ categories, codes }: CategoryColumn): string | undefined {
  const counts = new Uint32Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  return categories.filter((_, code) => counts[code] === most).sort()[0];
}

function fillCategories(c: CategoryColumn, value: string): ChangedColumn {
  if (!c.codes.some((code) => code < 0)) return { column: c, changed: 0 };
  const known = c.categories.indexOf(value);
  const code = known < 0 ? c.categories.length : known;
  let changed = 0;
  const codes = c.codes.slice();
  for (let row = 0; row < codes.length; row++) {
    if ((codes[row] as number) >= 0) continue;
    codes[row] = code;
    changed++;
  }
  return { column: { ...c, categories: known < 0 && changed > 0 ? [...c.categories, value] : c.categories, codes }, changed };
}

function fill(c: Column, values: readonly (number | string)[]): ChangedColumn {
  let changed = 0;
  if (c.type === "category") return fillCategories(c, String(values[0]));
  if (c.type === "text") {
    const filled = c.values.map((text) => {
      if (text !== "") return text;
      changed++;
      return String(values[0]);
    });
    return { column: { ...c, values: filled }, changed };
  }
  if (c.type !== "numeric" || !c.data.some(Number.isNaN)) return { column: c, changed };
  const data = c.data.slice();
  for (let i = 0; i < data.length; i++) {
    if (!Number.isNaN(data[i])) continue;
    data[i] = values[i % values.length] as number;
    changed++;
  }
  return { column: { ...c, data }, changed };
}
