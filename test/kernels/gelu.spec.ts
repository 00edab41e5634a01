import { erf } from "../support/erf.ts";
import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "gelu_f32",
  reference: (x) => (x * (1 + erf(x * Math.SQRT1_2))) / 2,
  domain: [-7, 7],
  tolerance: { abs: 1e-6, ulp: 2 },
  grad: { kernel: "gelu_grad_f32", from: "x", tolerance: { abs: 1e-6, rel: 1e-6 } },
});
