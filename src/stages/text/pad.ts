// Rows of one length, as Keras's pad_sequences makes them.
import { type Descriptor, describe, oneOf, optional, positiveInteger, type Rules } from "../../check.ts";
import { type Column, columnKind, type SequencesColumn } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { ColumnStage } from "../stage.ts";
import { PADDING } from "./vocabulary.ts";
import { rowCount, rowOf } from "./words.ts";

type Side = "pre" | "post";

export interface Pad extends Descriptor {
  readonly kind: "pad";
  readonly length?: number;
  readonly side?: Side;
  readonly truncate?: Side;
}

const side = oneOf("pre", "post");
const rules: Rules = { length: optional(positiveInteger), side: optional(side), truncate: optional(side) };

/**
 * Makes every row `length` numbers long (default: as long as the longest training row): shorter ones get zeros on the `side` before
 * ("pre", the default) or behind ("post"), longer ones are cut there where `truncate` says (default "pre": their end stays). The result
 * has shape [length].
 */
export function pad(settings: Omit<Pad, "kind"> = {}): Pad {
  return describe<Pad>("pad", settings, rules);
}

export const padStage: ColumnStage<Pad, { readonly length: number }> = {
  kind: "pad",
  rules,
  changes: "column",
  fit({ length }, train) {
    const { offsets } = sequencesOf(train);
    let longest = 1;
    for (let row = 0; row + 1 < offsets.length; row++) longest = Math.max(longest, (offsets[row + 1] as number) - (offsets[row] as number));
    return { length: length ?? longest };
  },
  apply(stage, column, { length }) {
    const from = sequencesOf(column);
    const rows = rowCount(from);
    const data = new (from.ids.constructor as typeof Uint16Array | typeof Int32Array)(rows * length).fill(PADDING);
    for (let row = 0; row < rows; row++) {
      const items = rowOf(from, row);
      const kept = items.length <= length ? items : stage.truncate === "post" ? items.subarray(0, length) : items.subarray(-length);
      data.set(kept, row * length + (stage.side === "post" ? 0 : length - kept.length));
    }
    return { type: "numeric", shape: [length], data, vocabulary: from.vocabulary };
  },
  check(fitted, at) {
    const length = (fitted as { length?: unknown } | null)?.length;
    if (!Number.isInteger(length) || (length as number) < 1)
      throw new PipelineError("data", at, "the length is missing; the file was changed");
  },
  note: ({ length }) => `${length} numbers a row`,
};

function sequencesOf(column: Column): SequencesColumn {
  if (column.type === "sequences") return column;
  const way = column.type === "numeric" ? "" : "; put encode() before it";
  throw new PipelineError("config", "pad", `expected word numbers, but the input holds ${columnKind[column.type]}${way}`);
}
