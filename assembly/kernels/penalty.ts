// penalty   loss[0] += l1 * sum |w| + l2 * sum w^2     g[i] += l1 * sign(w[i]) + 2 * l2 * w[i]     sign(0) = 0
// w and g are n packed f32. The sums are kept in f64: lane j of a block of four has its own, then (0 + 2) + (1 + 3).

const SIGN_BIT = memory.data<u32>([0x80000000]);

export function penalty_f32(loss: usize, g: usize, w: usize, n: i32, l1: f32, l2: f32): void {
  const end = w + ((<usize>n) << 2);
  const vectors = w + ((<usize>(n & ~3)) << 2);
  const signBit = v128.load32_splat(SIGN_BIT);
  const zero = f32x4.splat(0);
  const slope1 = f32x4.splat(l1);
  const slope2 = f32x4.splat(2 * l2);
  let abs01 = f64x2.splat(0);
  let abs23 = abs01;
  let square01 = abs01;
  let square23 = abs01;
  while (w < vectors) {
    const v = v128.load(w);
    const sign = v128.and(v128.or(slope1, v128.and(v, signBit)), f32x4.ne(v, zero));
    v128.store(g, f32x4.add(v128.load(g), f32x4.add(sign, f32x4.mul(slope2, v))));
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
    abs01 = f64x2.add(abs01, f64x2.abs(low));
    abs23 = f64x2.add(abs23, f64x2.abs(high));
    square01 = f64x2.add(square01, f64x2.mul(low, low));
    square23 = f64x2.add(square23, f64x2.mul(high, high));
    w += 16;
    g += 16;
  }
  const absolute = f64x2.add(abs01, abs23);
  const square = f64x2.add(square01, square23);
  let sumAbs = f64x2.extract_lane(absolute, 0) + f64x2.extract_lane(absolute, 1);
  let sumSquare = f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1);
  while (w < end) {
    const v = load<f32>(w);
    store<f32>(g, load<f32>(g) + ((v > 0 ? l1 : v < 0 ? -l1 : <f32>0) + 2 * l2 * v));
    sumAbs += <f64>abs<f32>(v);
    sumSquare += <f64>v * <f64>v;
    w += 4;
    g += 4;
  }
  store<f32>(loss, <f32>(<f64>load<f32>(loss) + <f64>l1 * sumAbs + <f64>l2 * sumSquare));
}
