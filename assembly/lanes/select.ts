// select   mask ? a : b, lane by lane. Every lane of the mask is all ones or all zeros, as comparisons make them: there the relaxed
// instruction is as exact as the other and a third of its cost.

export function select(a: v128, b: v128, mask: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_laneselect(a, b, mask);
  return v128.bitselect(a, b, mask);
}
