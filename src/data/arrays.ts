// Rows that are in memory already: nested lists of numbers, a typed array and the shape of a row, or texts.
import { type Descriptor, describe, listOf, oneOf, optional, positiveInteger, type Rule, type Rules, rule, string } from "../check.ts";
import { PipelineError, show } from "../errors.ts";
import { type Label, labelColumn, type Task } from "./labels.ts";
import { type Nested, type NestedColumn, type Numbers, nestedColumn, shapeOf, shapeText, typedColumn } from "./nested.ts";
import { type NumericColumn, type SourceKind, size, type Table, type TextColumn } from "./table.ts";

type Features = readonly (Nested | string)[] | Numbers;
type Labels = readonly Label[] | Numbers;

interface FeatureRows extends Omit<NestedColumn, "column"> {
  readonly column: NumericColumn | TextColumn;
}

const isTyped = (values: Features): values is Numbers => ArrayBuffer.isView(values);

export interface ArraysSource extends Descriptor {
  readonly kind: "arrays";
  readonly x: Features;
  readonly y: Labels;
  readonly test?: { readonly x: Features; readonly y: Labels };
  readonly shape?: readonly number[];
  readonly task?: Task;
  readonly classes?: readonly string[];
  readonly columns?: readonly string[];
  readonly others?: Readonly<Record<string, Others>>;
}

type Others = readonly (string | number | null)[] | Numbers;

const rows: Rule = rule({ type: "rows" }, (value, at) => {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value))
    throw new PipelineError("config", at, `expected an array with one item a row, got ${show(value)}`);
});

const pair: Rule = rule({ type: "rows" }, (value, at) => {
  const { x, y, ...rest } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  if (Object.keys(rest).length > 0) throw new PipelineError("config", at, `expected { x, y }, got also ${Object.keys(rest).join(", ")}`);
  rows(x, `${at}.x`);
  rows(y, `${at}.y`);
});

const rules: Rules = {
  x: rows,
  y: rows,
  test: optional(pair),
  shape: optional(listOf(positiveInteger)),
  task: optional(oneOf("classification", "regression")),
  classes: optional(listOf(string)),
  columns: optional(listOf(string)),
  others: optional(
    rule({ type: "rows" }, (value, at) => {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        throw new PipelineError("config", at, `expected lists by name, such as { patient: [1, 1, 2] }, got ${show(value)}`);
      for (const [name, list] of Object.entries(value)) rows(list, `${at}.${name}`);
    }),
  ),
};

/**
 * Data that you hold in memory. `x` has one item a row: a number, a list of numbers, or deeper lists (f32; `null` or NaN is missing);
 * a text (`null` or "" is missing); or it is a typed array with the `shape` of one row (a Uint8Array stays bytes, anything else is f32).
 * `y` has one label a row: text, a whole number from 0 (both are classes), any number (regression), or a list of numbers (f32, several
 * outputs; with `task: "classification"` a class for each step of a sequence). `task` decides for numbers; `classes` names the classes in
 * order; `test` holds the given test set; `columns` names the features of a vector. `others` are columns that the model does not read, such
 * as those that `split` groups or orders rows by: text or numbers (`null` or "" is missing), those of test rows behind the others.
 */
export function arrays(settings: Omit<ArraysSource, "kind">): ArraysSource {
  return describe<ArraysSource>("arrays", settings, rules);
}

export const arraysKind: SourceKind<ArraysSource> = {
  kind: "arrays",
  rules,
  async load(source) {
    const train = featureRows(source.x, source, "x");
    const test = source.test && featureRows(source.test.x, source, "test.x");
    const trainLabels = labelRows(source.y, source.x, train, "x", "y");
    const testLabels = source.test && test ? labelRows(source.test.y, source.test.x, test, "test.x", "test.y") : [];
    const first = train.kept.length;
    const where = (i: number): string => (i < first ? `y[${train.kept[i]}]` : `test.y[${test?.kept[i - first]}]`);
    const y = labelColumn([...trainLabels, ...testLabels], { task: source.task, classes: source.classes, where });
    return assemble(source, train, test, y);
  },
};

