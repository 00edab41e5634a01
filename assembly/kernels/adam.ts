// adam and adamw, as Keras   w -= decay * w
//                            m += (1 - beta1) * (g - m)     v += (1 - beta2) * (g^2 - v)
//                            w -= rate * m / (sqrt(v) + epsilon)
// w, g, m, v are n packed f32; `hyper` points at the f32s [rate, 1 - beta1, 1 - beta2, epsilon, decay] of step t, where
// rate = lr * sqrt(1 - beta2^t) / (1 - beta1^t) and decay = lr * weightDecay, computed in f64. |m| < 1e-30, v < 1e-36 become 0.
import { flush } from "../lanes/flush";
import { storeFirst } from "../lanes/tail";

export function adam_f32(w: usize, g: usize, m: usize, v: usize, n: i32, hyper: usize): void {
  const rate = v128.load32_splat(hyper);
  const blend1 = v128.load32_splat(hyper, 4);
  const blend2 = v128.load32_splat(hyper, 8);
  const epsilon = v128.load32_splat(hyper, 12);
  const decay = v128.load32_splat(hyper, 16);
  const tiny = f32x4.splat(1e-30);
  const tinySquare = f32x4.splat(1e-36);
  const end = w + (<usize>n << 2);
  while (w < end) {
    const old = v128.load(w);
    const grad = v128.load(g);
    const m0 = v128.load(m);
    const v0 = v128.load(v);
    const m1 = flush(f32x4.add(m0, f32x4.mul(blend1, f32x4.sub(grad, m0))), tiny);
    const v1 = flush(f32x4.add(v0, f32x4.mul(blend2, f32x4.sub(f32x4.mul(grad, grad), v0))), tinySquare);
    const step = f32x4.div(f32x4.mul(rate, m1), f32x4.add(f32x4.sqrt(v1), epsilon));
    const moved = f32x4.sub(f32x4.sub(old, f32x4.mul(decay, old)), step);
    const left = <i32>((end - w) >> 2);
    if (left >= 4) {
      v128.store(m, m1);
      v128.store(v, v1);
      v128.store(w, moved);
    } else {
      storeFirst(m, m1, left);
      storeFirst(v, v1, left);
      storeFirst(w, moved, left);
    }
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
}
