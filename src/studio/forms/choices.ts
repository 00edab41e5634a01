// What can be chosen from where a form leaves a choice: values, kinds, or sorts of values.
import type { Form } from "../../check.ts";
import { families } from "./families.ts";
import { described, variantOf } from "./fields.ts";
import { startOf, startOfKind } from "./starters.ts";

export interface Choice {
  readonly key: string;
  readonly label: string;
  /** What it is at first. */
  start(): unknown;
  is(value: unknown): boolean;
  /** What is filled in once it is chosen; a value alone is all there is. */
  readonly form?: Form;
}

const sorts = {
  number: "a number",
  boolean: "yes or no",
  string: "text",
  list: "a list",
  record: "by name",
  settings: "settings",
  rows: "rows",
} as const;

export function choicesOf(form: Form, name: string): Choice[] {
  if (form.type === "either") return form.of.flatMap((one) => choicesOf(one, name));
  if (form.type === "oneOf")
    return form.values.map((value) => ({
      key: JSON.stringify(value),
      label: value === false ? "off" : value === true ? "on" : String(value),
      start: () => value,
      is: (given) => given === value,
    }));
  if (form.type === "descriptor")
    return kindsOf(form).map((kind) => ({
      key: kind,
      label: kind,
      start: () => startOfKind(form.family, kind, form.names),
      is: (given) => variantOf(form, given) !== undefined && described(given).kind === kind,
      form,
    }));
  return [
    {
      key: `a ${form.type}`,
      label: sorts[form.type],
      start: () => startOf(form, name),
      is: (given) => variantOf(form, given) !== undefined,
      form,
    },
  ];
}

/** Those that may be chosen, each once: the kinds of the family, and the names that stand for others. */
export function kindsOf({ family, kinds, names = [] }: Extract<Form, { readonly type: "descriptor" }>): readonly string[] {
  return kinds ?? [...new Set([...names, ...Object.keys(families[family])])];
}
