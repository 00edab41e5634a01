// The loss kernels against PyTorch: values and gradients, every reduction, on every executor.
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
  readonly op: string;
  readonly params: {
    readonly reduction: string;
    readonly delta?: number;
    readonly fromLogits?: boolean;
    readonly labelSmoothing?: number;
    readonly posWeight?: unknown;
  };
  readonly inputs: { readonly pred: Tensor; readonly target: Tensor };
  readonly outputs: { readonly y: Tensor };
  readonly dy: { readonly y: Tensor };
  readonly grads: { readonly pred: Tensor };
  readonly noise: number;
  readonly gradNoise: number;
}

/** Ours for theirs; undefined for what these kernels do not do (weights, ignored classes, probabilities without a clip). */
function kernelFor({ op, params }: Case): readonly [LossKernel, ...number[]] | undefined {
  const { fromLogits, labelSmoothing, reduction, delta = 1, posWeight } = params;
  if (!/^(mean|sum|none)$/.test(reduction) || posWeight !== undefined) return undefined;
  if (op === "mse" || op === "mae") return [op];
  if (op === "huber") return ["huber", delta];
  if (op === "bce") return [fromLogits ? "bce_logits" : "bce", 0];
  if (op === "categoricalCrossentropy" && fromLogits) return ["softmax_cce", 0];
  if (op === "sparseCategoricalCrossentropy" && fromLogits) return labelSmoothing ? ["softmax_cce", labelSmoothing] : ["softmax_scce"];
  return undefined;
}

/** PyTorch reduces over elements where we reduce over rows of them, and has no smoothing for dense targets. */
function prepare(example: Case, [kernel, ...params]: readonly [LossKernel, ...number[]]): LossRun & { scale: number } {
  const { pred, target } = example.inputs;
  const { reduction, labelSmoothing } = example.params;
  const byElement = !/softmax/.test(kernel);
  const cols = byElement && reduction === "none" ? 1 : (pred.shape.at(-1) as number);
  const rows = pred.data.length / cols;
  const scale = reduction === "mean" ? 1 / rows : reduction === "sum" && byElement ? cols : 1;
  const dy = example.dy.y.data;
  const oneHot = (): number[] => target.data.flatMap((label) => Array.from({ length: cols }, (_, j) => Number(j === label)));
  return {
    kernel,
    params,
    pred: pred.data,
    target: labelSmoothing ? oneHot() : target.data,
    rows,
    scale,
    dloss: Array.from({ length: rows }, (_, r) => scale * (dy.length === 1 ? (dy[0] as number) : (dy[r] as number))),
  };
}

const cases = (golden<Case>("losses") ?? []).flatMap((example) => {
  const kernel = kernelFor(example);
  return kernel === undefined ? [] : [{ id: example.id, example, prepared: prepare(example, kernel) }];
});

describe.skipIf(cases.length === 0)("PyTorch's losses (../shared/golden)", async () => {
  test("every loss kernel over logits or values has cases", () => {
    expect(new Set(cases.map(({ prepared }) => prepared.kernel)).size).toBe(7);
  });

  for (const { name, executor } of await executors()) {
    test.each(cases)(`${name}: $id`, ({ example, prepared }) => {
      const { loss, dpred } = runLoss(executor, prepared);
      const scaled = loss.map((value) => value * prepared.scale);
      const y = example.params.reduction === "none" ? scaled : [scaled.reduce((a, b) => a + b)];
      expectNear(y, example.outputs.y.data, Math.max(1e-6, 8 * example.noise), "loss");
      expectNear(dpred, example.grads.pred.data, Math.max(1e-6, 8 * example.gradNoise), "dpred");
    });
  }
});
