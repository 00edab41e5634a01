// The lane functions against float64, over f32 bit patterns spread evenly from 0 to infinity, in both builds: the bounds that their
// comments state. They are no exports, so the test compiles them by themselves.
import { readFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { beforeAll, describe, expect, test } from "vitest";
import { ulpOf } from "../support/close.ts";
import { erf } from "../support/erf.ts";

interface Lane {
  readonly file: string;
  readonly load: string;
  readonly reference: (x: number) => number;
  /** Where the bound holds; every f32 of the range may be tried. */
  readonly range: readonly [number, number];
  readonly bound: { readonly ulp: number } | { readonly abs: number };
  /** Exact results, and NaN where it must stay. */
  readonly exact: readonly (readonly [x: number, y: number])[];
}

const INFINITY = Number.POSITIVE_INFINITY;

const lanes: Readonly<Record<string, Lane>> = {
  exp: {
    file: "exp",
    load: "loadExp",
    reference: Math.exp,
    range: [-86.98, 88.7228],
    bound: { ulp: 1.5 },
    exact: [
      [0, 1],
      [-0, 1],
      [-87, 0],
      [-INFINITY, 0],
      [88.8, INFINITY],
      [1e30, INFINITY],
      [INFINITY, INFINITY],
      [Number.NaN, Number.NaN],
    ],
  },
  expm1: {
    file: "exp",
    load: "loadExp",
    reference: Math.expm1,
    range: [-INFINITY, 0],
    bound: { ulp: 2 },
    exact: [
      [0, 0],
      [-INFINITY, -1],
      [-100, -1],
      [Number.NaN, Number.NaN],
    ],
  },
  log: {
    file: "log",
    load: "loadLog",
    reference: Math.log,
    range: [2 ** -126, INFINITY],
    bound: { ulp: 1 },
    exact: [
      [1, 0],
      [0, -INFINITY],
      [-0, -INFINITY],
      [1e-40, -INFINITY],
      [-1, Number.NaN],
      [-INFINITY, Number.NaN],
      [INFINITY, INFINITY],
      [Number.NaN, Number.NaN],
    ],
  },
  log1p: {
    file: "log1p",
    load: "loadLog1p",
    reference: Math.log1p,
    range: [0, 1],
    bound: { ulp: 2 },
    exact: [
      [0, 0],
      [Number.NaN, Number.NaN],
    ],
  },
  sigmoid: {
    file: "sigmoid",
    load: "loadSigmoid",
    reference: (x) => 1 / (1 + Math.exp(-x)),
    range: [-87, INFINITY],
    bound: { ulp: 3 },
    exact: [
      [0, 0.5],
      [INFINITY, 1],
      [-INFINITY, 0],
      [-100, 0],
      [Number.NaN, Number.NaN],
    ],
  },
  tanh: {
    file: "tanh",
    load: "loadTanh",
    reference: Math.tanh,
    range: [-INFINITY, INFINITY],
    bound: { ulp: 6 },
    exact: [
      [0, 0],
      [-0, -0],
      [INFINITY, 1],
      [-INFINITY, -1],
      [9.1, 1],
      [-9.1, -1],
      [Number.NaN, Number.NaN],
    ],
  },
  erf: {
    file: "erf",
    load: "loadErf",
    reference: erf,
    range: [-INFINITY, INFINITY],
    bound: { ulp: 6 },
    exact: [
      [0, 0],
      [-0, -0],
      [INFINITY, 1],
      [-INFINITY, -1],
      [4, 1],
      [-4, -1],
      [Number.NaN, Number.NaN],
    ],
  },
  normalCdf: {
    file: "erf",
    load: "loadErf",
    reference: (x) => (1 + erf(x * Math.SQRT1_2)) / 2,
    range: [-INFINITY, INFINITY],
    bound: { abs: 2e-7 },
    exact: [
      [0, 0.5],
      [INFINITY, 1],
      [-INFINITY, 0],
      [Number.NaN, Number.NaN],
    ],
  },
};

const source = Object.entries(lanes)
  .map(
    ([name, { file, load }]) => `
import { ${name}, ${load} as load_${name} } from "./lanes/${file}";
export function map_${name}(y: usize, x: usize, n: i32): void {
  load_${name}();
  for (const end = x + (<usize>n << 2); x < end; x += 16, y += 16) v128.store(y, ${name}(v128.load(x)));
}`,
  )
  .join("\n");

async function compile(features: string): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const flags = ["--outFile", "lanes.wasm", "--runtime", "stub", "--importMemory", "--zeroFilledMemory", "--noAssert", "-O3"];
  const { error, stderr } = await asc.main(["lanes.ts", ...flags, "--enable", features, "--disableWarning", "112"], {
    readFile: (name) => (name === "lanes.ts" ? source : read(name)),
    writeFile: (name, contents) => {
      if (name === "lanes.wasm") binary = new Uint8Array(contents as Uint8Array);
    },
    listFiles: () => [],
  });
  if (error || binary === undefined) throw new Error(`asc: ${stderr.toString()}`);
  return binary;
}

