import type { Twin } from "../wasm/abi.ts";

export const rmsprop_f32: Twin<"rmsprop_f32"> = ({ f32 }, w, g, s, mom, n, hyper) => {
  w >>>= 2;
  g >>>= 2;
  s >>>= 2;
  mom >>>= 2;
  hyper >>>= 2;
  const lr = f32[hyper] as number;
  const blend = 1 - (f32[hyper + 1] as number);
  const epsilon = f32[hyper + 2] as number;
  const momentum = f32[hyper + 3] as number;
  const kept = 1 - lr * (f32[hyper + 4] as number);
  for (let i = 0; i < n; i++) {
    let grad = f32[g + i] as number;
    if (Math.abs(grad) < 1e-17) grad = 0;
    let mean = f32[s + i] as number;
    mean += blend * (grad * grad - mean);
    if (mean < 1e-34) mean = 0;
    f32[s + i] = mean;
    let step = (lr * grad) / Math.sqrt(mean + epsilon);
    if (mom !== 0) {
      step += momentum * (f32[mom + i] as number);
      if (Math.abs(step) < 1e-30) step = 0;
      f32[mom + i] = step;
    }
    f32[w + i] = (f32[w + i] as number) * kept - step;
  }
};
