// Which row is for what. Rows are only tagged here; `partition` hands out the three tables.
import { boolean, number, oneOf, optional, type Rule, type Rules } from "../check.ts";
import { type NumericColumn, numericColumn, type Table, take } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { purpose, random, shuffle } from "../random.ts";

/** The values of `Table.tags`. */
export const tag = { train: 0, validation: 1, test: 2 } as const;

/**
 * `test` and `validation` are fractions (0 to 1) of the rows to be divided, rounded up as scikit-learn does, or numbers of rows (whole, from 1).
 * The rows to be divided are all rows or, with `test: "given"`, those that the source does not mark as test rows; "given" is the
 * default where a source marks any. `stratify` gives every class its share of each part, within one row. Rows are
 * picked at random; without `shuffle` the last rows become test rows and those before them validation rows.
 */
export interface SplitSettings {
  readonly test?: number | "given";
  readonly validation?: number;
  readonly stratify?: boolean;
  readonly shuffle?: boolean;
}

const share: Rule = (value, at) => {
  number({ min: 0 })(value, at);
  if ((value as number) >= 1) number({ integer: true })(value, at);
};

export const splitRules: Rules = {
  test: optional((value, at) => (typeof value === "string" ? oneOf("given")(value, at) : share(value, at))),
  validation: optional(share),
  stratify: optional(boolean),
  shuffle: optional(boolean),
};

/** A tag for every row. Throws when a part that was asked for, or training, would have no rows. */
export function splitRows(table: Table, settings: SplitSettings, seed: number): Uint8Array {
  const given = givenRows(table, settings);
  const tags = new Uint8Array(table.rows);
  const free: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (given?.[row] === 1) tags[row] = tag.test;
    else free.push(row);
  }
  const rows = Uint32Array.from(free);
  const test = typeof settings.test === "number" ? count(settings.test, rows.length) : 0;
  const validation = count(settings.validation ?? 0, rows.length);
  if (rows.length - test - validation < 1) {
    const parts = [`${test} for test`, `${validation} for validation`].filter((part) => !part.startsWith("0 ")).join(" and ");
    throw new PipelineError(
      "data",
      "split",
      `no rows are left to train on: of ${rows.length}, ${parts || "none"} were set aside; ask for less or give more data`,
    );
  }
  if (settings.shuffle !== false) shuffle(rows, random(seed, purpose.split));
  const groups = settings.stratify === true && test + validation > 0 ? classGroups(table, rows, test, validation) : [rows];
  const tests = proportions(
    test,
    groups.map((group) => group.length),
  );
  const validations = proportions(
    validation,
    groups.map((group, i) => group.length - (tests[i] as number)),
  );
  groups.forEach((group, i) => {
    const testFrom = group.length - (tests[i] as number);
    const validationFrom = testFrom - (validations[i] as number);
    for (const row of group.subarray(validationFrom, testFrom)) tags[row] = tag.validation;
    for (const row of group.subarray(testFrom)) tags[row] = tag.test;
  });
  return tags;
}

/** The source's marks, when they are to be kept. */
function givenRows(table: Table, settings: SplitSettings): Uint8Array | undefined {
  if (settings.test !== undefined && settings.test !== "given") return undefined;
  if (table.givenTest?.includes(1)) return table.givenTest;
  if (settings.test === undefined) return undefined;
  const why = table.givenTest === undefined ? "this source has no given test set" : "no row of the given test set is left";
  throw new PipelineError("data", "split.test", `asked for "given", but ${why}; set a fraction instead, as in test: 0.2`);
}

/** A fraction rounded up, or that many. */
const count = (share: number, rows: number): number => (share < 1 ? Math.ceil(share * rows) : share);

/** The rows of each class, in the order of `rows`. Throws when a class cannot be in every part. */
function classGroups(table: Table, rows: Uint32Array, test: number, validation: number): Uint32Array[] {
  const { data, classes } = labels(table);
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const label = data[row] as number;
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [row]);
    else group.push(row);
  }
  const parts = 1 + (test > 0 ? 1 : 0) + (validation > 0 ? 1 : 0);
  const sorted = [...groups].sort(([a], [b]) => a - b);
  for (const [label, group] of sorted) {
    if (group.length >= parts) continue;
    const name = JSON.stringify(classes?.[label] ?? String(label));
    throw new PipelineError(
      "data",
      "split.stratify",
      `class ${name} has ${group.length} row(s), too few for ${parts} parts; drop the class or set stratify: false`,
    );
  }
  for (const [part, rows] of [
    ["test", test],
    ["validation", validation],
  ] as const) {
    if (rows === 0 || rows >= sorted.length) continue;
    throw new PipelineError(
      "data",
      "split.stratify",
      `${rows} ${part} row(s) cannot hold all ${sorted.length} classes; ask for more or set stratify: false`,
    );
  }
  return sorted.map(([, group]) => Uint32Array.from(group));
}

function labels(table: Table): NumericColumn {
  const target = numericColumn(table, table.target);
  if (target.shape.length === 0 && target.data instanceof Int32Array) return target;
  throw new PipelineError("config", "split.stratify", `the target "${table.target}" holds numbers, not classes; set stratify: false`);
}

/** Divides `total` over groups of these sizes: whole parts first, then one each to the largest remainders. */
function proportions(total: number, sizes: readonly number[]): number[] {
  const all = sizes.reduce((sum, n) => sum + n, 0);
  const exact = sizes.map((n) => (all === 0 ? 0 : (total * n) / all));
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((sum, n) => sum + n, 0);
  const order = exact.map((value, i) => ({ i, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, left)) parts[i] = (parts[i] as number) + 1;
  return parts;
}

export interface Parts {
  readonly train: Table;
  readonly validation?: Table;
  readonly test?: Table;
}

/** The rows of each part, in the table's order; a part without rows is absent. */
export function partition(table: Table, tags: Uint8Array): Parts {
  const part = (wanted: number): Table => take(table, Uint32Array.from(positions(tags, wanted)));
  const { train, validation, test } = tag;
  return {
    train: part(train),
    ...(tags.includes(validation) && { validation: part(validation) }),
    ...(tags.includes(test) && { test: part(test) }),
  };
}

function* positions(tags: Uint8Array, wanted: number): Generator<number> {
  for (let row = 0; row < tags.length; row++) if (tags[row] === wanted) yield row;
}
