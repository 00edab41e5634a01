// Cells of one column, one after the other, → a typed column. Memory is what the column takes: 8 bytes a number, 4 bytes a category and
// every category once.
import { PipelineError } from "../../errors.ts";
import type { CategoryColumn, NumericColumn, TextColumn } from "../table.ts";
import { blocks } from "./blocks.ts";
import { byteDictionary, doubled } from "./byteDictionary.ts";
import { type Cell, cellText } from "./cells.ts";
import type { ParseNumber } from "./parseNumber.ts";

/** Where a cell stands, for messages. Asked only when there is something to say. */
export type Where = () => string;

export interface ColumnBuilder {
  /** False where the cell does not fit the type. */
  add(cell: Cell, where: Where): boolean;
  addMissing(): void;
  /** How many cells it has, while all of them were missing; else undefined. */
  onlyMissing(): number | undefined;
  column(): NumericColumn | CategoryColumn | TextColumn;
}

export type CsvType = "numeric" | "category" | "text";
type IsMissing = (cell: Cell) => boolean;

export function numberBuilder(parse: ParseNumber, isMissing: IsMissing, missingNumbers: readonly number[]): ColumnBuilder {
  const data = blocks((length) => new Float64Array(length));
  let block = data.next();
  let n = 0;
  let known = false;
  const push = (value: number): void => {
    if (n === block.length) {
      block = data.next();
      n = 0;
    }
    block[n++] = value;
  };
  return {
    add(cell) {
      const { bytes, from, to } = cell;
      let value = from === to ? Number.NaN : parse(bytes, from, to);
      if (Number.isNaN(value)) {
        if (!isMissing(cell)) return false;
      } else if (missingNumbers.length > 0 && missingNumbers.includes(value)) value = Number.NaN;
      else known = true;
      push(value);
      return true;
    },
    addMissing: () => push(Number.NaN),
    onlyMissing: () => (known ? undefined : data.count(n)),
    column: () => ({ type: "numeric", shape: [], data: data.joined(n) }),
  };
}

export function textBuilder(isMissing: IsMissing): ColumnBuilder {
  const values: string[] = [];
  return {
    add(cell, where) {
      values.push(isMissing(cell) ? "" : whole(cellText(cell, where), where));
      return true;
    },
    addMissing: () => void values.push(""),
    onlyMissing: () => undefined,
    column: () => ({ type: "text", values }),
  };
}

export function categoryBuilder(isMissing: IsMissing): ColumnBuilder {
  const dictionary = byteDictionary();
  const categories: string[] = [];
  /** The code of each entry of the dictionary: texts that stand for missing have none. */
  let codeOf = new Int32Array(64);
  let entries = 0;
  const codes = blocks((length) => new Int32Array(length));
  let block = codes.next();
  let n = 0;
  const push = (code: number): void => {
    if (n === block.length) {
      block = codes.next();
      n = 0;
    }
    block[n++] = code;
  };
  return {
    add(cell, where) {
      if (cell.from === cell.to) {
        push(-1);
        return true;
      }
      const entry = dictionary(cell);
      if (entry === entries) {
        entries++;
        if (entry === codeOf.length) codeOf = doubled(codeOf, new Int32Array(entry * 2));
        codeOf[entry] = isMissing(cell) ? -1 : categories.push(whole(cellText(cell, where), where)) - 1;
      }
      push(codeOf[entry] as number);
      return true;
    },
    addMissing: () => push(-1),
    onlyMissing: () => undefined,
    column: () => ({ type: "category", categories, codes: codes.joined(n) }),
  };
}

/** Takes the place of a builder whose column is to be read once more. */
export const noColumn: ColumnBuilder = {
  add: () => true,
  addMissing: () => undefined,
  onlyMissing: () => undefined,
  column() {
    throw new PipelineError("data", "csv", "a column was not read again");
  },
};

/** A zero byte in text is the half of a UTF-16 unit, or the file is no text at all. */
function whole(text: string, where: Where): string {
  if (!text.includes("\0")) return text;
  throw new PipelineError(
    "data",
    where(),
    'the cell holds a zero byte; name the file\'s encoding, as in encoding: "utf-16le", or mend the file',
  );
}
