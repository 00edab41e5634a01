import { byRow, type KernelSpec, labels as labelsOf, reals } from "../support/spec.ts";

export default {
  kernel: "softmax_scce_f32",
  sizes: "rows, cols",
  outputs: { loss: "rows", prob: "matrix" },
  inputs: { logits: reals(-20, 20), labels: labelsOf() },
  reference: byRow<"logits" | "labels">(({ logits, labels }) => {
    const m = Math.max(...logits);
    const e = logits.map((z) => Math.exp(z - m));
    const total = e.reduce((a, b) => a + b);
    const prob = e.map((v) => v / total);
    return { loss: [Math.log(total) - ((logits[labels[0] as number] as number) - m)], prob };
  }),
  tolerance: { abs: 3e-7, rel: 2e-6 },
  inPlace: [["prob", "logits"]],
  grad: {
    kernel: "softmax_scce_grad_f32",
    of: "logits",
    through: "loss",
    from: ["prob", "labels"],
    tolerance: { abs: 1e-6, rel: 1e-5 },
    inPlace: ["prob"],
  },
} satisfies KernelSpec;
