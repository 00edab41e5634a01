// gemm_nn   C[m, n] = act(A[m, k] B[k, n] + bias[n])     forward; bias may be 0
// gemm_nt   C[m, n] = A[m, k] B[n, k]^T                  dX = dY W^T
// gemm_tn   C[m, n] = A[k, m]^T B[k, n]                  dW = X^T dY
// Every output is one chain over ascending k from 0, acc = madd(a, b, acc); the bias is added after it.
import { madd } from "../lanes/madd";
import { epilogue } from "./gemm_epilogue";

export function gemm_nn_f32(c: usize, a: usize, b: usize, bias: usize, scratch: usize, m: i32, n: i32, k: i32, activation: i32, slope: f32): void {
  product(c, a, b, m, n, k, <usize>k << 2, 4, <usize>n << 2, 4);
  epilogue(c, bias, m, n, activation, slope);
}

export function gemm_nt_f32(c: usize, a: usize, b: usize, scratch: usize, m: i32, n: i32, k: i32): void {
  product(c, a, b, m, n, k, <usize>k << 2, 4, 4, <usize>k << 2);
}

export function gemm_tn_f32(c: usize, a: usize, b: usize, scratch: usize, m: i32, n: i32, k: i32): void {
  product(c, a, b, m, n, k, 4, <usize>m << 2, <usize>n << 2, 4);
}

function product(c: usize, a: usize, b: usize, m: i32, n: i32, k: i32, aRow: usize, aStep: usize, bStep: usize, bColumn: usize): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = a + <usize>i * aRow;
      let q = b + <usize>j * bColumn;
      let sum = f32x4.splat(0);
      for (let s = 0; s < k; s++) {
        sum = madd(v128.load32_zero(p), v128.load32_zero(q), sum);
        p += aStep;
        q += bStep;
      }
      v128.store32_lane(c, sum, 0);
      c += 4;
    }
  }
}
