import { byRow, clip, distributions, type KernelSpec, reals } from "../support/spec.ts";

export default {
  kernel: "cce_f32",
  sizes: "rows, cols",
  outputs: { loss: "rows" },
  inputs: { prob: reals(0.05, 1), target: distributions() },
  params: [[0], [0.1]],
  reference: byRow<"prob" | "target">(({ prob, target }, [smoothing = 0]) => {
    const total = prob.reduce((a, b) => a + b);
    const terms = prob.map((p, j) => {
      const t = (target[j] as number) * (1 - smoothing) + smoothing / prob.length;
      return t * Math.log(clip(p / total));
    });
    return { loss: [-terms.reduce((a, b) => a + b)] };
  }),
  tolerance: { abs: 2e-7, rel: 2e-6 },
  grad: {
    kernel: "cce_grad_f32",
    of: "prob",
    through: "loss",
    from: ["prob", "target"],
    tolerance: { abs: 3e-6, rel: 1e-5 },
  },
} satisfies KernelSpec;
