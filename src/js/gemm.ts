import type { Twin } from "../wasm/abi.ts";

const { fround } = Math;

export const gemm_nn_f32: Twin<"gemm_nn_f32"> = ({ f32 }, c, a, b, bias, _scratch, m, n, k, activation, slope) => {
  product(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, k, 1, n, 1);
  const first = c >>> 2;
  slope = fround(slope);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let v = f32[first + i * n + j] as number;
      if (bias !== 0) v = fround(v + (f32[(bias >>> 2) + j] as number));
      if (activation === 1) v = v < 0 ? 0 : v;
      if (activation === 2) v = v > 0 ? v : slope * v;
      f32[first + i * n + j] = v;
    }
  }
};

export const gemm_nt_f32: Twin<"gemm_nt_f32"> = ({ f32 }, c, a, b, _scratch, m, n, k) => {
  product(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, k, 1, 1, k);
};

export const gemm_tn_f32: Twin<"gemm_tn_f32"> = ({ f32 }, c, a, b, _scratch, m, n, k) => {
  product(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, 1, m, n, 1);
};

function product(
  f32: Float32Array, c: number, a: number, b: number, m: number, n: number, k: number,
  aRow: number, aStep: number, bStep: number, bColumn: number,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let s = 0; s < k; s++) {
        sum = fround(sum + fround((f32[a + i * aRow + s * aStep] as number) * (f32[b + s * bStep + j * bColumn] as number)));
      }
      f32[c + i * n + j] = sum;
    }
  }
}
