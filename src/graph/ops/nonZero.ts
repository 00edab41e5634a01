import type { Buffer } from "../emit.ts";
import { apply1, elements, type Op, type Tensor } from "../tensor.ts";

/** 0 where x is 0, and 1 elsewhere: a mask. Nothing flows back through it. */
export const nonZeroOp: Op<null> = {
  kind: "nonZero",
  shapes: ([x]) => [x as readonly number[]],
  forward(emit, { x, inputs: [input] }) {
    const n = elements((input as Tensor).shape);
    const y = emit.buffer(n, "mask");
    emit.call("non_zero_f32", y, x[0] as Buffer, n);
    return [y];
  },
};

export const nonZero = (x: Tensor): Tensor => apply1(nonZeroOp, null, x);
