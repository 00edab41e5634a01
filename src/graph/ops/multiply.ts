import { PipelineError } from "../../errors.ts";
import type { Buffer } from "../emit.ts";
import { apply1, elements, type Op, type Shape, type Tensor } from "../tensor.ts";

/** Elementwise product of two tensors of one shape. */
export const multiplyOp: Op<null> = {
  kind: "multiply",
  shapes([a, b]) {
    if (String(a) !== String(b)) throw new PipelineError("shape", "multiply", `[${a}] and [${b}] differ`);
    return [a as Shape];
  },
  forward(emit, { x: [a, b], inputs: [input] }) {
    const n = elements((input as Tensor).shape);
    const y = emit.buffer(n);
    emit.call("multiply_f32", y, a as Buffer, b as Buffer, n);
    return [y];
  },
  backward(emit, { x, dy: [dy], inputs: [input], wants, into }) {
    const n = elements((input as Tensor).shape);
    return [0, 1].map((i) => {
      if (!wants(i)) return undefined;
      const d = into(i);
      emit.call("multiply_f32", d, dy as Buffer, x[1 - i] as Buffer, n);
      return d;
    });
  },
};

export const multiply = (a: Tensor, b: Tensor): Tensor => apply1(multiplyOp, null, a, b);
