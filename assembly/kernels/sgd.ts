// sgd, as Keras   w -= lr * weightDecay * w
//                 plain      w -= lr * g                               (v is 0)
//                 momentum   v = momentum * v - lr * g     w += v
//                 nesterov   ... and then                  w += momentum * v - lr * g   instead
// w, g, v are n packed f32; `hyper` points at the f32s [lr, momentum, nesterov (0 or 1), weightDecay]. |v| < 1e-30 becomes 0.
import { storeRow } from "../lanes/edge";
import { flush, tinyFirst } from "../lanes/flush";

export function sgd_f32(w: usize, g: usize, v: usize, n: i32, hyper: usize): void {
  const lr = v128.load32_splat(hyper);
  const momentum = v128.load32_splat(hyper, 4);
  const nesterov = load<f32>(hyper, 8) != 0;
  const decay = f32x4.mul(lr, v128.load32_splat(hyper, 12));
  const tiny = tinyFirst();
  const end = w + (<usize>n << 2);
  while (w < end) {
    const old = v128.load(w);
    const step = f32x4.mul(lr, v128.load(g));
    let next = f32x4.sub(old, f32x4.mul(decay, old));
    if (v == 0) {
      next = f32x4.sub(next, step);
    } else {
      const velocity = flush(f32x4.sub(f32x4.mul(momentum, v128.load(v)), step), tiny);
      next = f32x4.add(next, nesterov ? f32x4.sub(f32x4.mul(momentum, velocity), step) : velocity);
      storeRow(v, velocity, end - w);
      v += 16;
    }
    storeRow(w, next, end - w);
    w += 16;
    g += 16;
  }
}
