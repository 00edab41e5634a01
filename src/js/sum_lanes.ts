/** Sums `term(x[i])` in float64 as the kernels do: four interleaved sums, (0 + 2) + (1 + 3), then the last n & 3 terms. */
export function sumLanes(f32: Float32Array, x: number, n: number, term: (value: number) => number): number {
  const vectors = x + (n & ~3);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let p = x; p < vectors; p += 4) {
    s0 += term(f32[p] as number);
    s1 += term(f32[p + 1] as number);
    s2 += term(f32[p + 2] as number);
    s3 += term(f32[p + 3] as number);
  }
  let sum = s0 + s2 + (s1 + s3);
  for (let p = vectors; p < x + n; p++) sum += term(f32[p] as number);
  return sum;
}
