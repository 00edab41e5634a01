import { describe, expect, test } from "vitest";
import { normalQuantile, philox, purpose } from "../../src/random.ts";
import type { Executor } from "../../src/wasm/abi.ts";
import { error, executors, sheet, sizes, uniform } from "../support/memory.ts";

const { fround } = Math;
const rng = [0x9abcdef0, 0x12345678, 0xfffffffe];

function words(n: number, use: number, stream: number): number[] {
  const block = new Uint32Array(4);
  return Array.from({ length: n }, (_, i) => {
    philox(block, i >>> 2, use, stream, rng[2] as number, rng[0] as number, rng[1] as number);
    return block[i & 3] as number;
  });
}

function draw(
  executor: Executor,
  kernel: "dropout_f32" | "noise_f32",
  x: Float32Array,
  amount: number,
  stream: number,
  inPlace = false,
): Float32Array {
  const page = sheet(executor);
  const from = page.f32(x);
  const to = inPlace ? from : page.room(x.length);
  executor.call(kernel, to, from, x.length, amount, stream, page.i32(rng), 0);
  expect(page.guardsHold()).toBe(true);
  return page.readF32(to, x.length);
}

test("Philox gives the known answers of Random123", () => {
  const out = new Uint32Array(4);
  const hex = (): string[] => Array.from(out, (w) => w.toString(16).padStart(8, "0"));
  philox(out, 0, 0, 0, 0, 0, 0);
  expect(hex()).toEqual(["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]);
  philox(out, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff);
  expect(hex()).toEqual(["408f276d", "41c83b0e", "a20bc7c6", "6d5451fd"]);
  philox(out, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0);
  expect(hex()).toEqual(["d16cfe09", "94fdcceb", "5001e420", "24126ea1"]);
});

describe.each(executors)("$build", (executor) => {
  test("dropout keeps what its words say, scaled, for every length and rate", () => {
    for (const n of sizes) {
      for (const rate of [0, 0.1, 0.25, 0.5, 0.7, 0.9, 0.999]) {
        const x = uniform(n, n);
        const threshold = Math.floor(fround(rate) * 2 ** 32);
        const scale = fround(1 / (1 - fround(rate)));
        for (const stream of [0, 7, 0xffffffff]) {
          const expected = x.map((v, i) => ((words(n, purpose.dropout, stream)[i] as number) >= threshold ? fround(v * scale) : 0));
          const y = draw(executor, "dropout_f32", x, rate, stream);
          expect(y.map((v) => v + 0)).toEqual(expected.map((v) => v + 0));
          expect(draw(executor, "dropout_f32", x, rate, stream, true)).toEqual(y);
        }
      }
    }
  });

  test("the gradient has the same mask", () => {
    const page = sheet(executor);
    const [dx, dy, seed] = [page.room(127), page.f32(new Float32Array(127).fill(2)), page.i32(rng)];
    executor.call("dropout_grad_f32", dx, dy, 127, 0.5, 3, seed, 0);
    const gradient = page.readF32(dx, 127);
    expect(page.guardsHold()).toBe(true);
    expect(gradient).toEqual(draw(executor, "dropout_f32", new Float32Array(127).fill(2), 0.5, 3));
  });

  test("dropout keeps its share, and another stream or step keeps others", () => {
    const ones = new Float32Array(40_000).fill(1);
    for (const rate of [0.2, 0.5]) {
      const y = draw(executor, "dropout_f32", ones, rate, 1);
      const kept = y.filter((v) => v > 0).length / y.length;
      expect(Math.abs(kept - (1 - rate))).toBeLessThan((4 * Math.sqrt(rate * (1 - rate))) / 200);
      const other = draw(executor, "dropout_f32", ones, rate, 2);
      const agree = y.filter((v, i) => v > 0 === (other[i] as number) > 0).length / y.length;
      expect(agree).toBeCloseTo(rate ** 2 + (1 - rate) ** 2, 1);
    }
  });

  test("noise is the normal quantile of its words, for every length", () => {
    for (const n of sizes) {
      const x = uniform(n, n);
      const expected = words(n, purpose.noise, 5).map((w, i) => (x[i] as number) + 0.5 * normalQuantile((w + 0.5) * 2 ** -32));
      const y = draw(executor, "noise_f32", x, 0.5, 5);
      expect(error(y, expected)).toBeLessThan(3e-6);
      expect(draw(executor, "noise_f32", x, 0.5, 5, true)).toEqual(y);
    }
  });

  test("noise has the moments and the tails of a normal distribution", () => {
    const n = 100_000;
    const y = draw(executor, "noise_f32", new Float32Array(n), 1, 9);
    const moment = (power: number): number => y.reduce((sum, v) => sum + v ** power, 0) / n;
    expect(moment(1)).toBeCloseTo(0, 1.5);
    expect(moment(2)).toBeCloseTo(1, 1.5);
    expect(moment(4)).toBeCloseTo(3, 0.5);
    const beyond = (z: number): number => y.filter((v) => Math.abs(v) > z).length / n;
    expect(beyond(2)).toBeCloseTo(0.0455, 2);
    expect(beyond(3)).toBeCloseTo(0.0027, 3);
    expect(y.every(Number.isFinite)).toBe(true);
  });
});

test("every build draws the same noise", () => {
  const [first, ...others] = executors.map((e) => draw(e, "noise_f32", uniform(999, 1), 0.1, 4));
  for (const other of others) expect(other).toEqual(first);
});
