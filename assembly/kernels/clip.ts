// clip_value   g[i] = min(max(g[i], -limit), limit)     NaN stays NaN
// clip_norm    g[i] *= limit / |g|  where the Euclidean norm |g| > limit     g is n packed f32: one tensor, or all of them in a row
// The squares are summed in f64: lane j of a block of four has its own sum, then (0 + 2) + (1 + 3), then the last n & 3.

export function clip_value_f32(g: usize, n: i32, limit: f32): void {
  const end = g + ((<usize>n) << 2);
  const high = f32x4.splat(limit);
  const low = f32x4.splat(-limit);
  while (g + 16 <= end) {
    // pmin(a, b) = b < a ? b : a and pmax(a, b) = a < b ? b : a, so NaN in the first place survives.
    v128.store(g, f32x4.pmin(f32x4.pmax(v128.load(g), low), high));
    g += 16;
  }
  while (g < end) {
    const v = load<f32>(g);
    store<f32>(g, v < -limit ? -limit : v > limit ? limit : v);
    g += 4;
  }
}

export function clip_norm_f32(g: usize, n: i32, limit: f32): void {
  const norm = sqrt<f64>(sumOfSquares(g, n));
  if (!(norm > <f64>limit)) return;
  const factor = <f32>(<f64>limit / norm);
  const end = g + ((<usize>n) << 2);
  const scale = f32x4.splat(factor);
  while (g + 16 <= end) {
    v128.store(g, f32x4.mul(v128.load(g), scale));
    g += 16;
  }
  while (g < end) {
    store<f32>(g, load<f32>(g) * factor);
    g += 4;
  }
}

function sumOfSquares(x: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 2);
  const vectors = x + ((<usize>(n & ~3)) << 2);
  let sum01 = f64x2.splat(0);
  let sum23 = sum01;
  while (x < vectors) {
    const v = v128.load(x);
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
    sum01 = f64x2.add(sum01, f64x2.mul(low, low));
    sum23 = f64x2.add(sum23, f64x2.mul(high, high));
    x += 16;
  }
  const both = f64x2.add(sum01, sum23);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  while (x < end) {
    const v = <f64>load<f32>(x);
    sum += v * v;
    x += 4;
  }
  return sum;
}
