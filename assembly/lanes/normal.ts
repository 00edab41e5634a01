// Four random words to four standard normal numbers: sqrt(2) erfinv(x) where x is the word spread over (-1, 1).
// erfinv is M. Giles's pair of polynomials in w = -ln((1 - x)(1 + x)) ("Approximating the erfinv function", 2010); relative
// error < 3e-6. 1 - |x| is taken from the word's integer bits, so the tails are exact too: the largest number is 6.2.
// Every product and sum is rounded, so all builds give the same numbers.

const near = memory.data<f32>(
  [2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941],
  16,
);
const far = memory.data<f32>(
  [-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682],
  16,
);

export function normal(words: v128): v128 {
  const centred = v128.xor(words, i32x4.splat(0x80000000));
  const sign = i32x4.shr_s(centred, 31);
  const size = v128.xor(centred, sign);
  const scale = f32x4.splat(4.6566128730773926e-10); // 2^-31
  const half = f32x4.splat(0.5);
  const x = f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(size), half), scale);
  const rest = f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(v128.xor(size, i32x4.splat(0x7fffffff))), half), scale);
  const w = f32x4.neg(log(f32x4.mul(rest, f32x4.add(f32x4.splat(1), x))));
  let y = horner9(near, f32x4.sub(w, f32x4.splat(2.5)));
  const outer = f32x4.ge(w, f32x4.splat(5));
  if (v128.any_true(outer)) y = v128.bitselect(horner9(far, f32x4.sub(f32x4.sqrt(w), f32x4.splat(3))), y, outer);
  const size2 = f32x4.mul(f32x4.mul(y, x), f32x4.splat(1.4142135623730951));
  return v128.xor(size2, v128.and(sign, i32x4.splat(0x80000000)));
}

function horner9(table: usize, x: v128): v128 {
  let sum = v128.load32_splat(table);
  for (let i = 1; i < 9; i++) sum = f32x4.add(f32x4.mul(sum, x), v128.load32_splat(table + (<usize>i << 2)));
  return sum;
}

// ln of a normal positive number: x = 2^k m with m in [√½, √2), then ln m = 2 atanh(s) with s = (m - 1) / (m + 1).
function log(x: v128): v128 {
  const k = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(x, i32x4.shl(k, 23));
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const z = f32x4.mul(s, s);
  let sum = f32x4.add(f32x4.mul(z, f32x4.splat(1.0 / 9.0)), f32x4.splat(1.0 / 7.0));
  sum = f32x4.add(f32x4.mul(z, sum), f32x4.splat(1.0 / 5.0));
  sum = f32x4.add(f32x4.mul(z, sum), f32x4.splat(1.0 / 3.0));
  sum = f32x4.add(f32x4.mul(z, sum), one);
  const lnM = f32x4.mul(f32x4.add(s, s), sum);
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(k), f32x4.splat(0.6931471805599453)), lnM);
}
