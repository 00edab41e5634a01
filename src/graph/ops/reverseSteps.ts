import type { Buffer, Emit } from "../emit.ts";
import { apply1, elements, type Op, type Tensor } from "../tensor.ts";
import { sequence } from "./meanSteps.ts";

/** The steps of [batch, steps, …], last first. */
export const reverseStepsOp: Op<null> = {
  kind: "reverseSteps",
  shapes: ([x]) => [x as readonly number[]],
  forward(emit, { inputs: [input], x: [x] }) {
    const y = emit.buffer(elements((input as Tensor).shape));
    reverse(emit, y, x as Buffer, input as Tensor);
    return [y];
  },
  backward(emit, { inputs: [input], dy: [dy], into }) {
    const dx = into(0);
    reverse(emit, dx, dy as Buffer, input as Tensor);
    return [dx];
  },
  flops: () => 0,
};

function reverse(emit: Emit, y: Buffer, x: Buffer, like: Tensor): void {
  const { rows, steps, cols } = sequence(like);
  emit.call("reverse_steps_f32", y, x, rows, steps, cols);
}

export const reverseSteps = (x: Tensor): Tensor => apply1(reverseStepsOp, null, x);
