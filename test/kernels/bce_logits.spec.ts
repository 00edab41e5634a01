import { byRow, type KernelSpec, mean, reals } from "../support/spec.ts";

export default {
  kernel: "bce_logits_f32",
  sizes: "rows, cols",
  outputs: { loss: "rows", prob: "matrix" },
  inputs: { logits: reals(-20, 20), target: reals(0, 1) },
  params: [[0], [0.1]],
  reference: byRow<"logits" | "target">(({ logits, target }, [smoothing = 0]) => {
    const loss = logits.map((z, j) => {
      const t = (target[j] as number) * (1 - smoothing) + smoothing / 2;
      return Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z)));
    });
    return { loss: [mean(loss)], prob: logits.map((z) => 1 / (1 + Math.exp(-z))) };
  }),
  tolerance: { abs: 3e-7, rel: 2e-6 },
  inPlace: [["prob", "logits"]],
  grad: {
    kernel: "bce_logits_grad_f32",
    of: "logits",
    through: "loss",
    from: ["prob", "target"],
    tolerance: { abs: 1e-6, rel: 1e-5 },
    inPlace: ["prob"],
  },
} satisfies KernelSpec;
