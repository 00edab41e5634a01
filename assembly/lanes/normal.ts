// Four random words to four standard normal numbers: sqrt(2) erfinv(x), x being the word spread over (-1, 1).
// erfinv is M. Giles's pair of polynomials in w = -ln((1 - x)(1 + x)) ("Approximating the erfinv function", 2010), relative error
// < 3e-6. 1 - |x| is taken from the bits of the word, so the tails are as exact; the largest number is 6.2.
// Every product and sum is rounded, so all builds give the same numbers. Constants come from memory, as exp.ts explains.

const NEAR = memory.data<f32>([
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
]);
const FAR = memory.data<f32>([
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
]);
// biome-ignore format: one line per role
const TABLE = memory.data<f32>([
  0.5, 4.656612873077393e-10 /* 2^-31 */, 1, 2.5, 5, 3, 1.4142135623730951,
  0.1111111111111111, 0.14285714285714285, 0.2, 0.3333333333333333, 0.6931471805599453, 0.7071067811865476,
]);

const BITS = memory.data<u32>([0x80000000, 0x7fffffff]);

export function normal(words: v128): v128 {
  const top = v128.load32_splat(BITS);
  const centred = v128.xor(words, top);
  const sign = i32x4.shr_s(centred, 31);
  const size = v128.xor(centred, sign);
  const half = v128.load32_splat(TABLE);
  const scale = v128.load32_splat(TABLE, 4);
  const x = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(size), half), scale);
  const rest = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(v128.xor(size, v128.load32_splat(BITS, 4))), half), scale);
  const w = f32x4.neg(log(f32x4.mul(rest, f32x4.add(v128.load32_splat(TABLE, 8), x))));
  let y = polynomial(NEAR, f32x4.sub(w, v128.load32_splat(TABLE, 12)));
  const outer = f32x4.ge(w, v128.load32_splat(TABLE, 16));
  if (v128.any_true(outer)) y = v128.bitselect(polynomial(FAR, f32x4.sub(f32x4.sqrt(w), v128.load32_splat(TABLE, 20))), y, outer);
  const z = f32x4.mul(f32x4.mul(y, x), v128.load32_splat(TABLE, 24));
  return v128.xor(z, v128.and(sign, top));
}

function polynomial(table: usize, x: v128): v128 {
  let sum = f32x4.add(f32x4.mul(v128.load32_splat(table), x), v128.load32_splat(table, 4));
  sum = f32x4.add(f32x4.mul(sum, x), v128.load32_splat(table, 8));
  sum = f32x4.add(f32x4.mul(sum, x), v128.load32_splat(table, 12));
  sum = f32x4.add(f32x4.mul(sum, x), v128.load32_splat(table, 16));
  sum = f32x4.add(f32x4.mul(sum, x), v128.load32_splat(table, 20));
  sum = f32x4.add(f32x4.mul(sum, x), v128.load32_splat(table, 24));
  sum = f32x4.add(f32x4.mul(sum, x), v128.load32_splat(table, 28));
  return f32x4.add(f32x4.mul(sum, x), v128.load32_splat(table, 32));
}

// ln of a normal positive number: x = 2^k m with m in [√½, √2), then ln m = 2 s (1 + z / 3 + z^2 / 5 + …), s = (m - 1) / (m + 1), z = s^2.
function log(x: v128): v128 {
  const k = i32x4.shr_s(i32x4.sub(x, v128.load32_splat(TABLE, 48)), 23);
  const m = i32x4.sub(x, i32x4.shl(k, 23));
  const one = v128.load32_splat(TABLE, 8);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const z = f32x4.mul(s, s);
  let sum = f32x4.add(f32x4.mul(z, v128.load32_splat(TABLE, 28)), v128.load32_splat(TABLE, 32));
  sum = f32x4.add(f32x4.mul(z, sum), v128.load32_splat(TABLE, 36));
  sum = f32x4.add(f32x4.mul(z, sum), v128.load32_splat(TABLE, 40));
  sum = f32x4.add(f32x4.mul(z, sum), one);
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(k), v128.load32_splat(TABLE, 44)), f32x4.mul(f32x4.add(s, s), sum));
}
