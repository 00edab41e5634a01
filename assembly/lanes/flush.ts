// |x| >= tiny ? x : 0. Sums that decay towards zero must stop before the denormals, which cost ninety times a normal number.

export function flush(x: v128, tiny: v128): v128 {
  return v128.and(x, f32x4.ge(f32x4.abs(x), tiny));
}
