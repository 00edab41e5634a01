// Stores the first 1, 2 or 3 lanes of a vector, so that a row's end is never overstepped.

export function storeFirst(p: usize, v: v128, lanes: i32): void {
  v128.store32_lane(p, v, 0);
  if (lanes > 1) v128.store32_lane(p, v, 1, 4);
  if (lanes > 2) v128.store32_lane(p, v, 2, 8);
}
