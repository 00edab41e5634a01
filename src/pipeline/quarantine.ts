// Every row that cleaning removes is kept: quarantine.jsonl has a line for each, with its number in the source and its line there, the stage, the reason and its
// values as they were then. With folds, each has a file of its own for what its stages remove after the split.
import { cellValue } from "../data/cellValue.ts";
import { placeInFile } from "../data/linedFile.ts";
import type { Table } from "../data/table.ts";
import type { Removed } from "../stages/stage.ts";
import type { RunContext } from "./context.ts";
import type { ArtifactEvent } from "./events.ts";
import type { Store } from "./platform.ts";

export interface Quarantine {
  /** Writes these rows of a table down. */
  add(stage: string, table: Table, removed: readonly Removed[], pause?: () => Promise<void>): Promise<void>;
  /** The file as an event, where it holds a row. */
  event(): ArtifactEvent | undefined;
}

/** So many characters are held before they are written, that a run's memory does not grow with the rows that it removes. */
const PIECE = 1 << 22;
/** Rows after which other things may happen. */
const SOME = 1 << 8;
const LOOKED_AT = 1 << 16;
const text = new TextEncoder();

export function openQuarantine({ store, fold }: Pick<RunContext, "store" | "fold">): Quarantine {
  const name = fold === undefined ? "quarantine.jsonl" : `quarantine-${fold.place.repeat}-${fold.place.fold}.jsonl`;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let [bytes, rows] = [0, 0];
  const keep = async (lines: readonly string[]): Promise<void> => {
    const piece = text.encode(lines.join(""));
    if (store === undefined) pieces.push(piece);
    else await put(store, name, piece, bytes === 0);
    bytes += piece.length;
  };
  return {
    async add(stage, table, removed, pause = async () => undefined) {
      if (removed.length === 0) return;
      let lines: string[] = [];
      let length = 0;
      rows += removed.length;
      const places = await placesOf(table, removed, pause);
      const columns = Object.entries(table.columns);
      for (const [i, { id, reason }] of removed.entries()) {
        if (i % SOME === 0) await pause();
        const place = places.get(id) ?? -1;
        // A row that did not fit the others never was in the table.
        const values = place < 0 ? {} : { values: Object.fromEntries(columns.map(([name, c]) => [name, cellValue(c, place)])) };
        const line = `${JSON.stringify({ row: id, ...placeInFile(table.files ?? [], id), stage, reason, ...values })}\n`;
        lines.push(line);
        length += line.length;
        if (length < PIECE) continue;
        await keep(lines);
        [lines, length] = [[], 0];
      }
      if (lines.length > 0) await keep(lines);
    },
    event() {
      if (rows === 0) return undefined;
      return { type: "artifact", name, bytes, rows, ...(store === undefined && { content: joined(pieces, bytes) }) };
    },
  };
}

/** The first piece takes the place of what an earlier run has left. */
const put = (store: Store, name: string, piece: Uint8Array, first: boolean): Promise<void> =>
  first ? store.write(name, piece) : store.append(name, piece);

/** Where the removed rows are in the table. */
async function placesOf(table: Table, removed: readonly Removed[], pause: () => Promise<void>): Promise<ReadonlyMap<number, number>> {
  const places = new Map(removed.map(({ id }) => [id, -1]));
  for (let row = 0; row < table.ids.length; row++) {
    if (row % LOOKED_AT === 0) await pause();
    const id = table.ids[row] as number;
    if (places.has(id)) places.set(id, row);
  }
  return places;
}

function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
