// The same numbers under another shape: no kernel runs, in either direction.
import { PipelineError } from "../../errors.ts";
import type { Buffer } from "../emit.ts";
import { apply1, elements, type Op, type Shape, type Tensor } from "../tensor.ts";

export const reshapeOp: Op<Shape> = {
  kind: "reshape",
  shapes([x], shape) {
    if (elements(x as Shape) !== elements(shape)) {
      throw new PipelineError("shape", "reshape", `[${x}] holds ${elements(x as Shape)} values, [${shape}] ${elements(shape)}`);
    }
    return [shape];
  },
  forward: (_, { x }) => [x[0] as Buffer],
  backward: (_, { dy }) => [dy[0]],
  flops: () => 0,
};

export const reshape = (x: Tensor, shape: Shape): Tensor => apply1(reshapeOp, shape, x);
