import { byRow, type KernelSpec, mean, reals } from "../support/spec.ts";

export default {
  kernel: "huber_f32",
  sizes: "rows, cols",
  outputs: { loss: "rows" },
  inputs: { pred: reals(-4, 4), target: reals(-4, 4) },
  params: [[1], [0.3]],
  reference: byRow<"pred" | "target">(({ pred, target }, [delta = 1]) => {
    const size = pred.map((p, j) => Math.abs(p - (target[j] as number)));
    return { loss: [mean(size.map((d) => (d <= delta ? d ** 2 / 2 : delta * (d - delta / 2))))] };
  }),
  tolerance: { rel: 1e-6 },
  grad: {
    kernel: "huber_grad_f32",
    of: "pred",
    through: "loss",
    from: ["pred", "target"],
    tolerance: { abs: 1e-6, rel: 1e-6 },
    inPlace: ["pred"],
  },
} satisfies KernelSpec;
