import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "hard_sigmoid_f32",
  reference: (x) => (x < -3 ? 0 : x > 3 ? 1 : x / 6 + 0.5),
  domain: [-5, 5],
  kinks: [-3, 3],
  tolerance: { abs: 1.2e-7 },
  grad: { kernel: "hard_sigmoid_grad_f32", from: "y", tolerance: { abs: 1e-9, rel: 1e-6 } },
});
