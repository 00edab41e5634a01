import { byRow, type KernelSpec, labels as labelsOf, mean, reals } from "../support/spec.ts";

/** The first of the greatest; a NaN is never greater. */
const argmax = (row: readonly number[]): number => row.reduce((best, v, j) => (v > (row[best] as number) ? j : best), 0);

export default [
  {
    kernel: "count_correct_f32",
    sizes: "rows, cols",
    outputs: { hits: "rows" },
    inputs: { prob: reals(0, 1), labels: labelsOf() },
    reference: byRow<"prob" | "labels">(({ prob, labels }) => ({ hits: [Number(argmax(prob) === labels[0])] })),
    tolerance: {},
  },
  {
    kernel: "count_correct_dense_f32",
    sizes: "rows, cols",
    outputs: { hits: "rows" },
    inputs: { prob: reals(0, 1), target: reals(0, 1) },
    reference: byRow<"prob" | "target">(({ prob, target }) => ({ hits: [Number(argmax(prob) === argmax(target))] })),
    tolerance: {},
  },
  {
    kernel: "count_correct_binary_f32",
    sizes: "rows, cols",
    outputs: { hits: "rows" },
    inputs: { prob: reals(0, 1), target: reals(0, 1) },
    reference: byRow<"prob" | "target">(({ prob, target }) => ({
      hits: [mean(prob.map((p, j) => Number(p > 0.5 === (target[j] as number) > 0.5)))],
    })),
    tolerance: { ulp: 1 },
  },
] satisfies readonly KernelSpec[];
