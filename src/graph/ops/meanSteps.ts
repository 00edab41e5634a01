// The mean over the steps: [batch, steps, …] → [batch, …], of the real steps where there is a mask [batch, steps].
import { type Buffer, nothing } from "../emit.ts";
import { apply1, elements, type Op, type Shape, type Tensor } from "../tensor.ts";

/** Sizes of [batch, steps, …] with all that lies behind the steps merged. */
export function sequence({ shape }: Tensor): { rows: number; steps: number; cols: number } {
  const [rows, steps, ...rest] = shape as [number, number, ...number[]];
  return { rows, steps, cols: elements(rest) };
}

export const withoutSteps = ([rows, , ...rest]: Shape): Shape => [rows as number, ...rest];

/** Inputs: x and, where there is one, the mask. */
export const meanStepsOp: Op<null> = {
  kind: "meanSteps",
  shapes: ([x]) => [withoutSteps(x as Shape)],
  forward(emit, { inputs: [input], x: [x, mask] }) {
    const { rows, steps, cols } = sequence(input as Tensor);
    const y = emit.buffer(rows * cols);
    emit.call("mean_steps_f32", y, x as Buffer, mask ?? nothing, rows, steps, cols);
    return [y];
  },
  backward(emit, { inputs: [input], x: [, mask], dy: [dy], into }) {
    const { rows, steps, cols } = sequence(input as Tensor);
    const dx = into(0);
    emit.call("mean_steps_grad_f32", dx, dy as Buffer, mask ?? nothing, rows, steps, cols);
    return [dx, undefined];
  },
  flops: ([x]) => elements(x as Shape),
};

export const meanSteps = (x: Tensor, mask?: Tensor): Tensor => apply1(meanStepsOp, null, x, ...(mask === undefined ? [] : [mask]));
