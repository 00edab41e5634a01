// Which row is for what. Rows are only tagged here; `partition` hands out the three tables.
import { numericColumn, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { purpose, type Random, random, shuffling } from "../../random.ts";
import { missingPlace } from "../clean/missing.ts";
import type { Work } from "../work.ts";
import { groupsOf, nearest, ordered } from "./keys.ts";
import { type SplitSettings, tag } from "./settings.ts";
import { proportions, requireEnough, strataOf } from "./strata.ts";

/**
 * A tag for every row. Rows without a target are in no part's count: they are tagged for training, and cleaning drops or refuses them.
 * Throws when a part that was asked for, or training, would have no rows.
 */
export function* splitRows(table: Table, settings: SplitSettings, seed: number): Work<Uint8Array> {
  const given = givenRows(table, settings);
  const tags = new Uint8Array(table.rows);
  if (given !== undefined) for (let row = 0; row < table.rows; row++) if (given[row] === 1) tags[row] = tag.test;
  const rows = withTarget(table, tags);
  if (given !== undefined && settings.group !== undefined) yield* requireWhole(table, settings.group, given);
  const test = typeof settings.test === "number" ? settings.test : 0;
  yield* divide(table, rows, { ...settings, test }, random(seed, purpose.split), tags);
  return tags;
}

/** The rows that are tagged for training, and have a target. */
export function withTarget(table: Table, tags: Uint8Array): Uint32Array {
  const target = numericColumn(table, table.target);
  const rows = new Uint32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) if (tags[row] === tag.train && missingPlace(target, row) < 0) rows[count++] = row;
  return rows.slice(0, count);
}

interface Shares extends SplitSettings {
  readonly test: number;
}

/** Tags the test and the validation rows among these. */
export function divide(table: Table, rows: Uint32Array, settings: Shares, source: Random, tags: Uint8Array): Work<void> {
  const by = settings.group !== undefined ? divideGroups : settings.orderBy !== undefined ? divideMoments : divideRows;
  return by(table, rows, settings, source, tags);
}

function* divideRows(table: Table, given: Uint32Array, settings: Shares, source: Random, tags: Uint8Array): Work<void> {
  const rows = given.slice();
  yield 0;
  const { test, validation } = counts(settings, rows.length, "rows");
  if (settings.shuffle !== false) yield* shuffling(rows, source);
  yield rows.length;
  const strata = settings.stratify === true && test + validation > 0 ? classStrata(table, rows, test, validation) : [rows];
  yield rows.length;
  const tests = proportions(
    test,
    strata.map((stratum) => stratum.length),
  );
  const validations = proportions(
    validation,
    strata.map((stratum, i) => stratum.length - (tests[i] as number)),
  );
  strata.forEach((stratum, i) => {
    const testFrom = stratum.length - (tests[i] as number);
    tagFrom(tags, stratum, testFrom - (validations[i] as number), testFrom);
  });
}

function* divideGroups(table: Table, rows: Uint32Array, settings: Shares, source: Random, tags: Uint8Array): Work<void> {
  const groups = yield* groupsOf(table, settings.group as string, rows);
  const { test, validation } = counts(settings, groups.length, "groups");
  const order = Uint32Array.from(groups, (_, i) => i);
  if (settings.shuffle !== false) yield* shuffling(order, source);
  const testFrom = groups.length - test;
  order.forEach((g, i) => {
    const wanted = i >= testFrom ? tag.test : i >= testFrom - validation ? tag.validation : tag.train;
    for (const row of groups[g] as Uint32Array) tags[row] = wanted;
  });
}

function* divideMoments(table: Table, given: Uint32Array, settings: Shares, _: Random, tags: Uint8Array): Work<void> {
  const name = settings.orderBy as string;
  const { rows, borders } = yield* ordered(table, name, given);
  const { test, validation } = counts(settings, rows.length, "rows");
  const parts = 1 + Number(test > 0) + Number(validation > 0);
  if (borders.length < parts - 1) {
    const problem = `"${name}" has ${borders.length + 1} different value(s), too few for ${parts} parts; ask for fewer, or for none by time`;
    throw new PipelineError("data", "split.orderBy", problem);
  }
  const first = borders[0] ?? 0;
  const testFrom =
    test === 0 ? rows.length : (nearest(validation > 0 ? borders.filter((b) => b > first) : borders, rows.length - test) as number);
  const before = borders.filter((border) => border < testFrom);
  tagFrom(tags, rows, validation === 0 ? testFrom : (nearest(before, testFrom - validation) as number), testFrom);
}

function tagFrom(tags: Uint8Array, rows: Uint32Array, validationFrom: number, testFrom: number): void {
  for (const row of rows.subarray(validationFrom, testFrom)) tags[row] = tag.validation;
  for (const row of rows.subarray(testFrom)) tags[row] = tag.test;
}

/** The source's marks, when they are to be kept. */
function givenRows(table: Table, settings: SplitSettings): Uint8Array | undefined {
  if (settings.test !== undefined && settings.test !== "given") return undefined;
  if (table.givenTest?.includes(1)) return table.givenTest;
  if (settings.test === undefined) return undefined;
  const why = table.givenTest === undefined ? "this source has no given test set" : "no row of the given test set is left";
  throw new PipelineError("data", "split.test", `asked for "given", but ${why}; set a fraction instead, as in test: 0.2`);
}

/** Throws where a group has given test rows and others. */
function* requireWhole(table: Table, name: string, given: Uint8Array): Work<void> {
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  for (const group of yield* groupsOf(table, name, all)) {
    const [inTest, other] = [group.find((row) => given[row] === 1), group.find((row) => given[row] !== 1)];
    if (inTest === undefined || other === undefined) continue;
    const rows = `rows ${table.ids[other]} and ${table.ids[inTest]}`;
    const problem = `${rows} are of one group, but only the latter is a given test row; divide anew, as in test: 0.2`;
    throw new PipelineError("data", "split.group", problem);
  }
}

/** How many rows, or groups, each part has: fractions are rounded up. */
function counts(settings: Shares, of: number, what: "rows" | "groups"): { readonly test: number; readonly validation: number } {
  const count = (share: number): number => (share < 1 ? Math.ceil(share * of) : share);
  const [test, validation] = [count(settings.test), count(settings.validation ?? 0)];
  if (of - test - validation >= 1) return { test, validation };
  const parts = [`${test} for test`, `${validation} for validation`].filter((part) => !part.startsWith("0 ")).join(" and ");
  throw new PipelineError(
    "data",
    "split",
    `no ${what} are left to train on: of ${of}, ${parts || "none"} were set aside; ask for less or give more data`,
  );
}

/** The rows of each class. Throws when a class cannot be in every part. */
function classStrata(table: Table, rows: Uint32Array, test: number, validation: number): Uint32Array[] {
  const strata = strataOf(table, rows);
  requireEnough(table, strata, 1 + Number(test > 0) + Number(validation > 0), "parts");
  for (const [part, size] of Object.entries({ test, validation })) {
    if (size === 0 || size >= strata.length) continue;
    const problem = `${size} ${part} row(s) cannot hold all ${strata.length} classes; ask for more or set stratify: false`;
    throw new PipelineError("data", "split.stratify", problem);
  }
  return strata.map(([, stratum]) => stratum);
}
