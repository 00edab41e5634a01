// Some training rows as the source gave them, as the network reads them, and as augmentation makes them.
import { numericColumn, size } from "../../data/table.ts";
import type { Built } from "../build.ts";
import type { Excerpts } from "./excerpts.ts";
import type { Example } from "./file.ts";
import { type Reading, rowView } from "./rowView.ts";
import { numbersText } from "./verdict.ts";

/** Classes, each with one row; where there are few, and where there are none, some rows more. */
const SHOWN = 10;
const FEW = 4;
const DRAWS = 3;

export function examplesOf(
  { session, prepared, starts }: Built,
  reading: Reading,
  excerpts: Excerpts | undefined,
  augments: boolean,
): Example[] {
  const { train } = prepared;
  const { real = train.rows } = prepared;
  const { data, shape, classes } = numericColumn(train, train.target);
  const width = size(shape);
  const isClass = data instanceof Int32Array && width === 1;
  const labelOf = (row: number): string => {
    const values = data.subarray(row * width, (row + 1) * width);
    return isClass ? (classes?.[values[0] as number] ?? String(values[0])) : numbersText(values);
  };
  return (isClass ? oneOfEach(data.subarray(0, real)) : spread(real)).map((row) => {
    const id = train.ids[row] as number;
    const place = starts.train + row;
    const reads = rowView(session.preview(place), reading);
    const source = excerpts?.(id) ?? reads;
    // As the first steps of training would read it.
    const augmented = augments ? Array.from({ length: DRAWS }, (_, i) => rowView(session.preview(place, i + 1), reading)) : [];
    return { id, label: labelOf(row), source, ...(source !== reads && { reads }), augmented };
  });
}

/** The first row of each class, and then some more. */
function oneOfEach(labels: Int32Array): number[] {
  const firsts = new Map<number, number>();
  for (const [row, label] of labels.entries()) {
    if (!firsts.has(label)) firsts.set(label, row);
    if (firsts.size === SHOWN) break;
  }
  const chosen = [...firsts].sort(([a], [b]) => a - b).map(([, row]) => row);
  const more = spread(labels.length).filter((row) => !chosen.includes(row));
  return [...chosen, ...more].slice(0, Math.max(chosen.length, FEW));
}

const spread = (rows: number): number[] => {
  const count = Math.min(rows, FEW);
  return Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
};
