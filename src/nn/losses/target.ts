// Does the model's output fit what it is to be compared with? Asked before any data is touched.
import { PipelineError } from "../../errors.ts";
import { denseOp } from "../../graph/ops/dense.ts";
import type { Shape, Tensor } from "../../graph/tensor.ts";
import { type Loss, resolveLoss } from "./index.ts";

/** Class numbers, one i32 a row, or values of this shape a row. */
export type Target = { readonly kind: "labels"; readonly classes: number } | { readonly kind: "values"; readonly shape: Shape };

export function checkTarget(loss: Loss, output: Tensor, target: Target): void {
  checkFit(loss, output, target);
  checkProbabilities(loss, output);
}

function checkProbabilities(loss: Loss, { node }: Tensor): void {
  const { kind, fusesWith } = resolveLoss(loss);
  const linear = node?.op === denseOp && (node.attributes as { activation?: unknown }).activation === undefined;
  if (fusesWith === undefined || !linear) return;
  throw new PipelineError(
    "config",
    "train.loss",
    `"${kind}" compares probabilities, but the last layer puts out any number; give it activation: "${fusesWith}"`,
  );
}

function checkFit(loss: Loss, output: Tensor, target: Target): void {
  const { kind, targets, fusesWith } = resolveLoss(loss);
  const shape = output.shape.slice(1);
  const got = `[*${shape.map((n) => `, ${n}`).join("")}]`;
  if (targets === "labels") {
    if (target.kind !== "labels") {
      throw new PipelineError(
        "config",
        "train.loss",
        target.shape.length === 0
          ? `"${kind}" needs class numbers (0, 1, 2, …), but some labels are other numbers; use "meanSquaredError", or mend the labels`
          : `"${kind}" needs one class number a row, but the target holds values of shape [${target.shape.join(", ")}]; use "categoricalCrossentropy"`,
      );
    }
    if (shape.length !== 1)
      throw new PipelineError(
        "shape",
        "model",
        `the output must be [*, ${target.classes}] to match ${target.classes} classes, got ${got}; put flatten() before the last layers`,
      );
    if ((shape[0] as number) < target.classes) {
      throw new PipelineError(
        "shape",
        "model",
        `the output must be [*, ${target.classes}] to match ${target.classes} classes, got ${got}; give the last layer ${target.classes} units`,
      );
    }
    return;
  }
  const width = shape.reduce((product, n) => product * n, 1);
  if (target.kind === "labels") {
    const single = width === 1 && target.classes <= 2 && kind !== "categoricalCrossentropy";
    if (width !== target.classes && !single) {
      const amounts = width === 1 && fusesWith === undefined ? ', or say that the labels are amounts: arrays({ task: "regression" })' : "";
      throw new PipelineError(
        "shape",
        "model",
        `the output must be [*, ${target.classes}] to match ${target.classes} classes, got ${got}; give the last layer ${target.classes} units${amounts}`,
      );
    }
  } else if (width !== target.shape.reduce((product, n) => product * n, 1)) {
    throw new PipelineError(
      "shape",
      "model",
      `the output must be [*, ${target.shape.join(", ") || 1}] to match the target, got ${got}; change the last layer`,
    );
  }
}
