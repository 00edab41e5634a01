import { philox, purpose } from "../random.ts";
import type { Twin } from "../wasm/abi.ts";

const { fround } = Math;
const words = new Uint32Array(4);
const value = new Float32Array(1);
const bits = new Int32Array(value.buffer);

// Giles's polynomials for erfinv, as in assembly/lanes/normal.ts.
const near = Float32Array.of(
  2.81022636e-8,
  3.43273939e-7,
  -3.5233877e-6,
  -4.39150654e-6,
  0.00021858087,
  -0.00125372503,
  -0.00417768164,
  0.246640727,
  1.50140941,
);
const far = Float32Array.of(
  -0.000200214257,
  0.000100950558,
  0.00134934322,
  -0.00367342844,
  0.00573950773,
  -0.0076224613,
  0.00943887047,
  1.00167406,
  2.83297682,
);

function horner(coefficients: Float32Array, x: number): number {
  let sum = coefficients[0] as number;
  for (let i = 1; i < 9; i++) sum = fround(fround(sum * x) + (coefficients[i] as number));
  return sum;
}

const odd = [9, 7, 5, 3].map((n) => fround(1 / n)) as [number, number, number, number];

function log(x: number): number {
  value[0] = x;
  const k = ((bits[0] as number) - 0x3f3504f3) >> 23;
  bits[0] = (bits[0] as number) - (k << 23);
  const m = value[0];
  const s = fround(fround(m - 1) / fround(m + 1));
  const z = fround(s * s);
  let sum = fround(fround(z * odd[0]) + odd[1]);
  sum = fround(fround(z * sum) + odd[2]);
  sum = fround(fround(z * sum) + odd[3]);
  sum = fround(fround(z * sum) + 1);
  return fround(fround(k * fround(Math.LN2)) + fround(fround(s + s) * sum));
}

function normal(word: number): number {
  const centred = word ^ 0x80000000;
  const size = centred < 0 ? ~centred : centred;
  const x = fround(fround(fround(size) + 0.5) * 2 ** -31);
  const rest = fround(fround(fround(size ^ 0x7fffffff) + 0.5) * 2 ** -31);
  const w = -log(fround(rest * fround(1 + x)));
  const y = w >= 5 ? horner(far, fround(fround(Math.sqrt(w)) - 3)) : horner(near, fround(w - 2.5));
  const z = fround(fround(y * x) * fround(Math.SQRT2));
  return centred < 0 ? -z : z;
}

export const noise_f32: Twin<"noise_f32"> = ({ f32, u32 }, y, x, n, deviation, stream, rng, first) => {
  y >>>= 2;
  x >>>= 2;
  rng >>>= 2;
  deviation = fround(deviation);
  const [low, high, step] = [u32[rng] as number, u32[rng + 1] as number, u32[rng + 2] as number];
  for (let i = 0; i < n; i++) {
    if ((i & 3) === 0) philox(words, (first + i) >>> 2, purpose.noise, stream >>> 0, step, low, high);
    f32[y + i] = (f32[x + i] as number) + fround(deviation * normal(words[i & 3] as number));
  }
};
