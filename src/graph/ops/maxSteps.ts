import type { Buffer } from "../emit.ts";
import { apply, elements, type Op, type Shape, type Tensor } from "../tensor.ts";
import { sequence, withoutSteps } from "./meanSteps.ts";

/** The greatest over the steps: [batch, steps, …] → [batch, …], and where it stood. Of equals the first gets the gradient. */
export const maxStepsOp: Op<null> = {
  kind: "maxSteps",
  shapes: ([x]) => [withoutSteps(x as Shape), withoutSteps(x as Shape)],
  forward(emit, { inputs: [input], x: [x] }) {
    const { rows, steps, cols } = sequence(input as Tensor);
    const [y, at] = [emit.buffer(rows * cols), emit.buffer(rows * cols, "places")];
    emit.call("max_steps_f32", y, at, x as Buffer, rows, steps, cols);
    return [y, at];
  },
  backward(emit, { inputs: [input], y: [, at], dy: [dy], into }) {
    const { rows, steps, cols } = sequence(input as Tensor);
    const dx = into(0);
    emit.call("max_steps_grad_f32", dx, dy as Buffer, at as Buffer, rows, steps, cols);
    return [dx];
  },
  flops: ([x]) => elements(x as Shape),
};

export const maxSteps = (x: Tensor): Tensor => apply(maxStepsOp, null, [x])[0] as Tensor;
