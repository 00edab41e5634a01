// Descriptors are plain data: `{ kind, …settings }`. `describe` makes one and refuses what its rules do not allow, before any row
// is read. A rule looks at one value and throws a PipelineError that names the place and what would be right.
import { PipelineError, show, unknownName } from "./errors.ts";

export type Rule = (value: unknown, at: string) => void;
export type Rules = Readonly<Record<string, Rule>>;

export interface Descriptor {
  readonly kind: string;
}

/** A frozen `{ kind, …settings }` without undefined settings. Throws for unknown settings and for values that break a rule. */
export function describe<D extends Descriptor>(kind: D["kind"], settings: Omit<D, "kind">, rules: Rules, at: string = kind): D {
  if (typeof settings !== "object" || settings === null)
    throw new PipelineError("config", at, `expected settings as an object, got ${show(settings)}`);
  const entries = Object.entries(settings).filter(([key, value]) => value !== undefined && key !== "kind");
  for (const [key] of entries) {
    if (!Object.hasOwn(rules, key)) throw new PipelineError("config", at, unknownName("setting", key, Object.keys(rules)));
  }
  const given = Object.fromEntries(entries);
  for (const [key, rule] of Object.entries(rules)) rule(given[key], `${at}.${key}`);
  return Object.freeze({ kind, ...given }) as unknown as D;
}

function fail(at: string, expected: string, value: unknown): never {
  throw new PipelineError("config", at, `expected ${expected}, got ${show(value)}`);
}

export const optional =
  (rule: Rule): Rule =>
  (value, at) => {
    if (value !== undefined) rule(value, at);
  };

/** A finite number within bounds; `above`/`below` exclude the bound itself. */
export function number(bounds: { min?: number; max?: number; above?: number; below?: number; integer?: boolean } = {}): Rule {
  const parts = [
    bounds.above !== undefined ? `> ${bounds.above}` : bounds.min !== undefined ? `>= ${bounds.min}` : "",
    bounds.below !== undefined ? `< ${bounds.below}` : bounds.max !== undefined ? `<= ${bounds.max}` : "",
  ].filter(Boolean);
  const expected = `${bounds.integer ? "an integer" : "a number"}${parts.length ? ` ${parts.join(" and ")}` : ""}`;
  return (value, at) => {
    const ok =
      typeof value === "number" &&
      Number.isFinite(value) &&
      (!bounds.integer || Number.isInteger(value)) &&
      value >= (bounds.min ?? Number.NEGATIVE_INFINITY) &&
      value <= (bounds.max ?? Number.POSITIVE_INFINITY) &&
      value > (bounds.above ?? Number.NEGATIVE_INFINITY) &&
      value < (bounds.below ?? Number.POSITIVE_INFINITY);
    if (!ok) fail(at, expected, value);
  };
}

export const positiveInteger: Rule = number({ min: 1, integer: true });
/** A rate in [0, 1), as dropout's. */
export const rate: Rule = number({ min: 0, below: 1 });

export const boolean: Rule = (value, at) => {
  if (typeof value !== "boolean") fail(at, "true or false", value);
};

export const string: Rule = (value, at) => {
  if (typeof value !== "string" || value === "") fail(at, "a non-empty string", value);
};

export function oneOf(...allowed: readonly (string | number | boolean)[]): Rule {
  return (value, at) => {
    if (allowed.includes(value as string)) return;
    if (typeof value === "string") {
      throw new PipelineError("config", at, unknownName("value", value, allowed.map(String)));
    }
    fail(at, `one of ${allowed.map((a) => JSON.stringify(a)).join(", ")}`, value);
  };
}

export function either(...rules: readonly Rule[]): Rule {
  return (value, at) => {
    let first: unknown;
    for (const rule of rules) {
      try {
        rule(value, at);
        return;
      } catch (error) {
        first ??= error;
      }
    }
    throw first;
  };
}

/** A list of at least `least` things; what they are is for somebody else to check, or for `each`. */
export function list(least: number, each?: Rule): Rule {
  return (value, at) => {
    if (!Array.isArray(value) || value.length < least) fail(at, least === 0 ? "a list" : `a list of ${least} or more`, value);
    for (const [i, item] of (value as unknown[]).entries()) each?.(item, `${at}[${i}]`);
  };
}

export function listOf(rule: Rule, length?: number): Rule {
  return (value, at) => {
    if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
      fail(at, length === undefined ? "a list" : `a list of ${length}`, value);
    }
    for (const [i, item] of (value as unknown[]).entries()) rule(item, `${at}[${i}]`);
  };
}

/** Two numbers, the first less than the second. */
export function interval(bounds: { min?: number; max?: number } = {}): Rule {
  const each = listOf(number(bounds), 2);
  return (value, at) => {
    each(value, at);
    const [low, high] = value as [number, number];
    if (!(low < high)) fail(at, "[low, high] with low < high", value);
  };
}
