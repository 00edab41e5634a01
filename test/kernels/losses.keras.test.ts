// The loss kernels against Keras 3: values and gradients with its reductions, label smoothing and sample weights, from
// probabilities and from logits, on every executor.
import { describe, expect, test } from "vitest";
import { expectNear } from "../support/close.ts";
import { golden } from "../support/golden.ts";
import { executors } from "../support/kernels.ts";
import { type LossKernel, type LossRun, runLoss } from "../support/loss.ts";

interface Tensor {
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  readonly id: string;
  readonly loss: string;
  readonly config: {
    readonly reduction: string;
    readonly delta?: number;
    readonly from_logits?: boolean;
    readonly label_smoothing?: number;
    readonly ignore_class?: number | null;
  };
  readonly yTrue: Tensor;
  readonly yPred: Tensor;
  readonly sampleWeight?: Tensor;
  readonly output: Tensor;
  readonly gradYPred: Tensor;
  readonly noise: number;
  readonly gradNoise: number;
}

function kernelFor({ loss, config }: Case): readonly [LossKernel, ...number[]] | undefined {
  const { delta = 1, from_logits, label_smoothing = 0, ignore_class } = config;
  if (loss === "MeanSquaredError") return ["mse"];
  if (loss === "MeanAbsoluteError") return ["mae"];
  if (loss === "Huber") return ["huber", delta];
  if (loss === "BinaryCrossentropy") return [from_logits ? "bce_logits" : "bce", label_smoothing];
  if (loss === "CategoricalCrossentropy") return [from_logits ? "softmax_cce" : "cce", label_smoothing];
  if (loss === "SparseCategoricalCrossentropy" && ignore_class === null) return [from_logits ? "softmax_scce" : "scce"];
  return undefined;
}

/** What each row's loss counts in the result. */
function weights({ config, sampleWeight }: Case, rows: number): number[] {
  const own = sampleWeight?.data ?? new Array<number>(rows).fill(1);
  const total = own.reduce((a, b) => a + b);
  if (config.reduction === "sum_over_batch_size") return own.map((w) => w / rows);
  return config.reduction === "mean_with_sample_weight" ? own.map((w) => w / total) : own;
}

function prepare(example: Case, [kernel, ...params]: readonly [LossKernel, ...number[]]): LossRun {
  const { yPred, yTrue } = example;
  const rows = yPred.data.length / (yPred.shape.at(-1) as number);
  return { kernel, params, pred: yPred.data, target: yTrue.data, rows, dloss: weights(example, rows) };
}

const cases = (golden<Case>("keras/losses") ?? []).flatMap((example) => {
  const kernel = kernelFor(example);
  return kernel === undefined ? [] : [{ id: example.id, example, prepared: prepare(example, kernel) }];
});

describe.skipIf(cases.length === 0)("Keras's losses (../shared/golden)", async () => {
  test("every loss kernel has cases", () => {
    expect(new Set(cases.map(({ prepared }) => prepared.kernel)).size).toBe(9);
  });

  for (const { name, executor } of await executors()) {
    test.each(cases)(`${name}: $id`, ({ example, prepared }) => {
      const { loss, dpred } = runLoss(executor, prepared);
      const weighted = loss.map((value, r) => value * (prepared.dloss[r] as number));
      const output = example.config.reduction === "none" ? loss : [weighted.reduce((a, b) => a + b)];
      expectNear(output, example.output.data, Math.max(1e-6, 8 * example.noise), "loss");
      expectNear(dpred, example.gradYPred.data, Math.max(1e-6, 8 * example.gradNoise), "dpred");
    });
  }
});
