import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "relu_f32",
  reference: (x) => (x < 0 ? 0 : x),
  domain: [-8, 8],
  kinks: [0],
  tolerance: {},
  grad: { kernel: "relu_grad_f32", from: "y", tolerance: { abs: 1e-9, rel: 1e-6 } },
});
