/** How many f32 of scratch the gemm kernels want for C[m, n] with k terms each, whichever operand is transposed: packed panels. */
export function gemmScratch(m: number, n: number, k: number): number {
  return k * (Math.ceil(m / 6) * 6 + Math.ceil(n / 8) * 8);
}
