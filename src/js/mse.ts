import type { Twin } from "../wasm/abi.ts";

export const mse_f32: Twin<"mse_f32"> = ({ f32 }, loss, pred, target, rows, cols) => {
  loss >>>= 2;
  pred >>>= 2;
  target >>>= 2;
  for (let r = 0; r < rows; r++, pred += cols, target += cols) {
    let total = 0;
    for (let j = 0; j < cols; j++) {
      const d = (f32[pred + j] as number) - (f32[target + j] as number);
      total += d * d;
    }
    f32[loss + r] = total / cols;
  }
};

export const mse_grad_f32: Twin<"mse_grad_f32"> = ({ f32 }, dpred, dloss, pred, target, rows, cols) => {
  dpred >>>= 2;
  dloss >>>= 2;
  pred >>>= 2;
  target >>>= 2;
  for (let r = 0; r < rows; r++, dpred += cols, pred += cols, target += cols) {
    const k = (2 * (f32[dloss + r] as number)) / cols;
    for (let j = 0; j < cols; j++) {
      f32[dpred + j] = k * ((f32[pred + j] as number) - (f32[target + j] as number));
    }
  }
};
