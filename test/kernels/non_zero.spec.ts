import type { KernelSpec } from "../support/spec.ts";

export default {
  kernel: "non_zero_f32",
  sizes: "n",
  outputs: { y: "matrix" },
  inputs: {
    x: {
      shape: "matrix",
      type: "f32",
      draw: (source, cols) => Array.from({ length: cols }, () => [0, 3, -0.5, 0, -0][source.integer(5)] as number),
    },
  },
  reference: ({ x = [] }) => ({ y: x.map((v) => (v === 0 ? 0 : 1)) }),
  tolerance: {},
  inPlace: [["y", "x"]],
} satisfies KernelSpec;
