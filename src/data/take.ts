// Some rows of a table: a copy of their values, or a view where they are a run.
import { type Column, type NumericColumn, type Ragged, size, type Table } from "./table.ts";

/** The rows at these positions, in this order. A run of consecutive rows is a view, not a copy. */
export function take(table: Table, positions: Uint32Array): Table {
  const columns = Object.fromEntries(Object.entries(table.columns).map(([name, c]) => [name, takeColumn(c, positions)]));
  return {
    ...table,
    rows: positions.length,
    columns,
    ids: takeValues(table.ids, positions, 1),
    ...(table.givenTest && { givenTest: takeValues(table.givenTest, positions, 1) }),
    ...(table.tags && { tags: takeValues(table.tags, positions, 1) }),
  };
}

/** The column of the rows at these positions. */
export function takeColumn(from: Column, positions: Uint32Array): Column {
  if (from.type === "text") return { ...from, values: Array.from(positions, (p) => from.values[p] as string) };
  if (from.type === "numeric") return { ...from, data: takeValues(from.data, positions, size(from.shape)) };
  if (from.type === "category") return { ...from, codes: takeValues(from.codes, positions, 1) };
  if (from.type === "tokens") return { ...from, ...takeRagged(from, positions) };
  return { ...from, ...takeRagged(from, positions) };
}

/** So many rows of a column, from `start` on: a view. */
export function rowRange(from: NumericColumn, start: number, rows: number): NumericColumn {
  const width = size(from.shape);
  return { ...from, data: from.data.subarray(start * width, (start + rows) * width) };
}

function isRun(positions: Uint32Array, first: number): boolean {
  let i = 0;
  while (i < positions.length && positions[i] === first + i) i++;
  return i === positions.length;
}

function takeRagged<Ids extends Int32Array | Uint16Array>({ ids, offsets }: Ragged<Ids>, positions: Uint32Array): Ragged<Ids> {
  const first = positions[0] ?? 0;
  if (isRun(positions, first)) return { ids, offsets: offsets.subarray(first, first + positions.length + 1) };
  const taken = new Uint32Array(positions.length + 1);
  positions.forEach((p, i) => {
    taken[i + 1] = (taken[i] as number) + (offsets[p + 1] as number) - (offsets[p] as number);
  });
  const items = new (ids.constructor as new (n: number) => Ids)(taken[positions.length] as number);
  positions.forEach((p, i) => {
    items.set(ids.subarray(offsets[p], offsets[p + 1]), taken[i]);
  });
  return { ids: items, offsets: taken };
}

function takeValues<T extends Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array>(
  data: T,
  positions: Uint32Array,
  width: number,
): T {
  const first = positions[0] ?? 0;
  if (isRun(positions, first)) return data.subarray(first * width, (first + positions.length) * width) as T;
  const taken = new (data.constructor as new (n: number) => T)(positions.length * width);
  if (width === 1) {
    takeBits(data, positions, taken);
    return taken;
  }
  positions.forEach((p, i) => {
    taken.set(data.subarray(p * width, (p + 1) * width) as never, i * width);
  });
  return taken;
}

/** One loop for each size of a value: a loop that meets every kind of array is several times slower. */
function takeBits(data: View, positions: Uint32Array, taken: View): void {
  const { length } = positions;
  if (taken.byteLength === length * 8) {
    const [from, to] = [asF64(data), asF64(taken)];
    for (let i = 0; i < length; i++) to[i] = from[positions[i] as number] as number;
  } else if (taken.byteLength === length * 4) {
    const [from, to] = [asI32(data), asI32(taken)];
    for (let i = 0; i < length; i++) to[i] = from[positions[i] as number] as number;
  } else if (taken.byteLength === length * 2) {
    const [from, to] = [asU16(data), asU16(taken)];
    for (let i = 0; i < length; i++) to[i] = from[positions[i] as number] as number;
  } else {
    const [from, to] = [asU8(data), asU8(taken)];
    for (let i = 0; i < length; i++) to[i] = from[positions[i] as number] as number;
  }
}

type View = ArrayBufferView<ArrayBufferLike>;
const asF64 = ({ buffer, byteOffset, byteLength }: View): Float64Array => new Float64Array(buffer, byteOffset, byteLength >> 3);
const asI32 = ({ buffer, byteOffset, byteLength }: View): Int32Array => new Int32Array(buffer, byteOffset, byteLength >> 2);
const asU16 = ({ buffer, byteOffset, byteLength }: View): Uint16Array => new Uint16Array(buffer, byteOffset, byteLength >> 1);
const asU8 = ({ buffer, byteOffset, byteLength }: View): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
