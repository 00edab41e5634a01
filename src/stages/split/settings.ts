// What a pipeline says about which row is for what, and what of it goes together.
import {
  boolean,
  formOfEither,
  narrowed,
  number,
  oneOf,
  optional,
  positiveInteger,
  type Rule,
  type Rules,
  rule,
  string,
} from "../../check.ts";
import { PipelineError } from "../../errors.ts";

/** The values of `Table.tags`. Rows that are unused have no part in a fold. */
export const tag = { train: 0, validation: 1, test: 2, unused: 3 } as const;

/**
 * `test` and `validation` are fractions (0 to 1) of the rows to be divided, rounded up as scikit-learn does, or numbers of rows (whole, from 1).
 * The rows to be divided are all rows that have a target or, with `test: "given"`, those that the source does not mark as test rows; "given"
 * is the default where a source marks any. `stratify` gives every class its share of each part, within one row. Rows are
 * picked at random; without `shuffle` the last rows become test rows and those before them validation rows.
 *
 * `group` names a column: rows of one group go into one part, and the fractions and numbers are of groups (GroupShuffleSplit).
 * `orderBy` names a column of numbers or ISO dates: the latest rows are test rows, those before them validation rows. Rows of the same moment
 * stay together, so a border moves to the nearest place between two moments. A column that is named so is not read by the model.
 *
 * `folds` (k) trains and measures k times: the rows that are no test rows are divided into k folds, each of which is once what a model is
 * measured on and is otherwise trained on; `validation` is a part of the latter. Folds are those of KFold, StratifiedKFold, GroupKFold,
 * StratifiedGroupKFold and, with `orderBy`, TimeSeriesSplit (train before, measure after). `repeats` (default 1) does it again
 * with other folds. Then, unless `refit` is false, a model is trained on all of these rows: it is the one that is kept.
 */
export interface SplitSettings {
  readonly test?: number | "given";
  readonly validation?: number;
  readonly stratify?: boolean;
  readonly shuffle?: boolean;
  readonly group?: string;
  readonly orderBy?: string;
  readonly folds?: number;
  readonly repeats?: number;
  readonly refit?: boolean;
}

const share: Rule = narrowed(number({ min: 0 }), (value, at) => {
  if ((value as number) >= 1) number({ integer: true })(value, at);
});
const given = oneOf("given");

export const splitRules: Rules = {
  test: optional(rule(formOfEither(share, given), (value, at) => (typeof value === "string" ? given : share)(value, at))),
  validation: optional(share),
  stratify: optional(boolean),
  shuffle: optional(boolean),
  group: optional(string),
  orderBy: optional(string),
  folds: optional(number({ min: 2, integer: true })),
  repeats: optional(positiveInteger),
  refit: optional(boolean),
};

/** Throws for settings that exclude each other. */
export function checkSplit({ test, validation = 0, stratify, shuffle, group, orderBy, folds, repeats = 1, refit }: SplitSettings): void {
  const refuse = (key: string, problem: string): never => {
    throw new PipelineError("config", `split.${key}`, problem);
  };
  if (orderBy !== undefined) {
    if (group !== undefined) refuse("orderBy", "it does not go with group; leave one of them out");
    if (stratify === true) refuse("orderBy", "it does not go with stratify: moments decide who is where; leave one of them out");
    if (shuffle === true) refuse("orderBy", "it does not go with shuffle: true; leave one of them out");
    if (repeats > 1) refuse("repeats", "with orderBy every repeat would be the same; leave it out");
  }
  if (group !== undefined && stratify === true && ((typeof test === "number" && test > 0) || validation > 0)) {
    refuse("stratify", "a group goes into one part as a whole, so classes cannot keep their shares in test and validation; leave it out");
  }
  if (folds === undefined && repeats > 1) refuse("repeats", "it repeats folds, and there are none; add folds, such as folds: 5");
  if (folds === undefined && refit !== undefined) refuse("refit", "it goes with folds, and there are none; leave it out");
  if (shuffle === false && repeats > 1) refuse("repeats", "without shuffle every repeat would be the same; leave one of them out");
}
