import type { Twin } from "../wasm/abi.ts";

export const huber_f32: Twin<"huber_f32"> = ({ f32 }, loss, pred, target, rows, cols, delta) => {
  loss >>>= 2;
  pred >>>= 2;
  target >>>= 2;
  for (let r = 0; r < rows; r++, pred += cols, target += cols) {
    let total = 0;
    for (let j = 0; j < cols; j++) {
      const size = Math.abs((f32[pred + j] as number) - (f32[target + j] as number));
      total += size > delta ? delta * (size - 0.5 * delta) : 0.5 * size * size;
    }
    f32[loss + r] = total / cols;
  }
};

export const huber_grad_f32: Twin<"huber_grad_f32"> = ({ f32 }, dpred, dloss, pred, target, rows, cols, delta) => {
  dpred >>>= 2;
  dloss >>>= 2;
  pred >>>= 2;
  target >>>= 2;
  for (let r = 0; r < rows; r++, dpred += cols, pred += cols, target += cols) {
    const k = (f32[dloss + r] as number) / cols;
    for (let j = 0; j < cols; j++) {
      const d = (f32[pred + j] as number) - (f32[target + j] as number);
      f32[dpred + j] = k * (d > delta ? delta : d < -delta ? -delta : d);
    }
  }
};
