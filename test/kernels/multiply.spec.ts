import { type KernelSpec, reals } from "../support/spec.ts";

export default {
  kernel: "multiply_f32",
  sizes: "n",
  outputs: { y: "matrix" },
  inputs: { a: reals(-8, 8), b: reals(-8, 8) },
  reference: ({ a = [], b = [] }) => ({ y: a.map((v, i) => v * (b[i] as number)) }),
  tolerance: { ulp: 0.5 },
  inPlace: [
    ["y", "a"],
    ["y", "b"],
  ],
} satisfies KernelSpec;
