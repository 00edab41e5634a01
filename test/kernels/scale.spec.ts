import { elementwise } from "../support/spec.ts";

export default elementwise({
  kernel: "scale_f32",
  reference: (x, factor) => (factor as number) * x,
  params: [[0.3], [-2], [0]],
  domain: [-8, 8],
  tolerance: { ulp: 0.5 },
});
