// The end of a row: whole vectors are read there (every tensor has 64 bytes to spare), but only the row's own floats count and
// only they are written. `left` is how many bytes of the row remain, at least 4.

const MASKS = memory.data<i32>([-1, -1, -1, -1, 0, 0, 0, 0]);

export function storeRow(p: usize, v: v128, left: usize): void {
  if (left >= 16) {
    v128.store(p, v);
  } else {
    if (left >= 8) {
      v128.store64_lane(p, v, 0);
      if (left > 8) v128.store32_lane(p, v, 2, 8);
    } else {
      v128.store32_lane(p, v, 0);
    }
  }
}

/** The row's own lanes; zero in the others. */
export function inside(v: v128, left: usize): v128 {
  return left >= 16 ? v : v128.and(v, mask(left));
}

/** The row's own lanes; those of `fill` in the others. */
export function insideOr(v: v128, fill: v128, left: usize): v128 {
  return left >= 16 ? v : v128.bitselect(v, fill, mask(left));
}

function mask(left: usize): v128 {
  return v128.load(MASKS + 16 - left);
}
