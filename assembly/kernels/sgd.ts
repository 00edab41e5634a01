// sgd, as Keras   w -= lr * weightDecay * w
//                 plain      w -= lr * g                               (v is 0)
//                 momentum   v = momentum * v - lr * g     w += v
//                 nesterov   ... and then                  w += momentum * v - lr * g   instead
// w, g, v are n packed f32; `hyper` points at the f32s [lr, momentum, nesterov (0 or 1), weightDecay]. |v| < 1e-30 becomes 0.
import { storeRow } from "../lanes/edge";
import { flush, tinyFirst } from "../lanes/flush";

export function sgd_f32(w: usize, g: usize, v: usize, n: i32, hyper: usize): void {
  const lr = v128.load32_splat(hyper);
  const decay = f32x4.mul(lr, v128.load32_splat(hyper, 12));
  const end = w + ((<usize>n) << 2);
  if (v == 0) descend(w, end, g, lr, decay);
  else roll(w, end, g, v, lr, decay, v128.load32_splat(hyper, 4), load<f32>(hyper, 8) != 0);
}

function descend(w: usize, end: usize, g: usize, lr: v128, decay: v128): void {
  while (w + 32 <= end) {
    const next0 = f32x4.sub(shrink(v128.load(w), decay), f32x4.mul(lr, v128.load(g)));
    const next1 = f32x4.sub(shrink(v128.load(w, 16), decay), f32x4.mul(lr, v128.load(g, 16)));
    v128.store(w, next0);
    v128.store(w, next1, 16);
    w += 32;
    g += 32;
  }
  while (w < end) {
    storeRow(w, f32x4.sub(shrink(v128.load(w), decay), f32x4.mul(lr, v128.load(g))), end - w);
    w += 16;
    g += 16;
  }
}

function roll(w: usize, end: usize, g: usize, v: usize, lr: v128, decay: v128, momentum: v128, nesterov: bool): void {
  const tiny = tinyFirst();
  while (w + 16 <= end) {
    const step = f32x4.mul(lr, v128.load(g));
    const velocity = flush(f32x4.sub(f32x4.mul(momentum, v128.load(v)), step), tiny);
    const move = nesterov ? f32x4.sub(f32x4.mul(momentum, velocity), step) : velocity;
    v128.store(v, velocity);
    v128.store(w, f32x4.add(shrink(v128.load(w), decay), move));
    w += 16;
    g += 16;
    v += 16;
  }
  if (w < end) {
    const step = f32x4.mul(lr, v128.load(g));
    const velocity = flush(f32x4.sub(f32x4.mul(momentum, v128.load(v)), step), tiny);
    const move = nesterov ? f32x4.sub(f32x4.mul(momentum, velocity), step) : velocity;
    storeRow(v, velocity, end - w);
    storeRow(w, f32x4.add(shrink(v128.load(w), decay), move), end - w);
  }
}

function shrink(w: v128, decay: v128): v128 {
  return f32x4.sub(w, f32x4.mul(decay, w));
}
