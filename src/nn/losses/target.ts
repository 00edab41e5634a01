// Does the model's output fit what it is to be compared with? Asked before any data is touched.
import { PipelineError } from "../../errors.ts";
import { denseOp } from "../../graph/ops/dense.ts";
import type { Shape, Tensor } from "../../graph/tensor.ts";
import { type Loss, resolveLoss } from "./index.ts";

/** Class numbers, one i32 a row or, for sequences, one for each of its steps; or values of this shape a row. */
export type Target =
  | { readonly kind: "labels"; readonly classes: number; readonly steps?: number }
  | { readonly kind: "values"; readonly shape: Shape };

/** Whether each step of an output [batch, steps, width] has a loss of its own: each has a class to tell, or some are masked. */
export function isPerStep(loss: Loss, output: Tensor, masked: boolean, target: Target): boolean {
  if (output.shape.length !== 3) return false;
  return target.kind === "labels" ? target.steps !== undefined : masked || resolveLoss(loss).fusesWith === "softmax";
}

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
  const whole = output.shape.slice(1);
  const got = `[*${whole.map((n) => `, ${n}`).join("")}]`;
  const steps = target.kind === "labels" ? target.steps : undefined;
  const wanted = (n: number): string => `the output must be [*${steps === undefined ? "" : `, ${steps}`}, ${n}] to match ${n} classes`;
  if (target.kind === "labels" && steps !== undefined && (whole.length !== 2 || whole[0] !== steps)) {
    throw new PipelineError(
      "shape",
      "model",
      `${wanted(target.classes)} at each of ${steps} steps, got ${got}; keep the steps up to the last layer`,
    );
  }
  const shape = steps === undefined ? whole : whole.slice(1);
  if (targets === "labels") {
    if (target.kind !== "labels") {
      throw new PipelineError(
        "config",
        "train.loss",
        target.shape.length === 0
          ? `"${kind}" needs class numbers (0, 1, 2, …), but some labels are other numbers; use "meanSquaredError", or mend the labels`
          : `"${kind}" needs one class number a row, but the target holds values of shape [${target.shape.join(", ")}]; ${whole.length === 2 ? 'for a class at each step, say task: "classification"' : 'use "categoricalCrossentropy"'}`,
      );
    }
    if (shape.length !== 1)
      throw new PipelineError("shape", "model", `${wanted(target.classes)}, got ${got}; put flatten() before the last layers`);
    if ((shape[0] as number) < target.classes) {
      throw new PipelineError("shape", "model", `${wanted(target.classes)}, got ${got}; give the last layer ${target.classes} units`);
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
        `${wanted(target.classes)}, got ${got}; give the last layer ${target.classes} units${amounts}`,
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
