import type { Twin } from "../wasm/abi.ts";

const { fround } = Math;

export const sgd_f32: Twin<"sgd_f32"> = ({ f32 }, w, g, v, n, hyper) => {
  w >>>= 2;
  g >>>= 2;
  v >>>= 2;
  hyper >>>= 2;
  const lr = f32[hyper] as number;
  const momentum = f32[hyper + 1] as number;
  const nesterov = f32[hyper + 2] !== 0;
  const decay = fround(lr * (f32[hyper + 3] as number));
  for (let i = 0; i < n; i++) {
    const old = f32[w + i] as number;
    const step = fround(lr * (f32[g + i] as number));
    const decayed = fround(old - fround(decay * old));
    if (v === 0) {
      f32[w + i] = decayed - step;
      continue;
    }
    let velocity = fround(fround(momentum * (f32[v + i] as number)) - step);
    if (Math.abs(velocity) < 1e-30) velocity = 0;
    f32[v + i] = velocity;
    f32[w + i] = decayed + (nesterov ? fround(fround(momentum * velocity) - step) : velocity);
  }
};
