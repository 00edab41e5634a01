// What the ops of the recurrent layers share: their inputs, their settings, the shapes of what they give.
import { type Buffer, nothing } from "../emit.ts";
import { type RecurrentCell, type RecurrentSizes, recurrentPlan } from "../recurrent.ts";
import type { Shape, Tensor } from "../tensor.ts";

/** A function of an activation's `code` (see `activations`). */
export interface Fused {
  readonly code: number;
  readonly parameter: number;
}

export interface RecurrentAttributes {
  readonly activation: Fused;
  /** What comes out: the last state, all states, or all with zeros at masked steps. */
  readonly sequences: "last" | "all" | "allButMasked";
  /** Whether the steps are taken from the last to the first. */
  readonly backwards: boolean;
  /** Without it nothing is saved, there is no gradient, and nothing is dropped. */
  readonly training: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly stream: number;
  /** Which inputs follow x, kernel and recurrent kernel; in this order. */
  readonly has: { readonly bias: boolean; readonly mask: boolean; readonly rng: boolean };
}

export interface RecurrentTensors {
  /** [batch, steps, inputs] */
  readonly x: Tensor;
  readonly kernel: Tensor;
  readonly recurrentKernel: Tensor;
  readonly bias?: Tensor | undefined;
  /** [batch, steps]: 0 where the step is padding. */
  readonly mask?: Tensor | undefined;
  /** The {seed, step} words of the generator, for dropout. */
  readonly rng: Tensor;
}

export type RecurrentOptions = Omit<RecurrentAttributes, "has">;

/** The op's inputs and attributes. Dropout without effect takes no random numbers. */
export function recurrentNode<O extends RecurrentOptions>(
  { x, kernel, recurrentKernel, bias, mask, rng }: RecurrentTensors,
  options: O,
): { inputs: Tensor[]; attributes: O & RecurrentAttributes } {
  const drops = options.training && options.dropout + options.recurrentDropout > 0;
  const more = [bias, mask, drops ? rng : undefined];
  return {
    inputs: [x, kernel, recurrentKernel, ...more.filter((t) => t !== undefined)],
    attributes: {
      ...options,
      ...(!drops && { dropout: 0, recurrentDropout: 0 }),
      has: { bias: bias !== undefined, mask: mask !== undefined, rng: drops },
    },
  };
}

export function recurrentInputs(
  { has }: RecurrentAttributes,
  x: readonly Buffer[],
): { bias: Buffer; mask: Buffer; rng: Buffer; biasAt: number | undefined } {
  let next = 3;
  const take = (there: boolean): Buffer => (there ? (x[next++] as Buffer) : nothing);
  return { bias: take(has.bias), mask: take(has.mask), rng: take(has.rng), biasAt: has.bias ? 3 : undefined };
}

export function recurrentSizes([x, , recurrent]: readonly Tensor[]): RecurrentSizes {
  const [rows, steps, inputs] = (x as Tensor).shape as [number, number, number];
  return { rows, steps, inputs, units: (recurrent as Tensor).shape[0] as number };
}

/** The states, and, while training, what the way back needs. */
export function recurrentOutputs(
  [x, , recurrent]: readonly Shape[],
  { sequences, training }: RecurrentAttributes,
  cell: RecurrentCell,
): Shape[] {
  const [rows, steps, inputs] = x as [number, number, number];
  const units = (recurrent as Shape)[0] as number;
  const y = sequences === "last" ? [rows, units] : [rows, steps, units];
  return training ? [y, [recurrentPlan({ rows, steps, inputs, units }, cell).saved]] : [y];
}

const sequenceCodes = { last: 0, all: 1, allButMasked: 2 } as const;

/** The kernels' arguments from `sequences` to `slope`. */
export function recurrentSettings({
  sequences,
  backwards,
  activation,
}: RecurrentAttributes): [sequences: number, backwards: number, activation: number, slope: number] {
  return [sequenceCodes[sequences], backwards ? 1 : 0, activation.code, activation.parameter];
}
