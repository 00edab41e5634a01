import type { Buffer } from "../emit.ts";
import { apply1, matrix, type Op, type Tensor } from "../tensor.ts";

/** Over the last axis. */
export const softmaxOp: Op<null> = {
  kind: "softmax",
  shapes: ([x]) => [x as readonly number[]],
  forward(emit, { x, inputs: [input] }) {
    const { rows, cols } = matrix((input as Tensor).shape);
    const y = emit.buffer(rows * cols);
    emit.call("softmax_f32", y, x[0] as Buffer, rows, cols);
    return [y];
  },
  backward(emit, { y, dy, into, inputs: [input] }) {
    const { rows, cols } = matrix((input as Tensor).shape);
    const dx = into(0);
    emit.call("softmax_grad_f32", dx, dy[0] as Buffer, y[0] as Buffer, rows, cols);
    return [dx];
  },
};

export const softmax = (x: Tensor): Tensor => apply1(softmaxOp, null, x);
