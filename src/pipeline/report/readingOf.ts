// What must be known of rows to show them as the network reads them.
import type { Descriptor } from "../../check.ts";
import { inputColumn } from "../../data/table.ts";
import { augmentStages } from "../../stages/index.ts";
import type { Pipeline } from "../define.ts";
import { columnType } from "../feed.ts";
import type { Prepared } from "../prepare.ts";
import type { Reading } from "./rowView.ts";

export function readingOf({ train, raw, fitted }: Prepared): Reading {
  const input = inputColumn(train);
  return {
    shape: input.shape,
    type: columnType(input),
    affine: fitted.affine,
    features: input.features ?? ("features" in raw ? raw.features : undefined),
    vocabulary: input.vocabulary,
  };
}

/** Whether rows are changed while they are read. */
export const augments = ({ augment = [] }: Pipeline): boolean => augment.some(changesRows);

/** Others choose rows, or make some, before training. */
const changesRows = ({ kind }: Descriptor): boolean => augmentStages[kind]?.order === undefined && augmentStages[kind]?.blend === undefined;
