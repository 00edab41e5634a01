// flush   0 where |x| < tiny, else x, and so NaN stays NaN
//
// A running mean that decays towards zero must stop before the denormals, on which arithmetic is ninety times as slow; and a gradient
// whose square would be one counts as none. Means of squares stop early enough that a thousandth of them is not denormal either.
// Sizes are compared as integers, on ports that floats leave free.

const TABLE = memory.data<f32>([1e-17, 1e-30, 1e-34]);
const SIZE = memory.data<i32>([0x7fffffff]);

let size = i32x4(0, 0, 0, 0); // all of a number but its sign; loaded with a limit, as exp.ts explains

/** For gradients that are squared. */
export function tinyGradient(): v128 {
  size = v128.load32_splat(SIZE);
  return v128.load32_splat(TABLE);
}

/** For gradients and their means. */
export function tinyFirst(): v128 {
  size = v128.load32_splat(SIZE);
  return v128.load32_splat(TABLE, 4);
}

export function flush(x: v128, tiny: v128): v128 {
  return v128.andnot(x, i32x4.lt_s(v128.and(x, size), tiny));
}

/** For means of squares. */
export function tinySecond(): v128 {
  return v128.load32_splat(TABLE, 8);
}

/** For what is not negative. */
export function flushPositive(x: v128, tiny: v128): v128 {
  return v128.andnot(x, f32x4.lt(x, tiny));
}
