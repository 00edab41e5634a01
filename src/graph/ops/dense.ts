// y = act(x·w + b) over the last axis of x; leading dimensions are rows. Keras's layout: w is [inputs, units].
import { PipelineError } from "../../errors.ts";
import { type Buffer, nothing } from "../emit.ts";
import { gemmScratch } from "../gemm.ts";
import { apply1, matrix, type Op, type Shape, type Tensor } from "../tensor.ts";
import { type ActivationAttributes, activationGradient, activations } from "./activation.ts";

interface DenseAttributes {
  /** Only functions with a `code` can be fused. */
  readonly activation?: ActivationAttributes;
}

function sizes(inputs: readonly Tensor[]): { m: number; n: number; k: number } {
  const [x, w] = inputs as [Tensor, Tensor];
  const { rows, cols } = matrix(x.shape);
  return { m: rows, n: w.shape[1] as number, k: cols };
}

export const denseOp: Op<DenseAttributes> = {
  kind: "dense",
  shapes([x, w]) {
    const [from, to] = [x as Shape, w as Shape];
    if (from.at(-1) !== to[0]) throw new PipelineError("shape", "dense", `weights [${to}] do not fit input [${from}]`);
    return [[...from.slice(0, -1), to[1] as number]];
  },
  forward(emit, { attributes, inputs, x: [x, w, b] }) {
    const { m, n, k } = sizes(inputs);
    const y = emit.buffer(m * n);
    const scratch = emit.buffer(gemmScratch(m, n, k), "packing");
    const fused = attributes.activation;
    const code = fused === undefined ? 0 : (activations[fused.fn] as { code?: number }).code;
    if (code === undefined) throw new Error(`${fused?.fn} cannot be fused`);
    emit.call("gemm_nn_f32", y, x as Buffer, w as Buffer, b ?? nothing, scratch, m, n, k, code, fused?.parameter ?? 0);
    return [y];
  },
  backward(emit, { attributes, inputs, x: [x, w, b], y: [y], dy: [given], wants, into }) {
    const { m, n, k } = sizes(inputs);
    let dy = given as Buffer;
    if (attributes.activation !== undefined) {
      dy = emit.buffer(m * n, "d pre-activation");
      activationGradient(emit, attributes.activation, dy, given as Buffer, y as Buffer, m * n);
    }
    const gradients: (Buffer | undefined)[] = [undefined, undefined, undefined];
    if (wants(1)) {
      const dw = into(1);
      emit.call("gemm_tn_f32", dw, x as Buffer, dy, emit.buffer(gemmScratch(k, n, m), "packing"), k, n, m, k);
      gradients[1] = dw;
    }
    if (b !== undefined && wants(2)) {
      const db = into(2);
      emit.call("column_sum_f32", db, dy, m, n, n);
      gradients[2] = db;
    }
    if (wants(0)) {
      const dx = into(0);
      emit.call("gemm_nt_f32", dx, dy, w as Buffer, emit.buffer(gemmScratch(m, k, n), "packing"), m, k, n);
      gradients[0] = dx;
    }
    return gradients;
  },
  flops([x, w], [y]) {
    const { rows, cols } = matrix(x as Shape);
    return 2 * rows * cols * ((w as Shape)[1] as number) + matrix(y as Shape).rows;
  },
};

export function dense(x: Tensor, w: Tensor, b?: Tensor, fused?: ActivationAttributes): Tensor {
  return apply1(denseOp, fused === undefined ? {} : { activation: fused }, x, w, ...(b === undefined ? [] : [b]));
}
