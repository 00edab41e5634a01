import { byRow, clip, type KernelSpec, mean, reals } from "../support/spec.ts";

export default {
  kernel: "bce_f32",
  sizes: "rows, cols",
  outputs: { loss: "rows" },
  inputs: { prob: reals(0.001, 0.999), target: reals(0, 1) },
  params: [[0], [0.1]],
  reference: byRow<"prob" | "target">(({ prob, target }, [smoothing = 0]) => {
    const likelihood = prob.map((p, j) => {
      const q = clip(p);
      const t = (target[j] as number) * (1 - smoothing) + smoothing / 2;
      return t * Math.log(q) + (1 - t) * Math.log(1 - q);
    });
    return { loss: [-mean(likelihood)] };
  }),
  tolerance: { rel: 2e-6 },
  grad: {
    kernel: "bce_grad_f32",
    of: "prob",
    through: "loss",
    from: ["prob", "target"],
    tolerance: { abs: 1e-6, rel: 1e-5 },
    inPlace: ["prob"],
  },
} satisfies KernelSpec;
