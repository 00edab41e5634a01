// Recurrent layers over whole sequences, in Keras's conventions: kernel [inputs, gates · units], recurrent kernel [units, gates · units], gates
// i, f, c, o of an LSTM and z, r, h of a GRU, whose bias is [2, 3 units] where it resets the state after the product.
import { PipelineError } from "../../errors.ts";
import { type Buffer, nothing, part } from "../emit.ts";
import { cells, type RecurrentSizes, recurrentPlan } from "../recurrent.ts";
import { apply, type Op, type Shape, type Tensor } from "../tensor.ts";

/** A function by its activation's `code` (see `activations`). */
export interface Fused {
  readonly code: number;
  readonly parameter: number;
}

export interface RecurrentOptions {
  readonly cell: keyof typeof cells;
  readonly activation: Fused;
  /** Of the gates, where the cell has any. */
  readonly recurrentActivation: Fused;
  /** What comes out: the last state, all states, or all with zeros at masked steps. */
  readonly sequences: "last" | "all" | "allButMasked";
  /** Whether the steps are taken from the last to the first. */
  readonly backwards: boolean;
  /** Without it nothing is saved, there is no gradient, and nothing is dropped. */
  readonly training: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly stream: number;
}

export interface RecurrentAttributes extends RecurrentOptions {
  /** Which inputs follow x, kernel and recurrent kernel; in this order. */
  readonly has: { readonly bias: boolean; readonly mask: boolean; readonly rng: boolean };
}

export interface RecurrentTensors {
  /** [batch, steps, inputs] */
  readonly x: Tensor;
  readonly kernel: Tensor;
  readonly recurrentKernel: Tensor;
  readonly bias: Tensor | undefined;
  /** [batch, steps]: 0 where the step is padding. */
  readonly mask: Tensor | undefined;
  /** The {seed, step} words of the generator, for dropout. */
  readonly rng: Tensor;
}

const BIAS = 3;

function sizesOf([x, , recurrent]: readonly Shape[]): RecurrentSizes {
  const [rows, steps, inputs] = x as [number, number, number];
  return { rows, steps, inputs, units: (recurrent as Shape)[0] as number };
}

const sizesIn = (inputs: readonly Tensor[]): RecurrentSizes => sizesOf(inputs.map((t) => t.shape));

/** The buffers behind x and the two kernels; null pointers for those that are not there. */
function rest({ has }: RecurrentAttributes, x: readonly Buffer[]): { bias: Buffer; mask: Buffer; rng: Buffer } {
  let next = BIAS;
  const take = (there: boolean): Buffer => (there ? (x[next++] as Buffer) : nothing);
  return { bias: take(has.bias), mask: take(has.mask), rng: take(has.rng) };
}

const sequenceCodes = { last: 0, all: 1, allButMasked: 2 } as const;

type Settings = [sequences: number, backwards: number, act: number, slope: number, recurrentAct: number, recurrentSlope: number];

/** The kernels' arguments from `sequences` to `recurrentSlope`. */
function settings({ sequences, backwards, activation: a, recurrentActivation: r }: RecurrentAttributes): Settings {
  return [sequenceCodes[sequences], backwards ? 1 : 0, a.code, a.parameter, r.code, r.parameter];
}

