import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "swish_f32",
  reference: (x) => x * (1 / (1 + Math.exp(-x))),
  domain: [-20, 20],
  tolerance: { ulp: 5 },
  grad: { kernel: "swish_grad_f32", from: "x", tolerance: { abs: 1e-6, rel: 1e-6 } },
});
