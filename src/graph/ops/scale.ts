import type { Buffer } from "../emit.ts";
import { apply1, elements, type Op, type Tensor } from "../tensor.ts";

/** factor · x. */
export const scaleOp: Op<number> = {
  kind: "scale",
  shapes: ([x]) => [x as readonly number[]],
  forward(emit, { attributes: factor, x: [x], inputs: [input] }) {
    const n = elements((input as Tensor).shape);
    const y = emit.buffer(n);
    emit.call("scale_f32", y, x as Buffer, n, factor);
    return [y];
  },
  backward(emit, { attributes: factor, dy: [dy], inputs: [input], into }) {
    const dx = into(0);
    emit.call("scale_f32", dx, dy as Buffer, elements((input as Tensor).shape), factor);
    return [dx];
  },
};

export const scale = (x: Tensor, factor: number): Tensor => apply1(scaleOp, factor, x);
