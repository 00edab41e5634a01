// C[m, n] = A[m, k] B[k, n] of drawn numbers, with the float64 result that every peer is held to before it is timed.
import { purpose, random } from "../../dist/random.js";

export interface Product {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: Float32Array<ArrayBuffer>;
  readonly b: Float32Array<ArrayBuffer>;
}

const TOLERANCE = 1e-4;

export function product(m: number, k: number, n: number): Product {
  const source = random(1, purpose.data, m, n);
  const draw = (length: number): Float32Array<ArrayBuffer> => Float32Array.from({ length }, () => source.uniform() - 0.5);
  return { m, k, n, a: draw(m * k), b: draw(k * n) };
}

/** Throws where `c` is further from the float64 product than 1e-4 of its largest element. */
export function productCheck({ m, k, n, a, b }: Product): (peer: string, c: Float32Array) => void {
  const exact = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let s = 0; s < k; s++) {
      const x = a[i * k + s] as number;
      for (let j = 0; j < n; j++) (exact[i * n + j] as number) += x * (b[s * n + j] as number);
    }
  }
  const largest = exact.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return (peer, c) => {
    if (c.length !== exact.length) throw new Error(`${peer}: expected ${exact.length} values, got ${c.length}`);
    const off = exact.reduce((most, x, i) => Math.max(most, Math.abs(x - (c[i] as number))), 0);
    if (!(off <= TOLERANCE * largest)) throw new Error(`${peer}: ${m}×${k}×${n} is off by ${off}, its largest element being ${largest}`);
  };
}
