// The three tables that tags stand for.
import type { Table } from "../../data/table.ts";
import { take } from "../../data/take.ts";
import { tag } from "./settings.ts";

export interface Parts {
  readonly train: Table;
  readonly validation?: Table;
  readonly test?: Table;
}

/** The rows of each part, in the table's order; a part without rows is absent. */
export function partition(table: Table, tags: Uint8Array): Parts {
  const part = (wanted: number): Table => take(table, positions(tags, wanted));
  const { train, validation, test } = tag;
  return {
    train: part(train),
    ...(tags.includes(validation) && { validation: part(validation) }),
    ...(tags.includes(test) && { test: part(test) }),
  };
}

function positions(tags: Uint8Array, wanted: number): Uint32Array {
  const found = new Uint32Array(tags.length);
  let n = 0;
  for (let row = 0; row < tags.length; row++) if (tags[row] === wanted) found[n++] = row;
  return found.slice(0, n);
}
