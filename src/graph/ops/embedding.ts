// Looks rows of a table up: ids [batch, …] → [batch, …, width]. The gradient has the table's shape, so that an update stays one pass.
import type { Buffer } from "../emit.ts";
import { apply1, elements, type Op, type Shape, type Tensor } from "../tensor.ts";

function sizes([ids, table]: readonly Tensor[]): { n: number; count: number; width: number } {
  const [count, width] = (table as Tensor).shape as [number, number];
  return { n: elements((ids as Tensor).shape), count, width };
}

/** Inputs: ids, whole numbers as f32, and the table [count, width]. */
export const embeddingOp: Op<null> = {
  kind: "embedding",
  shapes: ([ids, table]) => [[...(ids as Shape), (table as Shape)[1] as number]],
  forward(emit, { inputs, x: [ids, table] }) {
    const { n, count, width } = sizes(inputs);
    const y = emit.buffer(n * width);
    emit.call("embedding_f32", y, table as Buffer, ids as Buffer, n, width, count);
    return [y];
  },
  backward(emit, { inputs, x: [ids], dy: [dy], wants, into }) {
    if (!wants(1)) return [undefined, undefined];
    const { n, count, width } = sizes(inputs);
    const dtable = into(1);
    emit.call("embedding_grad_f32", dtable, dy as Buffer, ids as Buffer, n, width, count, width);
    return [undefined, dtable];
  },
  flops: () => 0,
};

export const embedding = (ids: Tensor, table: Tensor): Tensor => apply1(embeddingOp, null, ids, table);
