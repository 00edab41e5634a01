// rmsprop, as Keras   w -= lr * weightDecay * w
//                     s += (1 - rho) * (g^2 - s)     u = lr * g / sqrt(s + epsilon)
//                     plain      w -= u                           (mom is 0)
//                     momentum   mom = momentum * mom + u     w -= mom
// w, g, s, mom are n packed f32; `hyper` points at the f32s [lr, rho, epsilon, momentum, weightDecay].
// |g| < 1e-17 counts as 0; s < 1e-34 and |mom| < 1e-30 become 0.
import { storeRow } from "../lanes/edge";
import { flush, flushPositive, tinyFirst, tinyGradient, tinySecond } from "../lanes/flush";

export function rmsprop_f32(w: usize, g: usize, s: usize, mom: usize, n: i32, hyper: usize): void {
  const lr = v128.load32_splat(hyper);
  const blend = f32x4.splat(1 - load<f32>(hyper, 4));
  const epsilon = v128.load32_splat(hyper, 8);
  const momentum = v128.load32_splat(hyper, 12);
  const decay = f32x4.mul(lr, v128.load32_splat(hyper, 16));
  const first = tinyFirst();
  const second = tinySecond();
  const least = tinyGradient();
  const end = w + ((<usize>n) << 2);
  while (w < end) {
    const old = v128.load(w);
    const grad = flush(v128.load(g), least);
    const mean = v128.load(s);
    const next = flushPositive(f32x4.add(mean, f32x4.mul(blend, f32x4.sub(f32x4.mul(grad, grad), mean))), second);
    let step = f32x4.div(f32x4.mul(lr, grad), f32x4.sqrt(f32x4.add(next, epsilon)));
    if (mom != 0) {
      step = flush(f32x4.add(f32x4.mul(momentum, v128.load(mom)), step), first);
      storeRow(mom, step, end - w);
      mom += 16;
    }
    storeRow(s, next, end - w);
    storeRow(w, f32x4.sub(f32x4.sub(old, f32x4.mul(decay, old)), step), end - w);
    w += 16;
    g += 16;
    s += 16;
  }
}
