import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "leaky_relu_f32",
  reference: (x, slope) => (x > 0 ? x : (slope as number) * x),
  params: [[0.01], [0], [0.3]],
  domain: [-8, 8],
  kinks: [0],
  tolerance: { ulp: 0.5 },
  grad: { kernel: "leaky_relu_grad_f32", from: "y", tolerance: { abs: 1e-9, rel: 1e-6 } },
});