function read(name: string): string | null {
  try {
    return readFileSync(new URL(`../../assembly/${name}`, import.meta.url), "utf8");
  } catch {
    return null;
  }
}

const X = 16384;
const SAMPLES = 1 << 15;
const Y = X + 4 * SAMPLES;
const INFINITY_BITS = 0x7f800000;
/** A prime, so that the patterns meet every place of the mantissa. */
const STRIDE = 8191;

describe.each(["simd", "simd,relaxed-simd"])("lanes, built for %s", (features) => {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const f32 = new Float32Array(memory.buffer);
  const u32 = new Uint32Array(memory.buffer);
  let kernels: Record<string, (y: number, x: number, n: number) => void>;

  beforeAll(async () => {
    const { instance } = await WebAssembly.instantiate(await compile(features), { env: { memory } });
    kernels = instance.exports as typeof kernels;
  });

  /** All multiples of the stride as bit patterns, with this sign, in pieces that fit into memory. */
  function* patterns(sign: 0 | 1, [low, high]: readonly [number, number]): Generator<number> {
    for (let start = 0; start < INFINITY_BITS; start += STRIDE * SAMPLES) {
      let n = 0;
      for (let bits = start; bits < INFINITY_BITS && bits < start + STRIDE * SAMPLES; bits += STRIDE) {
        u32[X / 4 + n] = (bits | (sign << 31)) >>> 0;
        const x = f32[X / 4 + n] as number;
        if (x >= low && x <= high) n++;
      }
      yield n;
    }
  }

  test.each(Object.entries(lanes))("%s stays within its bound", (name, { reference, range, bound }) => {
    let tried = 0;
    for (const sign of [0, 1] as const) {
      for (const n of patterns(sign, range)) {
        kernels[`map_${name}`]?.(Y, X, n);
        tried += n;
        for (let i = 0; i < n; i++) {
          const x = f32[X / 4 + i] as number;
          const y = f32[Y / 4 + i] as number;
          const expected = reference(x);
          const allowed = "ulp" in bound ? bound.ulp * ulpOf(expected) : bound.abs;
          if (!(Math.abs(y - expected) <= allowed)) expect.fail(`${name}(${x}) = ${y}, expected ${expected}`);
        }
      }
    }
    expect(tried).toBeGreaterThan(1e5);
  });

  test.each(Object.entries(lanes))("%s is exact where it must be", (name, { exact }) => {
    f32.set(
      exact.map(([x]) => x),
      X / 4,
    );
    kernels[`map_${name}`]?.(Y, X, exact.length);
    const found = exact.map(([x], i) => [x, f32[Y / 4 + i]]);
    expect(found).toEqual(exact);
  });

  test("tanh and erf never leave [-1, 1], so that 1 − y² is never negative", () => {
    for (const name of ["tanh", "erf"]) {
      for (const sign of [0, 1] as const) {
        for (const n of patterns(sign, [-INFINITY, INFINITY])) {
          kernels[`map_${name}`]?.(Y, X, n);
          expect(f32.subarray(Y / 4, Y / 4 + n).every((y) => Math.abs(y) <= 1)).toBe(true);
        }
      }
    }
  });
});
