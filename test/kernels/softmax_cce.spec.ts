import { byRow, distributions, type KernelSpec, reals } from "../support/spec.ts";

export default {
  kernel: "softmax_cce_f32",
  sizes: "rows, cols",
  outputs: { loss: "rows", prob: "matrix" },
  inputs: { logits: reals(-20, 20), target: { ...distributions(), finite: true } },
  params: [[0], [0.1]],
  reference: byRow<"logits" | "target">(({ logits, target }, [smoothing = 0]) => {
    const m = Math.max(...logits);
    const e = logits.map((z) => Math.exp(z - m));
    const total = e.reduce((a, b) => a + b);
    const prob = e.map((v) => v / total);
    const terms = logits.map((z, j) => {
      const t = (target[j] as number) * (1 - smoothing) + smoothing / logits.length;
      return t * (Math.log(total) - (z - m));
    });
    return { loss: [terms.reduce((a, b) => a + b)], prob };
  }),
  tolerance: { abs: 3e-7, rel: 2e-6 },
  inPlace: [["prob", "logits"]],
  grad: {
    kernel: "softmax_cce_grad_f32",
    of: "logits",
    through: "loss",
    from: ["prob", "target"],
    tolerance: { abs: 1e-6, rel: 1e-5 },
    inPlace: ["prob"],
  },
} satisfies KernelSpec;
