import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "softplus_f32",
  reference: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  domain: [-20, 20],
  tolerance: { ulp: 4 },
  grad: { kernel: "softplus_grad_f32", from: "x", tolerance: { abs: 3e-7, rel: 1e-6 } },
});
