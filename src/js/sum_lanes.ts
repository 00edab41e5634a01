// Sums in float64 as the kernels do: four interleaved sums, (0 + 2) + (1 + 3), then the last n & 3 terms. Two loops, not one with a
// function for its terms: called with two functions, it would inline neither.

export function sumSquares(f32: Float32Array, x: number, n: number): number {
  const vectors = x + (n & ~3);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let p = x; p < vectors; p += 4) {
    s0 += (f32[p] as number) ** 2;
    s1 += (f32[p + 1] as number) ** 2;
    s2 += (f32[p + 2] as number) ** 2;
    s3 += (f32[p + 3] as number) ** 2;
  }
  let sum = s0 + s2 + (s1 + s3);
  for (let p = vectors; p < x + n; p++) sum += (f32[p] as number) ** 2;
  return sum;
}

export function sumAbsolute(f32: Float32Array, x: number, n: number): number {
  const vectors = x + (n & ~3);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let p = x; p < vectors; p += 4) {
    s0 += Math.abs(f32[p] as number);
    s1 += Math.abs(f32[p + 1] as number);
    s2 += Math.abs(f32[p + 2] as number);
    s3 += Math.abs(f32[p + 3] as number);
  }
  let sum = s0 + s2 + (s1 + s3);
  for (let p = vectors; p < x + n; p++) sum += Math.abs(f32[p] as number);
  return sum;
}
