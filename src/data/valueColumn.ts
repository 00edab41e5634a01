// Values of one column → a typed column. What csv() takes for a number, a category or a missing value in a cell is one here, too.
import { PipelineError, show } from "../errors.ts";
import type { CsvType } from "./csv/columnBuilders.ts";
import { numberParser } from "./csv/parseNumber.ts";
import type { CategoryColumn, NumericColumn, TextColumn } from "./table.ts";
import { MISSING, type TabularSettings } from "./tabular.ts";

export interface Reading extends Pick<TabularSettings, "missing" | "decimal" | "thousands"> {
  /** Whether a text that spells a number is one. */
  readonly textIsNumber: boolean;
}

/** A value that is no number, where one is expected. */
const NONE = Symbol();
const NO_NUMBER = 'name what stands for a missing value in missing, or say types: { …: "category" }';
const NO_AMOUNT = 'name the column in ignore, or say types: { …: "category" }';
const text = new TextEncoder();

export interface ValueReader {
  /** The type by which all of the values can be read: numbers if possible. */
  typeOf(values: readonly unknown[]): CsvType;
  /** `at` is for messages: what value i is called. */
  column(values: readonly unknown[], type: CsvType, at: (i: number) => string): NumericColumn | CategoryColumn | TextColumn;
}

export function valueReader({ missing = MISSING, decimal = ".", thousands, textIsNumber }: Reading): ValueReader {
  const parse = numberParser({ decimal, thousands });
  const spelled = (written: string): number => {
    const bytes = text.encode(written);
    return bytes.length === 0 ? Number.NaN : parse(bytes, 0, bytes.length);
  };
  const markers = new Set<unknown>(["", ...missing]);
  const missingNumbers = new Set(missing.map(spelled).filter((number) => !Number.isNaN(number)));

  const isMissing = (value: unknown): boolean =>
    value === undefined || value === null || Number.isNaN(value) || (typeof value === "string" && markers.has(value));

  /** NaN where it is missing. */
  const numberOf = (value: unknown, spell: boolean): number | typeof NONE => {
    if (isMissing(value)) return Number.NaN;
    const number = typeof value === "string" && spell ? spelled(value) : typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || Number.isNaN(number)) return NONE;
    return missingNumbers.has(number) ? Number.NaN : number;
  };

  const numbers = (values: readonly unknown[], at: (i: number) => string): NumericColumn => {
    const data = new Float64Array(values.length);
    values.forEach((value, i) => {
      const number = numberOf(value, true);
      if (number === NONE) throw new PipelineError("data", at(i), `expected a number, got ${show(value)}; ${NO_NUMBER}`);
      if (typeof value === "bigint" && BigInt(number) !== value)
        throw new PipelineError("data", at(i), `${value} is beyond 2^53, where numbers are no longer exact; ${NO_AMOUNT}`);
      data[i] = number;
    });
    return { type: "numeric", shape: [], data };
  };

  /** Empty where it is missing. */
  const nameOf = (value: unknown, at: () => string): string => {
    if (isMissing(value)) return "";
    if (typeof value === "object" || typeof value === "symbol" || typeof value === "function")
      throw new PipelineError("data", at(), `expected text, a number, true, false or null, got ${show(value)}; name the column in ignore`);
    const name = String(value);
    return markers.has(name) ? "" : name;
  };

  const categories = (values: readonly unknown[], at: (i: number) => string): CategoryColumn => {
    const places = new Map<string, number>();
    const codes = Int32Array.from(values, (value, i) => {
      const name = nameOf(value, () => at(i));
      if (name === "") return -1;
      const code = places.get(name) ?? places.size;
      if (code === places.size) places.set(name, code);
      return code;
    });
    return { type: "category", categories: [...places.keys()], codes };
  };

  return {
    typeOf: (values) => (values.every((value) => numberOf(value, textIsNumber) !== NONE) ? "numeric" : "category"),
    column(values, type, at) {
      if (type === "numeric") return numbers(values, at);
      if (type === "category") return categories(values, at);
      return { type, values: values.map((value, i) => nameOf(value, () => at(i))) };
    },
  };
}
