// embedding         y[i, j] = table[ids[i], j]
// embedding_grad   dtable[k, j] = sum of dy[i, j] over the i with ids[i] = k, in ascending i; 0 where there is none
// ids are n whole numbers, as f32 has them up to 2^24. An id that is NaN or outside [0, vocabulary) gives a row of NaN, and no gradient.
// y and dy are [n, cols], table and dtable [vocabulary, cols]; rows of dy and dtable start `stride` f32 apart.
import { storeRow } from "../lanes/edge";

export function embedding_f32(y: usize, table: usize, ids: usize, n: i32, cols: i32, vocabulary: i32): void {
  const bytes = (<usize>cols) << 2;
  const limit = <f32>vocabulary;
  const nan = f32x4.splat(NaN);
  for (const end = ids + ((<usize>n) << 2); ids < end; ids += 4) {
    const id = load<f32>(ids);
    const last = y + bytes;
    if (id >= 0 && id < limit) {
      let row = table + <usize>id * bytes;
      for (; y + 32 <= last; y += 32, row += 32) {
        v128.store(y, v128.load(row));
        v128.store(y, v128.load(row, 16), 16);
      }
      for (; y < last; y += 16, row += 16) storeRow(y, v128.load(row), last - y);
    } else {
      for (; y < last; y += 16) storeRow(y, nan, last - y);
    }
    y = last;
  }
}

export function embedding_grad_f32(dtable: usize, dy: usize, ids: usize, n: i32, cols: i32, vocabulary: i32, stride: i32): void {
  const bytes = (<usize>cols) << 2;
  const line = (<usize>stride) << 2;
  const limit = <f32>vocabulary;
  clear(dtable, vocabulary, bytes, line);
  for (const end = ids + ((<usize>n) << 2); ids < end; ids += 4, dy += line) {
    const id = load<f32>(ids);
    if (!(id >= 0 && id < limit)) continue;
    let sum = dtable + <usize>id * line;
    let p = dy;
    const last = dy + bytes;
    for (; p + 32 <= last; p += 32, sum += 32) {
      v128.store(sum, f32x4.add(v128.load(sum), v128.load(p)));
      v128.store(sum, f32x4.add(v128.load(sum, 16), v128.load(p, 16)), 16);
    }
    for (; p < last; p += 16, sum += 16) storeRow(sum, f32x4.add(v128.load(sum), v128.load(p)), last - p);
  }
}

function clear(rows: usize, count: i32, bytes: usize, line: usize): void {
  if (bytes == line) {
    memory.fill(rows, 0, <usize>count * line);
    return;
  }
  const zero = f32x4.splat(0);
  for (let r = 0; r < count; r++, rows += line) {
    const last = rows + bytes;
    for (let p = rows; p < last; p += 16) storeRow(p, zero, last - p);
  }
}
