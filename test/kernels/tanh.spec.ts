import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "tanh_f32",
  reference: Math.tanh,
  domain: [-12, 12],
  tolerance: { ulp: 6 },
  grad: { kernel: "tanh_grad_f32", from: "y", tolerance: { abs: 1e-6, rel: 1e-6 } },
});
