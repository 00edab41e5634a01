// noise   y[i] = x[i] + deviation * normal(i)     n packed f32; y may be x
// normal(i) is made of word i & 3 of the Philox block ((first + i) >> 2, 7, stream, step); `first` is a multiple of 4, `rng` points at [seedLow, seedHigh, step].
import { storeRow } from "../lanes/edge";
import { normal } from "../lanes/normal";
import { nextBlock, philox } from "../lanes/philox";

const PURPOSE: u32 = 7; // `purpose.noise` in src/random.ts

export function noise_f32(y: usize, x: usize, n: i32, deviation: f32, stream: u32, rng: usize, first: u32): void {
  const scale = f32x4.splat(deviation);
  const end = x + ((<usize>n) << 2);
  for (let block = first >> 2; x < end; block += 2) {
    const words = philox(block, PURPOSE, stream, rng);
    storeRow(y, f32x4.add(v128.load(x), f32x4.mul(scale, normal(words))), end - x);
    if (x + 16 < end) storeRow(y + 16, f32x4.add(v128.load(x, 16), f32x4.mul(scale, normal(nextBlock()))), end - x - 16);
    x += 32;
    y += 32;
  }
}