export const recurrentOp: Op<RecurrentAttributes> = {
  kind: "recurrent",
  shapes(shapes, { cell, sequences, training }) {
    const [x, kernel, recurrent] = shapes as [Shape, Shape, Shape];
    const sizes = sizesOf(shapes);
    const { rows, steps, units } = sizes;
    const width = cells[cell].gates * units;
    if (x.length !== 3 || kernel[0] !== x[2] || kernel[1] !== width || recurrent[1] !== width)
      throw new PipelineError("shape", cell, `weights [${kernel}] and [${recurrent}] do not fit input [${x}]`);
    const y = sequences === "last" ? [rows, units] : [rows, steps, units];
    // The second output is what the way back needs.
    return training ? [y, [recurrentPlan(sizes, cells[cell]).saved]] : [y];
  },
  forward(emit, { attributes, inputs: tensors, x }) {
    const { rows, steps, inputs, units } = sizesIn(tensors);
    const cell = cells[attributes.cell];
    const plan = recurrentPlan({ rows, steps, inputs, units }, cell);
    const y = emit.buffer(rows * (attributes.sequences === "last" ? 1 : steps) * units);
    const saved = attributes.training ? emit.buffer(plan.saved, "states") : nothing;
    const scratch = emit.buffer(plan.forwardScratch, "packing");
    const [from, kernel, recurrent] = x as [Buffer, Buffer, Buffer];
    const { bias, mask, rng } = rest(attributes, x);
    const { dropout, recurrentDropout, stream } = attributes;
    emit.call(
      "recurrent_f32",
      ...([y, saved, from, kernel, recurrent, bias, mask, rng, scratch] as const),
      ...([rows, steps, inputs, units, cell.code, plan.block] as const),
      ...settings(attributes),
      ...([dropout, recurrentDropout, stream, 0] as const),
    );
    return attributes.training ? [y, saved] : [y];
  },
  backward(emit, { attributes, inputs: tensors, x, y, dy, wants, into }) {
    const { rows, steps, inputs, units } = sizesIn(tensors);
    const cell = cells[attributes.cell];
    const plan = recurrentPlan({ rows, steps, inputs, units }, cell);
    const [from, kernel, recurrent] = x as [Buffer, Buffer, Buffer];
    const { mask, rng } = rest(attributes, x);
    const { dropout, recurrentDropout, stream, has } = attributes;
    const wanted = wants(1) || wants(2) || (has.bias && wants(BIAS));
    const partials = wanted ? emit.buffer(plan.partial * plan.groups, "d weights") : nothing;
    const dx = wants(0) ? into(0) : undefined;
    const scratch = emit.buffer(plan.backwardScratch, "packing");
    emit.call(
      "recurrent_grad_f32",
      ...([dx ?? nothing, partials, dy[0] as Buffer, y[1] as Buffer, from, kernel, recurrent, mask, rng, scratch] as const),
      ...([rows, steps, inputs, units, cell.code, plan.block, plan.group, plan.chunk] as const),
      ...settings(attributes),
      ...([dropout, recurrentDropout, stream, 0] as const),
    );
    /** Lines of the groups' sums, added up; `last` is the plane of the last gate. */
    const sum = (to: Buffer, line: number, lines: number, last: number): void => {
      const start = part(partials, line * plan.line, plan.partial * plan.groups - line * plan.line);
      emit.call("recurrent_sum_f32", to, start, lines, cell.gates, last, units, plan.line, plan.groups, plan.partial);
    };
    const [own, shared] = [cell.gates - 1, cell.products - 1];
    const gradients: (Buffer | undefined)[] = tensors.map((_, i) =>
      i > 0 && i <= BIAS && (i < BIAS || has.bias) && wants(i) ? into(i) : undefined,
    );
    const [, dKernel, dRecurrent, dBias] = gradients;
    if (dKernel !== undefined) sum(dKernel, 0, inputs, own);
    if (dRecurrent !== undefined) sum(dRecurrent, plan.stateLine, units, shared);
    if (dBias !== undefined) {
      const width = cell.gates * units;
      sum(part(dBias, 0, width), plan.biasLine, 1, own);
      if (shared !== own) sum(part(dBias, width, width), plan.biasLine, 1, shared);
    }
    gradients[0] = dx;
    return gradients;
  },
  flops([x, kernel, recurrent]) {
    const [rows, steps, inputs] = x as [number, number, number];
    return 2 * rows * steps * (inputs + ((recurrent as Shape)[0] as number)) * ((kernel as Shape)[1] as number);
  },
};

/** The states: the last one [batch, units] or, of all steps, [batch, steps, units]. */
export function recurrent({ x, kernel, recurrentKernel, bias, mask, rng }: RecurrentTensors, options: RecurrentOptions): Tensor {
  // Dropout without effect takes no random numbers.
  const drops = options.training && options.dropout + options.recurrentDropout > 0;
  const more = [bias, mask, drops ? rng : undefined].filter((t) => t !== undefined);
  const attributes = {
    ...options,
    ...(!drops && { dropout: 0, recurrentDropout: 0 }),
    has: { bias: bias !== undefined, mask: mask !== undefined, rng: drops },
  };
  return apply(recurrentOp, attributes, [x, kernel, recurrentKernel, ...more])[0] as Tensor;
}
