import type { Twin } from "../wasm/abi.ts";

const LEAST = Math.fround(1e-7);
const MOST = Math.fround(1 - 1e-7);

export const cce_f32: Twin<"cce_f32"> = ({ f32 }, loss, prob, target, rows, cols, smoothing) => {
  loss >>>= 2;
  prob >>>= 2;
  target >>>= 2;
  const keep = 1 - smoothing;
  const spread = smoothing / cols;
  for (let r = 0; r < rows; r++, prob += cols, target += cols) {
    let total = 0;
    for (let j = 0; j < cols; j++) total += f32[prob + j] as number;
    let value = 0;
    for (let j = 0; j < cols; j++) {
      const q = (f32[prob + j] as number) / total;
      const t = (f32[target + j] as number) * keep + spread;
      value -= t * Math.log(q < LEAST ? LEAST : q > MOST ? MOST : q);
    }
    f32[loss + r] = value;
  }
};

export const cce_grad_f32: Twin<"cce_grad_f32"> = ({ f32 }, dprob, dloss, prob, target, rows, cols, smoothing) => {
  dprob >>>= 2;
  dloss >>>= 2;
  prob >>>= 2;
  target >>>= 2;
  const keep = 1 - smoothing;
  const spread = smoothing / cols;
  for (let r = 0; r < rows; r++, dprob += cols, prob += cols, target += cols) {
    let total = 0;
    for (let j = 0; j < cols; j++) total += f32[prob + j] as number;
    let pull = 0;
    for (let j = 0; j < cols; j++) {
      const q = (f32[prob + j] as number) / total;
      const t = (f32[target + j] as number) * keep + spread;
      const free = !(q < LEAST || q > MOST);
      if (free) pull += t;
      f32[dprob + j] = free ? t / q : 0;
    }
    const k = (f32[dloss + r] as number) / total;
    for (let j = 0; j < cols; j++) f32[dprob + j] = k * (pull - (f32[dprob + j] as number));
  }
};
