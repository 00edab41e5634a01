// 0 where |x| < tiny, else x, and so NaN stays NaN. A running mean that decays towards zero must stop before the denormals, on which arithmetic is
// ninety times as slow.

const TABLE = memory.data<f32>([1e-30, 1e-36]);

/** For gradients and their means. */
export function tinyFirst(): v128 {
  return v128.load32_splat(TABLE);
}

/** For squares and their means. */
export function tinySecond(): v128 {
  return v128.load32_splat(TABLE, 4);
}

export function flush(x: v128, tiny: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), tiny));
}
