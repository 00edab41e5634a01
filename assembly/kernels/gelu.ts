// gelu         y[i] = x[i] · Φ(x[i])                              Φ the standard normal distribution, by erf: absolute error < 1e-6
// gelu_grad   dx[i] = dy[i] · (Φ(x[i]) + x[i] · φ(x[i]))          φ its density, e^(−x²/2) / √2π; x is the input
// Every buffer is n packed f32. y may be x; dx may be dy. −Infinity gives NaN, as −Infinity · 0 does.
import { storeRow } from "../lanes/edge";
import { loadErf, normalCdf } from "../lanes/erf";
import { exp, loadExp } from "../lanes/exp";
import { madd } from "../lanes/madd";

const TABLE = memory.data<f32>([-0.5, 0.3989422804014327]);

export function gelu_f32(y: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  loadErf();
  for (; x < end; x += 16, y += 16) {
    const v = v128.load(x);
    storeRow(y, f32x4.mul(v, normalCdf(v)), end - x);
  }
}

export function gelu_grad_f32(dx: usize, dy: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  loadErf();
  loadExp();
  const minusHalf = v128.load32_splat(TABLE, 0);
  const perSqrtTau = v128.load32_splat(TABLE, 4);
  for (; x < end; x += 16, dy += 16, dx += 16) {
    const v = v128.load(x);
    const density = f32x4.mul(exp(f32x4.mul(f32x4.mul(v, v), minusHalf)), perSqrtTau);
    storeRow(dx, f32x4.mul(v128.load(dy), madd(v, density, normalCdf(v))), end - x);
  }
}
