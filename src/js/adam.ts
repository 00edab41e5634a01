import type { Twin } from "../wasm/abi.ts";

const { fround } = Math;

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
  const decay = f32[hyper + 4] as number;
  for (let i = 0; i < n; i++) {
    const old = f32[w + i] as number;
    const grad = f32[g + i] as number;
    const m0 = f32[m + i] as number;
    const v0 = f32[v + i] as number;
    let m1 = fround(m0 + fround(blend1 * fround(grad - m0)));
    let v1 = fround(v0 + fround(blend2 * fround(fround(grad * grad) - v0)));
    if (Math.abs(m1) < 1e-30) m1 = 0;
    if (Math.abs(v1) < 1e-36) v1 = 0;
    f32[m + i] = m1;
    f32[v + i] = v1;
    const step = fround(fround(rate * m1) / fround(fround(Math.sqrt(v1)) + epsilon));
    f32[w + i] = fround(old - fround(decay * old)) - step;
  }
};
