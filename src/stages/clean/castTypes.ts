// Says what a column holds: numbers, categories or text.
import { type Descriptor, describe, oneOf, optional, type Rules, record, string } from "../../check.ts";
import { type CategoryColumn, type Column, columnKind, type NumericColumn, type Table } from "../../data/table.ts";
import { writtenNumber } from "../../data/writtenNumber.ts";
import { PipelineError, show } from "../../errors.ts";
import { chosenColumns } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { type ChangedColumn, changeColumns, refuseTarget } from "./changeColumns.ts";

type Type = "number" | "category" | "text";

export interface CastTypes extends Descriptor {
  readonly kind: "castTypes";
  readonly types: Readonly<Record<string, Type>>;
  readonly invalid?: "error" | "missing";
  readonly unit?: string;
  readonly decimal?: "." | ",";
  readonly thousands?: "," | "." | " " | "'";
}

const types = record(oneOf("number", "category", "text"), 'types by column such as { zip: "category", age: "number" }');
const rules: Rules = {
  types,
  invalid: optional(oneOf("error", "missing")),
  unit: optional(string),
  decimal: optional(oneOf(".", ",")),
  thousands: optional(oneOf(",", ".", " ", "'")),
};

/**
 * Makes each column what `types` says, as in `castTypes({ zip: "category", age: "number" })`. Numbers are written as JavaScript writes them
 * (3, 0.5); text is read as a decimal number, such as -1.5e3, with spaces around it. What is missing stays so. Text that is no number is an
 * error that names it or, with `invalid: "missing"`, missing, as pandas's `to_numeric(errors="coerce")`.
 *
 * `unit`, `decimal` and `thousands` say how people have written them: `castTypes({ pay: "number" }, { unit: "€", decimal: ",", thousands: "." })`
 * reads "1.234,50 €" as 1234.5. The unit may stand before or behind; another one makes text no number.
 */
export function castTypes(types: CastTypes["types"], settings: Omit<CastTypes, "kind" | "types"> = {}): CastTypes {
  const made = describe<CastTypes>("castTypes", { ...settings, types }, rules);
  if (made.thousands !== undefined && made.thousands === (made.decimal ?? "."))
    throw new PipelineError(
      "config",
      "castTypes.thousands",
      `${show(made.thousands)} already stands before the decimals; expected another`,
    );
  return made;
}

export const castTypesStage: CleanStage<CastTypes> = {
  kind: "castTypes",
  rules,
  rowwise: true,
  recasts: ({ types }) => Object.keys(types),
  apply({ types, invalid, unit, decimal, thousands }, table) {
    const parse = writtenNumber({ unit, decimal, thousands });
    const names = chosenColumns(table, Object.keys(types), [], "castTypes");
    refuseTarget(table, names, "castTypes", "the source says what it is");
    return changeColumns(table, names, (c, name) => cast(c, name, types[name] as Type, table, parse, invalid === "missing"));
  },
};

type Parse = (text: string) => number;

function cast(c: Column, name: string, type: Type, table: Table, parse: Parse, coerce: boolean): ChangedColumn {
  const from = single(c, name);
  if (from.type === (type === "number" ? "numeric" : type)) return { column: from, changed: 0 };
  if (type === "number") return toNumbers(from as Exclude<typeof from, NumericColumn>, name, table, parse, coerce);
  const texts = textsOf(from);
  const made = type === "text" ? ({ type, values: texts } as const) : categoriesOf(texts);
  return { column: made, changed: texts.reduce((known, text) => known + (text === "" ? 0 : 1), 0) };
}

function single(c: Column, name: string): Extract<Column, { type: "numeric" | "category" | "text" }> {
  if (c.type === "text" || c.type === "category" || (c.type === "numeric" && c.shape.length === 0)) return c;
  const holds = c.type === "numeric" ? "several numbers a row" : columnKind[c.type];
  throw new PipelineError("config", `castTypes.${name}`, `the column holds ${holds}; expected a number, a category or a text in each row`);
}

/** One text a row; "" is missing. */
function textsOf(c: ReturnType<typeof single>): readonly string[] {
  if (c.type === "text") return c.values;
  if (c.type === "category") return Array.from(c.codes, (code) => c.categories[code] ?? "");
  return Array.from(c.data, (value) => (Number.isNaN(value) ? "" : String(value)));
}

function categoriesOf(texts: readonly string[]): CategoryColumn {
  const places = new Map<string, number>();
  const codes = Int32Array.from(texts, (text) => {
    if (text === "") return -1;
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  return { type: "category", categories: [...places.keys()], codes };
}

type Writing = Exclude<ReturnType<typeof single>, NumericColumn>;

function toNumbers(c: Writing, name: string, table: Table, parse: Parse, coerce: boolean): ChangedColumn {
  const read = new Map<string, number>();
  let changed = 0;
  const value = (text: string, row: number): number => {
    if (text.trim() === "") return Number.NaN;
    let number = read.get(text);
    if (number === undefined) {
      number = parse(text);
      if (c.type === "category") read.set(text, number);
    }
    changed++;
    if (!Number.isNaN(number) || coerce) return number;
    const way =
      'parseMissing() makes such values missing, castTypes(…, { invalid: "missing" }) all that are no numbers; unit, decimal and thousands say how numbers are written';
    throw new PipelineError("data", `row ${table.ids[row]}`, `column "${name}" is ${show(text)}, which is no number; ${way}`);
  };
  const data = Float64Array.from({ length: table.rows }, (_, row) =>
    value(c.type === "text" ? (c.values[row] as string) : (c.categories[c.codes[row] as number] ?? ""), row),
  );
  return { column: { type: "numeric", shape: [], data }, changed };
}
