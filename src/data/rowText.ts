// One row of a column as a person reads it, on one line.
import { type Column, type NumericColumn, size } from "./table.ts";

/** At most about `most` characters. */
export function rowText(column: Column, row: number, most = 160): string {
  if (column.type === "text") return cut(JSON.stringify((column.values[row] as string).slice(0, most)), most);
  if (column.type === "category") return cut(column.categories[column.codes[row] as number] ?? "missing", most);
  if (column.type === "numeric") return cut(numericText(column, row), most);
  const ids = column.ids.subarray(column.offsets[row], (column.offsets[row] as number) + Math.min(most, lengthOf(column.offsets, row)));
  if (column.type === "sequences") return cut(numbersText(ids), most);
  return cut(Array.from(ids, (id) => column.words[id]).join(" · "), most);
}

const lengthOf = (offsets: Uint32Array, row: number): number => (offsets[row + 1] as number) - (offsets[row] as number);

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

const short = (value: number): string => (Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4))));

function numericText({ shape, data, features }: NumericColumn, row: number): string {
  const width = size(shape);
  const values = data.subarray(row * width, (row + 1) * width);
  if (shape.length > 1) {
    let [low, high, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value;
    }
    return `${shape.join(" × ")} numbers, ${short(low)} to ${short(high)}, mean ${short(sum / width)}`;
  }
  const set = Array.from(values.keys()).filter((i) => values[i] !== 0);
  if (features === undefined || set.length * 2 > width) return numbersText(values);
  return `${set.map((i) => `${features[i]} ${short(values[i] as number)}`).join(", ")} (${set.length} of ${width} are not 0)`;
}

/** `0 (× 490) 12 7 7`: a long run of one number is counted. */
function numbersText(values: ArrayLike<number>): string {
  const texts: string[] = [];
  for (let i = 0; i < values.length; ) {
    let end = i + 1;
    while (end < values.length && values[end] === values[i]) end++;
    const value = values[i] as number;
    const text = Number.isNaN(value) ? "missing" : short(value);
    if (end - i > 3) texts.push(`${text} (× ${end - i})`);
    else for (let j = i; j < end; j++) texts.push(text);
    i = end;
  }
  return texts.join(" ");
}
