// Dropout in the recurrent layers: factors of inputs and state, the same at all steps of a row.
import { madd } from "../lanes/madd";
import { nextBlock, philox } from "../lanes/philox";
import { pad, rowOf } from "./recurrent_rows";

const DROPOUT: u32 = 3; // `purpose.dropout` and `purpose.recurrentDropout` in src/random.ts
const RECURRENT_DROPOUT: u32 = 8;

/** As many masks as gates where the state is dropped, one where only inputs are, else none. */
export function maskSets(rate: f32, recurrentRate: f32, gates: i32): i32 {
  return recurrentRate > 0 ? gates : rate > 0 ? 1 : 0;
}

/**
 * The factors of inputs and state, 0 or 1 / (1 − rate): for each mask, rows of `rowOf` f32. kept(k) of mask `set` of row r: word k & 3 of the
 * Philox block ((r sets + set) ⌈n / 4⌉ + (k >> 2), purpose, stream, step) is at least floor(rate · 2^32).
 */
export function drawMasks(
  to: usize,
  sets: i32,
  first: i32,
  rows: i32,
  inputs: i32,
  units: i32,
  rate: f32,
  recurrentRate: f32,
  stream: u32,
  rng: usize,
): void {
  const line = (<usize>rowOf(inputs, units)) << 2;
  const state = (<usize>pad(inputs)) << 2;
  for (let set = 0; set < sets; set++) {
    for (let r = first; r < first + rows; r++) {
      drawFactors(to, inputs, rate, DROPOUT, stream, rng, r * sets + set);
      drawFactors(to + state, units, recurrentRate, RECURRENT_DROPOUT, stream, rng, r * sets + set);
      to += line;
    }
  }
}

/** In whole panels: what stands behind the n factors multiplies zeros. */
function drawFactors(to: usize, n: i32, rate: f32, purpose: u32, stream: u32, rng: usize, position: i32): void {
  const end = to + ((<usize>pad(n)) << 2);
  const scale = f32x4.splat(<f32>(1.0 / (1.0 - <f64>rate)));
  if (rate == 0) {
    for (; to < end; to += 16) v128.store(to, scale);
    return;
  }
  const threshold = i32x4.splat(<u32>(<f64>rate * 4294967296.0));
  let block: u32 = position * ((n + 3) >> 2);
  for (let second = false; to < end; to += 16) {
    const words = second ? nextBlock() : philox(block, purpose, stream, rng);
    v128.store(to, v128.and(scale, i32x4.ge_u(words, threshold)));
    if (second) block += 2;
    second = !second;
  }
}

/** y = a · b, elementwise, in whole vectors; it may write 12 bytes too many. */
export function multiply(y: usize, a: usize, b: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 32 <= bytes; i += 32) {
    v128.store(y + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
    v128.store(y + i, f32x4.mul(v128.load(a + i, 16), v128.load(b + i, 16)), 16);
  }
  for (; i < bytes; i += 16) v128.store(y + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
}

/** y[0] = Σ y[set] · mask[set] for three or four sets, in their order, in whole vectors. */
export function combine(y: usize, yNext: usize, mask: usize, maskNext: usize, sets: i32, bytes: usize): void {
  const y1 = y + yNext;
  const y2 = y1 + yNext;
  const y3 = y2 + yNext;
  const m1 = mask + maskNext;
  const m2 = m1 + maskNext;
  const m3 = m2 + maskNext;
  for (let i: usize = 0; i < bytes; i += 16) {
    let sum = madd(v128.load(y1 + i), v128.load(m1 + i), f32x4.mul(v128.load(y + i), v128.load(mask + i)));
    sum = madd(v128.load(y2 + i), v128.load(m2 + i), sum);
    if (sets > 3) sum = madd(v128.load(y3 + i), v128.load(m3 + i), sum);
    v128.store(y + i, sum);
  }
}
