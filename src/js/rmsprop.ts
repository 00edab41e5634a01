import type { Twin } from "../wasm/abi.ts";

const { fround } = Math;

export const rmsprop_f32: Twin<"rmsprop_f32"> = ({ f32 }, w, g, s, mom, n, hyper) => {
  w >>>= 2;
  g >>>= 2;
  s >>>= 2;
  mom >>>= 2;
  hyper >>>= 2;
  const lr = f32[hyper] as number;
  const blend = fround(1 - (f32[hyper + 1] as number));
  const epsilon = f32[hyper + 2] as number;
  const momentum = f32[hyper + 3] as number;
  const decay = fround(lr * (f32[hyper + 4] as number));
  for (let i = 0; i < n; i++) {
    const old = f32[w + i] as number;
    const grad = f32[g + i] as number;
    const mean = f32[s + i] as number;
    let next = fround(mean + fround(blend * fround(fround(grad * grad) - mean)));
    if (Math.abs(next) < 1e-36) next = 0;
    f32[s + i] = next;
    let step = fround(fround(lr * grad) / fround(Math.sqrt(fround(next + epsilon))));
    if (mom !== 0) {
      step = fround(fround(momentum * (f32[mom + i] as number)) + step);
      if (Math.abs(step) < 1e-30) step = 0;
      f32[mom + i] = step;
    }
    f32[w + i] = fround(old - fround(decay * old)) - step;
  }
};
