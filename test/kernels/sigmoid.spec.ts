import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "sigmoid_f32",
  reference: (x) => 1 / (1 + Math.exp(-x)),
  domain: [-20, 20],
  tolerance: { ulp: 4 },
  grad: { kernel: "sigmoid_grad_f32", from: "y", tolerance: { abs: 3e-7, rel: 1e-6 } },
});
