import type { KernelSpec } from "../support/spec.ts";

export default {
  kernel: "fill_f32",
  sizes: "n",
  outputs: { y: "matrix" },
  inputs: {},
  params: [[0], [-1.5], [Number.NaN]],
  reference: (_, { cols }, [value]) => ({ y: new Array(cols).fill(value) }),
  tolerance: {},
} satisfies KernelSpec;
