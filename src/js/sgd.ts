import type { Twin } from "../wasm/abi.ts";

export const sgd_f32: Twin<"sgd_f32"> = ({ f32 }, w, g, v, n, hyper) => {
  w >>>= 2;
  g >>>= 2;
  v >>>= 2;
  hyper >>>= 2;
  const lr = f32[hyper] as number;
  const momentum = f32[hyper + 1] as number;
  const nesterov = f32[hyper + 2] !== 0;
  const kept = 1 - lr * (f32[hyper + 3] as number);
  if (v === 0) {
    for (let i = 0; i < n; i++) f32[w + i] = (f32[w + i] as number) * kept - lr * (f32[g + i] as number);
    return;
  }
  for (let i = 0; i < n; i++) {
    const step = lr * (f32[g + i] as number);
    let velocity = momentum * (f32[v + i] as number) - step;
    if (Math.abs(velocity) < 1e-30) velocity = 0;
    f32[v + i] = velocity;
    f32[w + i] = (f32[w + i] as number) * kept + (nesterov ? momentum * velocity - step : velocity);
  }
};
