// The kernels' products in 4 x 4 tiles whose sums are sixteen locals. They are kept in float64: rounding each to float32 would
// halve the speed. A tile that sticks out over the edge computes the last row or column again.
import type { Twin } from "../wasm/abi.ts";
import { elu_f32 } from "./elu.ts";
import { leaky_relu_f32 } from "./leaky_relu.ts";
import { relu_f32 } from "./relu.ts";
import { sigmoid_f32 } from "./sigmoid.ts";
import { tanh_f32 } from "./tanh.ts";

export const gemm_nn_f32: Twin<"gemm_nn_f32"> = (memory, c, a, b, bias, _scratch, m, n, k, activation, slope) => {
  const { f32 } = memory;
  multiply(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, { aRow: k, aStep: 1, bStep: n, bColumn: 1 });
  if (bias !== 0) {
    for (let i = 0, p = c >>> 2; i < m; i++) {
      for (let q = bias >>> 2; q < (bias >>> 2) + n; q++, p++) f32[p] = (f32[p] as number) + (f32[q] as number);
    }
  }
  if (activation === 1) relu_f32(memory, c, c, m * n);
  else if (activation === 2) leaky_relu_f32(memory, c, c, m * n, slope);
  else if (activation === 3) elu_f32(memory, c, c, m * n, slope);
  else if (activation === 4) sigmoid_f32(memory, c, c, m * n);
  else if (activation === 5) tanh_f32(memory, c, c, m * n);
};

export const gemm_nt_f32: Twin<"gemm_nt_f32"> = ({ f32 }, c, a, b, _scratch, m, n, k) => {
  multiply(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, { aRow: k, aStep: 1, bStep: 1, bColumn: k });
};

export const gemm_tn_f32: Twin<"gemm_tn_f32"> = ({ f32 }, c, a, b, _scratch, m, n, k, stride) => {
  multiply(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, { aRow: 1, aStep: stride, bStep: n, bColumn: 1 });
};

interface Strides {
  readonly aRow: number;
  readonly aStep: number;
  readonly bStep: number;
  readonly bColumn: number;
}

function multiply(f32: Float32Array, c: number, a: number, b: number, m: number, n: number, k: number, strides: Strides): void {
  const { aRow, aStep, bStep, bColumn } = strides;
  for (let j = 0; j < n; j += 4) {
    const j1 = Math.min(j + 1, n - 1) - j;
    const j2 = Math.min(j + 2, n - 1) - j;
    const j3 = Math.min(j + 3, n - 1) - j;
    const b1 = j1 * bColumn;
    const b2 = j2 * bColumn;
    const b3 = j3 * bColumn;
    for (let i = 0; i < m; i += 4) {
      const i1 = Math.min(i + 1, m - 1) - i;
      const i2 = Math.min(i + 2, m - 1) - i;
      const i3 = Math.min(i + 3, m - 1) - i;
      const a1 = i1 * aRow;
      const a2 = i2 * aRow;
      const a3 = i3 * aRow;
      let [c00, c01, c02, c03] = [0, 0, 0, 0];
      let [c10, c11, c12, c13] = [0, 0, 0, 0];
      let [c20, c21, c22, c23] = [0, 0, 0, 0];
      let [c30, c31, c32, c33] = [0, 0, 0, 0];
      let p = a + i * aRow;
      let q = b + j * bColumn;
      for (let s = 0; s < k; s++) {
        const y0 = f32[q] as number;
        const y1 = f32[q + b1] as number;
        const y2 = f32[q + b2] as number;
        const y3 = f32[q + b3] as number;
        let x = f32[p] as number;
        c00 += x * y0;
        c01 += x * y1;
        c02 += x * y2;
        c03 += x * y3;
        x = f32[p + a1] as number;
        c10 += x * y0;
        c11 += x * y1;
        c12 += x * y2;
        c13 += x * y3;
        x = f32[p + a2] as number;
        c20 += x * y0;
        c21 += x * y1;
        c22 += x * y2;
        c23 += x * y3;
        x = f32[p + a3] as number;
        c30 += x * y0;
        c31 += x * y1;
        c32 += x * y2;
        c33 += x * y3;
        p += aStep;
        q += bStep;
      }
      let o = c + i * n + j;
      f32[o] = c00;
      f32[o + j1] = c01;
      f32[o + j2] = c02;
      f32[o + j3] = c03;
      o = c + (i + i1) * n + j;
      f32[o] = c10;
      f32[o + j1] = c11;
      f32[o + j2] = c12;
      f32[o + j3] = c13;
      o = c + (i + i2) * n + j;
      f32[o] = c20;
      f32[o + j1] = c21;
      f32[o + j2] = c22;
      f32[o + j3] = c23;
      o = c + (i + i3) * n + j;
      f32[o] = c30;
      f32[o + j1] = c31;
      f32[o + j2] = c32;
      f32[o + j3] = c33;
    }
  }
}