/** All rows have the shape of `source.x`'s first, or are misfits; `source.shape` folds them into another of the same size. */
function featureRows(x: Features, source: ArraysSource, name: string): FeatureRows {
  const { shape } = source;
  if (x.length === 0) throw new PipelineError("data", `arrays.${name}`, "there are no rows");
  if (isTyped(x)) {
    if (shape === undefined)
      throw new PipelineError("config", `arrays.${name}`, `a ${x.constructor.name} needs the shape of one row, as in shape: [28, 28]`);
    const column = typedColumn(x, shape, `arrays.${name}`);
    return { column, kept: counted(x.length / size(shape)), misfits: [] };
  }
  if (holdsText(source.x)) return textRows(x, source, name);
  const first = isTyped(source.x) ? (shape ?? []) : shapeOf(source.x[0] as Nested);
  const rows = nestedColumn(x as readonly Nested[], name, first);
  if (shape === undefined) return rows;
  if (size(shape) !== size(first))
    throw new PipelineError("config", "arrays.shape", `[${shape.join(", ")}] does not hold a row of x, which is ${shapeText(first)}`);
  return { ...rows, column: { ...rows.column, shape } };
}

const counted = (length: number): Uint32Array => Uint32Array.from({ length }, (_, i) => i);

/** The first row that is there says whether all are text. */
const holdsText = (x: Features): boolean => !isTyped(x) && typeof x.find((row) => row !== null) === "string";

function textRows(x: readonly unknown[], { shape, columns }: ArraysSource, name: string): FeatureRows {
  const odd = Object.entries({ shape, columns }).find(([, value]) => value !== undefined)?.[0];
  if (odd !== undefined) throw new PipelineError("config", `arrays.${odd}`, "the rows are texts, which have none; leave it out");
  const values = x.map((text, i) => {
    if (typeof text === "string") return text;
    if (text === null) return "";
    throw new PipelineError("data", `${name}[${i}]`, `expected text as in the first row, got ${show(text)}`);
  });
  return { column: { type: "text", values }, kept: counted(values.length), misfits: [] };
}

/** The labels of the rows that were kept. */
function labelRows(y: Labels, x: Features, features: FeatureRows, xName: string, yName: string): Label[] {
  const count = features.kept.length + features.misfits.length;
  if (y.length !== count) {
    const odd = features.column.type === "numeric" && isTyped(x) ? ` of shape [${features.column.shape.join(", ")}]` : "";
    throw new PipelineError("data", `arrays.${yName}`, `${y.length} labels, but ${xName} has ${count} rows${odd}`);
  }
  return Array.from(features.kept, (i) => y[i] as Label);
}

function assemble(source: ArraysSource, train: FeatureRows, test: FeatureRows | undefined, y: NumericColumn): Table {
  const x = test === undefined ? train.column : join(train.column, test.column);
  const { columns } = source;
  if (columns !== undefined && x.type === "numeric" && (x.shape.length !== 1 || x.shape[0] !== columns.length)) {
    throw new PipelineError("config", "arrays.columns", `${columns.length} names, but a row of x has the shape [${x.shape.join(", ")}]`);
  }
  const first = train.kept.length + train.misfits.length;
  const ids = [...train.kept, ...(test ? Array.from(test.kept, (i) => first + i) : [])];
  const others = Object.entries(source.others ?? {}).map(([name, values]) => [name, otherColumn(name, values, ids, source)] as const);
  const misfits = [...train.misfits, ...(test ? test.misfits.map((m) => ({ ...m, id: first + m.id })) : [])];
  return {
    rows: ids.length,
    columns: { x: columns === undefined || x.type === "text" ? x : { ...x, features: columns }, y, ...Object.fromEntries(others) },
    inputs: ["x"],
    target: "y",
    ids: Uint32Array.from(ids),
    ...(test && { givenTest: Uint8Array.from(ids, (id) => (id < first ? 0 : 1)) }),
    ...(misfits.length > 0 && { misfits }),
  };
}

/** Kept as text, in which every number is exact. */
function otherColumn(name: string, values: Others, ids: readonly number[], { y, test }: ArraysSource): TextColumn {
  const at = `arrays.others.${name}`;
  if (name === "x" || name === "y") throw new PipelineError("config", at, "the name is taken; choose another");
  const count = y.length + (test?.y.length ?? 0);
  if (values.length !== count) throw new PipelineError("data", at, `${values.length} values, but there are ${count} rows`);
  const texts = ids.map((id) => {
    const value: unknown = values[id];
    if (typeof value === "string" || typeof value === "number") return Number.isNaN(value) ? "" : String(value);
    if (value === null) return "";
    throw new PipelineError("data", `${at}[${id}]`, `expected text or a number, got ${show(value)}`);
  });
  return { type: "text", values: texts };
}

function join(a: FeatureRows["column"], b: FeatureRows["column"]): FeatureRows["column"] {
  if (a.type === "text" || b.type === "text") return { type: "text", values: [a, b].flatMap((c) => (c.type === "text" ? c.values : [])) };
  const bytes = a.data instanceof Uint8Array && b.data instanceof Uint8Array;
  const data = new (bytes ? Uint8Array : Float32Array)(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { ...a, data };
}
