// Joins tensors along the last axis; backward cuts the gradient into the same pieces.
import { PipelineError } from "../../errors.ts";
import { type Buffer, part } from "../emit.ts";
import { apply1, matrix, type Op, type Shape, type Tensor } from "../tensor.ts";

export const concatenateOp: Op<null> = {
  kind: "concatenate",
  shapes(inputs) {
    const lead = (inputs[0] as Shape).slice(0, -1);
    for (const shape of inputs) {
      if (String(shape.slice(0, -1)) !== String(lead)) {
        throw new PipelineError("shape", "concatenate", `[${inputs[0]}] and [${shape}] differ before the last axis`);
      }
    }
    return [[...lead, inputs.reduce((n, shape) => n + (shape.at(-1) as number), 0)]];
  },
  forward(emit, { x, inputs, outputs: [out] }) {
    const { rows, cols } = matrix((out as Tensor).shape);
    const y = emit.buffer(rows * cols);
    let start = 0;
    inputs.forEach((t, i) => {
      const width = matrix(t.shape).cols;
      emit.call("copy_columns_f32", part(y, start, rows * cols - start), x[i] as Buffer, rows, width, cols, width);
      start += width;
    });
    return [y];
  },
  backward(emit, { dy: [dy], inputs, outputs: [out], wants, into }) {
    const { rows, cols } = matrix((out as Tensor).shape);
    let start = 0;
    return inputs.map((t, i) => {
      const width = matrix(t.shape).cols;
      const from = part(dy as Buffer, start, rows * cols - start);
      start += width;
      if (!wants(i)) return undefined;
      const dx = into(i);
      emit.call("copy_columns_f32", dx, from, rows, width, width, cols);
      return dx;
    });
  },
};

export const concatenate = (...inputs: Tensor[]): Tensor => apply1(concatenateOp, null, ...inputs);
