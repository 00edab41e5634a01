// Randomness without state: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011). A number is a
// function of (seed, stream, position), so it is the same whatever the order, the thread or the batch that asks for it.
import { log } from "./math.ts";

/** What a stream of numbers is for; two purposes never share numbers. */
export const purpose = {
  init: 1,
  shuffle: 2,
  dropout: 3,
  augment: 4,
  split: 5,
  data: 6,
  noise: 7,
  recurrentDropout: 8,
  bootstrap: 9,
  resample: 10,
  generate: 11,
  crossFit: 12,
  importance: 13,
} as const;

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

function mulHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const mid = a1 * b0 + ((a0 * b0) >>> 16);
  const mid2 = a0 * b1 + (mid % 0x10000);
  return (a1 * b1 + Math.floor(mid / 0x10000) + Math.floor(mid2 / 0x10000)) >>> 0;
}

/** Ten rounds: four words of counter and two of key become four random words in `out`. */
export function philox(out: Uint32Array, c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void {
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(M0, c0);
    const high1 = mulHigh(M1, c2);
    const low0 = Math.imul(M0, c0) >>> 0;
    const low1 = Math.imul(M1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c1 = low1;
    c3 = low0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

export interface Random {
  /** A whole number in [0, 2^32). */
  uint32(): number;
  /** A number in [0, 1) with 24 random bits, exact in f32. */
  uniform(): number;
  /** A whole number in [0, n), every one equally likely. */
  integer(n: number): number;
  /** A standard normal number. */
  normal(): number;
}

/** The stream named by up to three words, of which the first is a `purpose`. `seed` is a whole number in [0, 2^53). */
export function random(seed: number, stream: number, a = 0, b = 0): Random {
  const key0 = seed >>> 0;
  const key1 = Math.floor(seed / 2 ** 32) >>> 0;
  const block = new Uint32Array(4);
  let counter = 0;
  let used = 4;
  const uint32 = (): number => {
    if (used === 4) {
      philox(block, counter++, stream, a, b, key0, key1);
      used = 0;
    }
    return block[used++] as number;
  };
  return {
    uint32,
    uniform: () => (uint32() >>> 8) * 2 ** -24,
    integer(n) {
      const limit = 2 ** 32 - (2 ** 32 % n);
      let u = uint32();
      while (u >= limit) u = uint32();
      return u % n;
    },
    normal: () => normalQuantile(((uint32() >>> 0) + 0.5) * 2 ** -32),
  };
}

/** Fisher–Yates, in place. */
export function shuffle(items: Uint32Array, source: Random): void {
  for (const _ of shuffling(items, source));
}

const SOME = 1 << 14;

/** As `shuffle`, with a pause after each of its parts, in which it tells how far it is. */
export function* shuffling(items: Uint32Array, source: Random): Generator<number, void, undefined> {
  for (let i = items.length - 1; i > 0; i--) {
    if (i % SOME === 0) yield items.length - i;
    const j = source.integer(i + 1);
    const swap = items[i] as number;
    items[i] = items[j] as number;
    items[j] = swap;
  }
}

const A = [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239];
const B = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1];
const C = [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];

const horner = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, c) => sum * x + c, 0);

/** The inverse of the normal distribution function, after P. J. Acklam; relative error < 1.2e-9. */
export function normalQuantile(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * log(p));
    return horner(C, q) / horner(D, q);
  }
  if (p > 1 - 0.02425) return -normalQuantile(1 - p);
  const q = p - 0.5;
  return (horner(A, q * q) * q) / horner(B, q * q);
}
