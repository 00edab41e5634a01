import { PipelineError } from "../../errors.ts";
import type { Buffer } from "../emit.ts";
import { apply1, elements, type Op, type Shape, type Tensor } from "../tensor.ts";

/** Sum of two tensors of one shape. */
export const addOp: Op<null> = {
  kind: "add",
  shapes([a, b]) {
    if (String(a) !== String(b)) throw new PipelineError("shape", "add", `[${a}] and [${b}] differ`);
    return [a as Shape];
  },
  forward(emit, { x: [a, b], inputs: [input] }) {
    const n = elements((input as Tensor).shape);
    const y = emit.buffer(n);
    emit.call("add_f32", y, a as Buffer, b as Buffer, n);
    return [y];
  },
  backward: (_, { dy }) => [dy[0], dy[0]],
};

export const add = (a: Tensor, b: Tensor): Tensor => apply1(addOp, null, a, b);
