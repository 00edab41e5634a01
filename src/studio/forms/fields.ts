// What can be filled in of a pipeline: every setting of every descriptor in it, with its form, its value and what is known of it.
import type { Descriptor, Family, Form, Rules } from "../../check.ts";
import { type Pipeline, pipelineRules } from "../../pipeline/define.ts";
import { settingDocs } from "../generated/settingDocs.ts";
import { rulesOf } from "./families.ts";
import type { KindDoc, SettingDoc } from "./kindDoc.ts";
import { type Path, pathText, placeOf } from "./path.ts";

export interface Field {
  readonly name: string;
  readonly path: Path;
  readonly form: Form;
  readonly optional: boolean;
  /** Undefined where nothing is given. */
  readonly value: unknown;
  readonly doc: SettingDoc;
}

const nothing: KindDoc = { settings: {} };

/** What is said about a kind, or about a part of the pipeline. */
export const docOf = (kind: string): KindDoc => (Object.hasOwn(settingDocs, kind) ? (settingDocs[kind] as KindDoc) : nothing);

/** The fields of settings; `kind` is whose they are. */
export function fieldsOf(rules: Rules, kind: string, values: unknown, path: Path): Field[] {
  const { settings } = docOf(kind);
  return Object.entries(rules).map(([name, { form, optional = false }]) => ({
    name,
    path: [...path, name],
    form,
    optional,
    value: (values as Readonly<Record<string, unknown>> | undefined)?.[name],
    doc: settings[name] ?? {},
  }));
}

/** The settings of one kind, none of them given. */
export const settingsOf = (kind: string, family: Family): Field[] => fieldsOf(rulesOf(family, kind) ?? {}, kind, undefined, []);

/** Everything that can be filled in, parts before what is in them. */
export function formOf(pipeline: Partial<Pipeline>): Field[] {
  return fieldsOf(pipelineRules, "pipeline", pipeline, []).flatMap(withInner);
}

function withInner(field: Field): Field[] {
  return [field, ...innerFields(field.form, field.value, field.path).flatMap(withInner)];
}

/** The fields inside a value. */
export function innerFields(form: Form, value: unknown, path: Path): Field[] {
  const chosen = variantOf(form, value);
  if (chosen === undefined) return [];
  const item = (name: string, key: string | number, of: Form, given: unknown): Field => ({
    name,
    path: [...path, key],
    form: of,
    optional: false,
    value: given,
    doc: {},
  });
  switch (chosen.type) {
    case "settings":
      return fieldsOf(chosen.rules, String(path.at(-1)), value, path);
    case "descriptor": {
      const { kind } = described(value);
      return fieldsOf(rulesOf(chosen.family, kind) ?? {}, kind, typeof value === "string" ? undefined : value, path);
    }
    case "list":
      return (value as readonly unknown[]).map((given, i) => item(String(i), i, chosen.of, given));
    case "record":
      return Object.entries(value as object).map(([name, given]) => item(name, name, chosen.of, given));
    default:
      return [];
  }
}

/** A descriptor, or the one that a name stands for. */
export const described = (value: unknown): Descriptor => (typeof value === "string" ? { kind: value } : (value as Descriptor));

/** Which of the forms that may be chosen from a value has; undefined where it has none. */
export function variantOf(form: Form, value: unknown): Exclude<Form, { readonly type: "either" }> | undefined {
  if (form.type !== "either") return has(form, value) ? form : undefined;
  for (const one of form.of) {
    const found = variantOf(one, value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function has(form: Exclude<Form, { readonly type: "either" }>, value: unknown): boolean {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  switch (form.type) {
    case "number":
    case "boolean":
    case "string":
      return typeof value === form.type;
    case "oneOf":
      return form.values.includes(value as string);
    case "list":
      return Array.isArray(value);
    case "record":
      return isObject;
    case "settings":
      return isObject && Object.keys(value).every((key) => Object.hasOwn(form.rules, key));
    case "descriptor":
      return typeof value === "string" ? form.names !== undefined : typeof (value as Descriptor | null | undefined)?.kind === "string";
    case "rows":
      return value !== undefined;
  }
}

/** The field that an error is about: the innermost one at its place. */
export function fieldAt(fields: readonly Field[], at: string): Field | undefined {
  const place = placeOf(at);
  const around = fields.filter(({ path }) => {
    const text = pathText(path);
    return place === text || (place.startsWith(text) && /^[.[]/.test(place.slice(text.length)));
  });
  return around.reduce<Field | undefined>((inner, field) => (inner && inner.path.length >= field.path.length ? inner : field), undefined);
}
