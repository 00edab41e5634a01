import { byRow, clip, type KernelSpec, labels as labelsOf, reals } from "../support/spec.ts";

export default {
  kernel: "scce_f32",
  sizes: "rows, cols",
  outputs: { loss: "rows" },
  inputs: { prob: reals(0.05, 1), labels: labelsOf() },
  reference: byRow<"prob" | "labels">(({ prob, labels }) => {
    const total = prob.reduce((a, b) => a + b);
    return { loss: [-Math.log(clip((prob[labels[0] as number] as number) / total))] };
  }),
  tolerance: { abs: 2e-7, rel: 2e-6 },
  grad: {
    kernel: "scce_grad_f32",
    of: "prob",
    through: "loss",
    from: ["prob", "labels"],
    tolerance: { abs: 3e-6, rel: 1e-5 },
  },
} satisfies KernelSpec;
