// One loss a row, mean over the last axis as Keras has it. The fused ones take logits, give the probabilities as a second output, and
// are both faster and exact where a probability would round to 0 or 1.
import { PipelineError } from "../../errors.ts";
import type { Buffer } from "../emit.ts";
import { apply, matrix, type Op, type Shape, type Tensor } from "../tensor.ts";

type Plain = "mse" | "mae";
type WithParameter = "huber" | "bce" | "cce";
type Fused = "softmax_cce" | "bce_logits";

export interface LossAttributes {
  readonly loss: Plain | WithParameter | "scce" | Fused | "softmax_scce";
  /** Huber's delta; label smoothing of the cross-entropies. */
  readonly parameter: number;
}

const fused = (loss: LossAttributes["loss"]): loss is Fused | "softmax_scce" =>
  loss === "softmax_cce" || loss === "softmax_scce" || loss === "bce_logits";

/** Inputs: predictions (or logits) [rows, cols] and targets: f32 [rows, cols], or i32 labels [rows] for the sparse ones. */
export const lossOp: Op<LossAttributes> = {
  kind: "loss",
  shapes([prediction, target], { loss }) {
    const { rows, cols } = matrix(prediction as Shape);
    const expected = loss === "scce" || loss === "softmax_scce" ? [rows] : [rows, cols];
    if (String(target) !== String(expected)) {
      throw new PipelineError("shape", "loss", `predictions [${prediction}] need targets [${expected}], got [${target}]`);
    }
    return fused(loss) ? [[rows], prediction as Shape] : [[rows]];
  },
  forward(emit, { attributes: { loss, parameter }, inputs: [input], x: [x, target] }) {
    const { rows, cols } = matrix((input as Tensor).shape);
    const [prediction, truth] = [x as Buffer, target as Buffer];
    const y = emit.buffer(rows, "loss");
    if (!fused(loss)) {
      if (loss === "huber" || loss === "bce" || loss === "cce") emit.call(`${loss}_f32`, y, prediction, truth, rows, cols, parameter);
      else emit.call(`${loss}_f32`, y, prediction, truth, rows, cols);
      return [y];
    }
    const probability = emit.buffer(rows * cols, "probabilities");
    if (loss === "softmax_scce") emit.call("softmax_scce_f32", y, probability, prediction, truth, rows, cols);
    else emit.call(`${loss}_f32`, y, probability, prediction, truth, rows, cols, parameter);
    return [y, probability];
  },
  backward(emit, { attributes: { loss, parameter }, inputs: [input], x: [x, target], y, dy, into }) {
    const { rows, cols } = matrix((input as Tensor).shape);
    const dx = into(0);
    const [given, truth] = [dy[0] as Buffer, target as Buffer];
    const from = (fused(loss) ? y[1] : x) as Buffer;
    if (loss === "mse" || loss === "mae" || loss === "scce" || loss === "softmax_scce")
      emit.call(`${loss}_grad_f32`, dx, given, from, truth, rows, cols);
    else emit.call(`${loss}_grad_f32`, dx, given, from, truth, rows, cols, parameter);
    return [dx, undefined];
  },
};

/** The loss of each row, and, for the fused losses, the probabilities. */
export function rowLoss(prediction: Tensor, target: Tensor, attributes: LossAttributes): { loss: Tensor; probability?: Tensor } {
  const [loss, probability] = apply(lossOp, attributes, [prediction, target]) as [Tensor, Tensor?];
  return probability === undefined ? { loss } : { loss, probability };
}
