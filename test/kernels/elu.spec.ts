import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "elu_f32",
  reference: (x, alpha) => (x > 0 ? x : (alpha as number) * Math.expm1(x)),
  params: [[1], [0.5]],
  domain: [-20, 4],
  kinks: [0],
  tolerance: { ulp: 3 },
  grad: { kernel: "elu_grad_f32", from: "y", tolerance: { abs: 3e-7, rel: 1e-6 } },
});
