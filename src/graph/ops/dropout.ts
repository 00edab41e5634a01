// Inverted dropout: kept values are scaled by 1/(1 − rate). The mask is a function of (seed, stream, step, element), so backward draws
// it again instead of storing it.
import type { Buffer } from "../emit.ts";
import { apply1, elements, type Op, type Tensor } from "../tensor.ts";

interface DropoutAttributes {
  readonly rate: number;
  /** Which of the model's dropouts this is. */
  readonly stream: number;
}

/** Inputs: x, and the {seed, step} words of the generator. */
export const dropoutOp: Op<DropoutAttributes> = {
  kind: "dropout",
  shapes: ([x]) => [x as readonly number[]],
  forward(emit, { attributes: { rate, stream }, x: [x, rng], inputs: [input] }) {
    const n = elements((input as Tensor).shape);
    const y = emit.buffer(n);
    emit.call("dropout_f32", y, x as Buffer, n, rate, stream, rng as Buffer, 0);
    return [y];
  },
  backward(emit, { attributes: { rate, stream }, x: [, rng], dy, into, inputs: [input] }) {
    const dx = into(0);
    emit.call("dropout_grad_f32", dx, dy[0] as Buffer, elements((input as Tensor).shape), rate, stream, rng as Buffer, 0);
    return [dx, undefined];
  },
};

export function dropout(x: Tensor, rng: Tensor, rate: number, stream: number): Tensor {
  return rate === 0 ? x : apply1(dropoutOp, { rate, stream }, x, rng);
}
