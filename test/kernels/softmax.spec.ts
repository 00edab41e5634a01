import { byRow, type KernelSpec, reals } from "../support/spec.ts";

export default {
  kernel: "softmax_f32",
  sizes: "rows, cols",
  outputs: { y: "matrix" },
  inputs: { x: reals(-20, 20) },
  reference: byRow<"x">(({ x }) => {
    const m = Math.max(...x);
    const e = x.map((v) => Math.exp(v - m));
    const total = e.reduce((a, b) => a + b);
    return { y: e.map((v) => v / total) };
  }),
  tolerance: { rel: 4e-6 },
  inPlace: [["y", "x"]],
  grad: {
    kernel: "softmax_grad_f32",
    of: "x",
    through: "y",
    from: ["y"],
    tolerance: { abs: 1e-6, rel: 1e-5 },
    inPlace: ["dy"],
  },
} satisfies KernelSpec;
