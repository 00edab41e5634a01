// A long short-term memory over whole sequences, in Keras's conventions: kernel [inputs, 4 units], recurrent kernel [units, 4 units], bias
// [4 units], gates i, f, c, o.
import { PipelineError } from "../../errors.ts";
import { type Buffer, nothing, part } from "../emit.ts";
import { recurrentPlan } from "../recurrent.ts";
import { apply, type Op, type Shape, type Tensor } from "../tensor.ts";
import {
  type Fused,
  type RecurrentAttributes,
  type RecurrentOptions,
  type RecurrentTensors,
  recurrentInputs,
  recurrentNode,
  recurrentOutputs,
  recurrentSettings,
  recurrentSizes,
} from "./recurrent.ts";

interface Gates {
  readonly recurrentActivation: Fused;
}

const cell = { gates: 4, products: 4, saves: 6 };

export const lstmOp: Op<RecurrentAttributes & Gates> = {
  kind: "lstm",
  shapes(inputs, attributes) {
    const [x, kernel, recurrent] = inputs as [Shape, Shape, Shape];
    const units = recurrent[0] as number;
    if (x.length !== 3 || kernel[0] !== x[2] || kernel[1] !== 4 * units || recurrent[1] !== 4 * units)
      throw new PipelineError("shape", "lstm", `weights [${kernel}] and [${recurrent}] do not fit input [${x}]`);
    return recurrentOutputs(inputs, attributes, cell);
  },
  forward(emit, { attributes, inputs, x }) {
    const sizes = recurrentSizes(inputs);
    const plan = recurrentPlan(sizes, cell);
    const { rows, steps, units } = sizes;
    const y = emit.buffer(rows * (attributes.sequences === "last" ? 1 : steps) * units);
    const saved = attributes.training ? emit.buffer(plan.saved, "states") : nothing;
    const { bias, mask, rng } = recurrentInputs(attributes, x);
    const { recurrentActivation: r } = attributes;
    emit.call(
      "lstm_f32",
      y,
      saved,
      x[0] as Buffer,
      x[1] as Buffer,
      x[2] as Buffer,
      bias,
      mask,
      rng,
      emit.buffer(plan.forwardScratch, "packing"),
      rows,
      steps,
      sizes.inputs,
      units,
      plan.block,
      ...recurrentSettings(attributes),
      r.code,
      r.parameter,
      attributes.dropout,
      attributes.recurrentDropout,
      attributes.stream,
      0,
    );
    return attributes.training ? [y, saved] : [y];
  },
  backward(emit, { attributes, inputs, x, y, dy, wants, into }) {
    const sizes = recurrentSizes(inputs);
    const plan = recurrentPlan(sizes, cell);
    const { units } = sizes;
    const { mask, rng, biasAt } = recurrentInputs(attributes, x);
    const { recurrentActivation: r } = attributes;
    const weights = wants(1) || wants(2) || (biasAt !== undefined && wants(biasAt));
    const partials = weights ? emit.buffer(plan.partial * plan.groups, "d weights") : nothing;
    const dx = wants(0) ? into(0) : nothing;
    emit.call(
      "lstm_grad_f32",
      dx,
      partials,
      dy[0] as Buffer,
      y[1] as Buffer,
      x[0] as Buffer,
      x[1] as Buffer,
      x[2] as Buffer,
      mask,
      rng,
      emit.buffer(plan.backwardScratch, "packing"),
      sizes.rows,
      sizes.steps,
      sizes.inputs,
      units,
      plan.block,
      plan.group,
      plan.chunk,
      ...recurrentSettings(attributes),
      r.code,
      r.parameter,
      attributes.dropout,
      attributes.recurrentDropout,
      attributes.stream,
      0,
    );
    const sum = (input: number, from: number, lines: number): Buffer | undefined => {
      if (!wants(input)) return undefined;
      const d = into(input);
      const start = part(partials, from * plan.line, partials.bytes / 4 - from * plan.line);
      emit.call("recurrent_sum_f32", d, start, lines, 4, 3, units, plan.line, plan.groups, plan.partial);
      return d;
    };
    return inputs.map((_, i) => {
      if (i === 0) return wants(0) ? dx : undefined;
      if (i === 1) return sum(1, 0, sizes.inputs);
      if (i === 2) return sum(2, plan.stateLine, units);
      return i === biasAt ? sum(i, plan.biasLine, 1) : undefined;
    });
  },
  flops: ([x, kernel, recurrent]) => {
    const [rows, steps, inputs] = x as [number, number, number];
    return 2 * rows * steps * (inputs + ((recurrent as Shape)[0] as number)) * ((kernel as Shape)[1] as number);
  },
};

/** The states of an LSTM: [batch, units] or, of all steps, [batch, steps, units]. */
export function lstm(tensors: RecurrentTensors, options: RecurrentOptions & Gates): Tensor {
  const { inputs, attributes } = recurrentNode(tensors, options);
  return apply(lstmOp, attributes, inputs)[0] as Tensor;
}
