// f32 lanes to i32 lanes, towards zero. Only for |x| < 2^31: there the relaxed instruction, the quicker one, is exact everywhere.

export function truncate(x: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_trunc_f32x4_s(x);
  return i32x4.trunc_sat_f32x4_s(x);
}
