// The three tables that tags stand for.
import type { Table } from "../../data/table.ts";
import { takeRows } from "../takeRows.ts";
import type { Work } from "../work.ts";
import { tag } from "./settings.ts";

export interface Parts {
  readonly train: Table;
  readonly validation?: Table;
  readonly test?: Table;
}

/** The rows of each part, in the table's order; a part without rows is absent. */
export function* partition(table: Table, tags: Uint8Array): Work<Parts> {
  const { train, validation, test } = tag;
  return {
    train: yield* rowsTagged(table, tags, train),
    ...(tags.includes(validation) && { validation: yield* rowsTagged(table, tags, validation) }),
    ...(tags.includes(test) && { test: yield* rowsTagged(table, tags, test) }),
  };
}

/** The rows of one part. */
export const rowsTagged = (table: Table, tags: Uint8Array, wanted: number): Work<Table> => takeRows(table, positions(tags, wanted));

function positions(tags: Uint8Array, wanted: number): Uint32Array {
  let n = 0;
  for (let row = 0; row < tags.length; row++) if (tags[row] === wanted) n++;
  const found = new Uint32Array(n);
  n = 0;
  for (let row = 0; row < tags.length; row++) if (tags[row] === wanted) found[n++] = row;
  return found;
}
