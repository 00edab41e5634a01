// dropout         y[i] = kept(i) ? x[i] / (1 - rate) : 0
// dropout_grad   dx[i] = kept(i) ? dy[i] / (1 - rate) : 0     the same mask, computed again
// Every buffer is n packed f32; y may be x, dx may be dy. kept(i): word i & 3 of the Philox block ((first + i) >> 2, 3, stream, step) is
// at least floor(rate * 2^32). `first` is a multiple of 4, `rng` points at the u32 words [seedLow, seedHigh, step]. 0 <= rate < 1.
import { storeRow } from "../lanes/edge";
import { nextBlock, philox } from "../lanes/philox";

const PURPOSE: u32 = 3; // `purpose.dropout` in src/random.ts

export function dropout_f32(y: usize, x: usize, n: i32, rate: f32, stream: u32, rng: usize, first: u32): void {
  const threshold = i32x4.splat(<u32>(<f64>rate * 4294967296.0));
  const scale = f32x4.splat(<f32>(1.0 / (1.0 - <f64>rate)));
  const end = x + ((<usize>n) << 2);
  for (let block = first >> 2; x < end; block += 2) {
    const kept = i32x4.ge_u(philox(block, PURPOSE, stream, rng), threshold);
    storeRow(y, v128.and(f32x4.mul(v128.load(x), scale), kept), end - x);
    if (x + 16 < end) {
      const next = i32x4.ge_u(nextBlock(), threshold);
      storeRow(y + 16, v128.and(f32x4.mul(v128.load(x, 16), scale), next), end - x - 16);
    }
    x += 32;
    y += 32;
  }
}

export function dropout_grad_f32(dx: usize, dy: usize, n: i32, rate: f32, stream: u32, rng: usize, first: u32): void {
  dropout_f32(dx, dy, n, rate, stream, rng, first);
}
