// adam and adamw, as Keras   w -= decay * w
//                            m += (1 - beta1) * (g - m)     v += (1 - beta2) * (g^2 - v)
//                            w -= rate * m / (sqrt(v) + epsilon)
// w, g, m, v are n packed f32; `hyper` points at the f32s [rate, 1 - beta1, 1 - beta2, epsilon, decay] of step t, where
// rate = lr * sqrt(1 - beta2^t) / (1 - beta1^t) and decay = lr * weightDecay, computed in f64. |g| < 1e-17 counts as 0; |m| < 1e-30 and
// v < 1e-34 become 0.
import { storeRow } from "../lanes/edge";
import { flush, flushPositive, tinyFirst, tinyGradient, tinySecond } from "../lanes/flush";

export function adam_f32(w: usize, g: usize, m: usize, v: usize, n: i32, hyper: usize): void {
  const rate = v128.load32_splat(hyper);
  const blend1 = v128.load32_splat(hyper, 4);
  const blend2 = v128.load32_splat(hyper, 8);
  const epsilon = v128.load32_splat(hyper, 12);
  const decay = v128.load32_splat(hyper, 16);
  const least = tinyGradient();
  const first = tinyFirst();
  const second = tinySecond();
  const end = w + ((<usize>n) << 2);
  while (w + 16 <= end) {
    const grad = flush(v128.load(g), least);
    const mean = flush(blend(v128.load(m), grad, blend1), first);
    const square = flushPositive(blend(v128.load(v), f32x4.mul(grad, grad), blend2), second);
    const step = f32x4.div(f32x4.mul(rate, mean), f32x4.add(f32x4.sqrt(square), epsilon));
    const old = v128.load(w);
    v128.store(m, mean);
    v128.store(v, square);
    v128.store(w, f32x4.sub(f32x4.sub(old, f32x4.mul(decay, old)), step));
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
  if (w < end) {
    const grad = flush(v128.load(g), least);
    const mean = flush(blend(v128.load(m), grad, blend1), first);
    const square = flushPositive(blend(v128.load(v), f32x4.mul(grad, grad), blend2), second);
    const step = f32x4.div(f32x4.mul(rate, mean), f32x4.add(f32x4.sqrt(square), epsilon));
    const old = v128.load(w);
    storeRow(m, mean, end - w);
    storeRow(v, square, end - w);
    storeRow(w, f32x4.sub(f32x4.sub(old, f32x4.mul(decay, old)), step), end - w);
  }
}

function blend(mean: v128, value: v128, share: v128): v128 {
  return f32x4.add(mean, f32x4.mul(share, f32x4.sub(value, mean)));
}
