import type { Twin } from "../wasm/abi.ts";

export const adam_f32: Twin<"adam_f32"> = ({ f32 }, w, g, m, v, n, hyper) => {
  w >>>= 2;
  g >>>= 2;
  m >>>= 2;
  v >>>= 2;
  hyper >>>= 2;
  const rate = f32[hyper] as number;
  const blend1 = f32[hyper + 1] as number;
  const blend2 = f32[hyper + 2] as number;
  const epsilon = f32[hyper + 3] as number;
  const kept = 1 - (f32[hyper + 4] as number);
  for (let i = 0; i < n; i++) {
    let grad = f32[g + i] as number;
    if (Math.abs(grad) < 1e-17) grad = 0;
    let mean = f32[m + i] as number;
    let square = f32[v + i] as number;
    mean += blend1 * (grad - mean);
    square += blend2 * (grad * grad - square);
    if (Math.abs(mean) < 1e-30) mean = 0;
    if (square < 1e-34) square = 0;
    f32[m + i] = mean;
    f32[v + i] = square;
    f32[w + i] = (f32[w + i] as number) * kept - (rate * mean) / (Math.sqrt(square) + epsilon);
  }
};
