// adam and adamw, as Keras   w -= decay * w
//                            m += (1 - beta1) * (g - m)     v += (1 - beta2) * (g^2 - v)
//                            w -= rate * m / (sqrt(v) + epsilon)
// w, g, m, v are n packed f32; `hyper` points at the f32s [rate, 1 - beta1, 1 - beta2, epsilon, decay] of step t, where
// rate = lr * sqrt(1 - beta2^t) / (1 - beta1^t) and decay = lr * weightDecay, computed in f64. |m| < 1e-30, v < 1e-36 become 0.
import { storeRow } from "../lanes/edge";
import { flush, tinyFirst, tinySecond } from "../lanes/flush";

export function adam_f32(w: usize, g: usize, m: usize, v: usize, n: i32, hyper: usize): void {
  const rate = v128.load32_splat(hyper);
  const blend1 = v128.load32_splat(hyper, 4);
  const blend2 = v128.load32_splat(hyper, 8);
  const epsilon = v128.load32_splat(hyper, 12);
  const decay = v128.load32_splat(hyper, 16);
  const first = tinyFirst();
  const second = tinySecond();
  const end = w + ((<usize>n) << 2);
  while (w < end) {
    const old = v128.load(w);
    const grad = v128.load(g);
    const m0 = v128.load(m);
    const v0 = v128.load(v);
    const m1 = flush(f32x4.add(m0, f32x4.mul(blend1, f32x4.sub(grad, m0))), first);
    const v1 = flush(f32x4.add(v0, f32x4.mul(blend2, f32x4.sub(f32x4.mul(grad, grad), v0))), second);
    const step = f32x4.div(f32x4.mul(rate, m1), f32x4.add(f32x4.sqrt(v1), epsilon));
    storeRow(m, m1, end - w);
    storeRow(v, v1, end - w);
    storeRow(w, f32x4.sub(f32x4.sub(old, f32x4.mul(decay, old)), step), end - w);
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
}
