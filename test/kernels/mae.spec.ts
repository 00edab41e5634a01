import { byRow, type KernelSpec, mean, reals } from "../support/spec.ts";

export default {
  kernel: "mae_f32",
  sizes: "rows, cols",
  outputs: { loss: "rows" },
  inputs: { pred: reals(-4, 4), target: reals(-4, 4) },
  reference: byRow<"pred" | "target">(({ pred, target }) => ({ loss: [mean(pred.map((p, j) => Math.abs(p - (target[j] as number))))] })),
  tolerance: { rel: 1e-6 },
  grad: {
    kernel: "mae_grad_f32",
    of: "pred",
    through: "loss",
    from: ["pred", "target"],
    tolerance: { abs: 1e-6, rel: 1e-6 },
    inPlace: ["pred"],
  },
} satisfies KernelSpec;
