/** How many f32 of scratch the gemm kernels want for C[m, n] with k terms each: the packed blocks of assembly/kernels/gemm.ts. */
export function gemmScratch(m: number, n: number, k: number): number {
  const depth = Math.min(k, 392);
  return 48 + Math.min(m, 120) * depth + 16 + Math.ceil(Math.min(n, 512) / 8) * 8 * depth;
}
