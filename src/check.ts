// Descriptors are plain data: `{ kind, …settings }`. `describe` makes one and refuses what its rules do not allow, before any row
// is read. A rule looks at one value and throws a PipelineError that names the place and what would be right. It also says, as data, what
// it allows: forms are made from that, so they cannot offer anything else.
import { PipelineError, show, unknownName } from "./errors.ts";

export interface Rule {
  (value: unknown, at: string): void;
  readonly form: Form;
  /** The setting may be left out. */
  readonly optional?: true;
}
export type Rules = Readonly<Record<string, Rule>>;

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
  readonly integer?: boolean;
}

/** Where descriptors of one sort are found by their kind. */
export type Family =
  | "source"
  | "clean stage"
  | "normalize stage"
  | "augment stage"
  | "layer"
  | "activation"
  | "initializer"
  | "regularizer"
  | "loss"
  | "optimizer"
  | "schedule"
  | "callback"
  | "metric";

/** What a value may be. A rule may refuse more than its form tells, such as an even number. */
export type Form =
  | ({ readonly type: "number" } & Bounds)
  | { readonly type: "boolean" }
  | { readonly type: "string" }
  | { readonly type: "oneOf"; readonly values: readonly (string | number | boolean)[] }
  | { readonly type: "either"; readonly of: readonly Form[] }
  | { readonly type: "list"; readonly of: Form; readonly least?: number; readonly length?: number }
  /** Values by name. */
  | { readonly type: "record"; readonly of: Form }
  /** Settings without a kind. */
  | { readonly type: "settings"; readonly rules: Rules }
  /** One of a family; `kinds` are those that will do, `names` stand for a descriptor without settings. */
  | { readonly type: "descriptor"; readonly family: Family; readonly kinds?: readonly string[]; readonly names?: readonly string[] }
  /** Rows of data. */
  | { readonly type: "rows" };

export interface Descriptor {
  readonly kind: string;
}

/** A rule by hand: what it allows, and the function that looks. */
export const rule = (form: Form, check: (value: unknown, at: string) => void): Rule => Object.assign(check, { form });

/** A rule that refuses some of what another allows. */
export const narrowed = (wide: Rule, check: (value: unknown, at: string) => void): Rule =>
  rule(wide.form, (value, at) => {
    wide(value, at);
    check(value, at);
  });

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

export const optional = (inner: Rule): Rule =>
  Object.assign(
    rule(inner.form, (value, at) => {
      if (value !== undefined) inner(value, at);
    }),
    { optional: true as const },
  );

/** A finite number within bounds; `above`/`below` exclude the bound itself. */
export function number(bounds: Bounds = {}): Rule {
  const parts = [
    bounds.above !== undefined ? `> ${bounds.above}` : bounds.min !== undefined ? `>= ${bounds.min}` : "",
    bounds.below !== undefined ? `< ${bounds.below}` : bounds.max !== undefined ? `<= ${bounds.max}` : "",
  ].filter(Boolean);
  const expected = `${bounds.integer ? "an integer" : "a number"}${parts.length ? ` ${parts.join(" and ")}` : ""}`;
  return rule({ type: "number", ...bounds }, (value, at) => {
    const ok =
      typeof value === "number" &&
      Number.isFinite(value) &&
      (!bounds.integer || Number.isInteger(value)) &&
      value >= (bounds.min ?? Number.NEGATIVE_INFINITY) &&
      value <= (bounds.max ?? Number.POSITIVE_INFINITY) &&
      value > (bounds.above ?? Number.NEGATIVE_INFINITY) &&
      value < (bounds.below ?? Number.POSITIVE_INFINITY);
    if (!ok) fail(at, expected, value);
  });
}

export const positiveInteger: Rule = number({ min: 1, integer: true });
/** A rate in [0, 1), as dropout's. */
export const rate: Rule = number({ min: 0, below: 1 });

export const boolean: Rule = rule({ type: "boolean" }, (value, at) => {
  if (typeof value !== "boolean") fail(at, "true or false", value);
});

export const string: Rule = rule({ type: "string" }, (value, at) => {
  if (typeof value !== "string" || value === "") fail(at, "a non-empty string", value);
});

/** A string that may be empty. */
export const text: Rule = rule({ type: "string" }, (value, at) => {
  if (typeof value !== "string") fail(at, "text", value);
});

export function oneOf(...allowed: readonly (string | number | boolean)[]): Rule {
  return rule({ type: "oneOf", values: allowed }, (value, at) => {
    if (allowed.includes(value as string)) return;
    if (typeof value === "string") {
      throw new PipelineError("config", at, unknownName("value", value, allowed.map(String)));
    }
    fail(at, `one of ${allowed.map((a) => JSON.stringify(a)).join(", ")}`, value);
  });
}

export const formOfEither = (...rules: readonly Rule[]): Form => ({ type: "either", of: rules.map(({ form }) => form) });

export function either(...rules: readonly Rule[]): Rule {
  return rule(formOfEither(...rules), (value, at) => {
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
  });
}

/** A list of at least `least` things. */
export function list(least: number, each: Rule): Rule {
  return rule({ type: "list", of: each.form, least }, (value, at) => {
    if (!Array.isArray(value) || value.length < least) fail(at, least === 0 ? "a list" : `a list of ${least} or more`, value);
    for (const [i, item] of (value as unknown[]).entries()) each(item, `${at}[${i}]`);
  });
}

export function listOf(each: Rule, length?: number): Rule {
  return rule({ type: "list", of: each.form, ...(length !== undefined && { length }) }, (value, at) => {
    if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
      fail(at, length === undefined ? "a list" : `a list of ${length}`, value);
    }
    for (const [i, item] of (value as unknown[]).entries()) each(item, `${at}[${i}]`);
  });
}

/** Values by name, at least `least` of them; `expected` is what messages say. */
export function record(each: Rule, expected: string, least = 1): Rule {
  return rule({ type: "record", of: each.form }, (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length < least) fail(at, expected, value);
    for (const [name, item] of Object.entries(value)) each(item, `${at}.${name}`);
  });
}

/** Two numbers, the first less than the second. */
export function interval(bounds: { min?: number; max?: number } = {}): Rule {
  return narrowed(listOf(number(bounds), 2), (value, at) => {
    const [low, high] = value as [number, number];
    if (!(low < high)) fail(at, "[low, high] with low < high", value);
  });
}
