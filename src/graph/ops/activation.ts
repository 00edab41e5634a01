// Elementwise activations: one line a function. `from` says what its gradient is computed from, the output or the input; `code` is its
// number in the matrix product's fused epilogue, for those whose gradient needs the output only.

import type { Buffer, Emit } from "../emit.ts";
import { apply1, elements, type Op, type Tensor } from "../tensor.ts";

type Unary = "gelu" | "softplus" | "swish" | "relu" | "sigmoid" | "tanh" | "hard_sigmoid";
type Parametric = "leaky_relu" | "elu";

interface Fn {
  readonly kernel: Unary | Parametric;
  readonly from: "x" | "y";
  readonly code?: number;
  /** Keras's default of its parameter: leaky relu's slope, elu's alpha. */
  readonly parameter?: number;
}

export const activations = {
  relu: { kernel: "relu", from: "y", code: 1 },
  leakyRelu: { kernel: "leaky_relu", from: "y", code: 2, parameter: 0.2 },
  elu: { kernel: "elu", from: "y", code: 3, parameter: 1 },
  sigmoid: { kernel: "sigmoid", from: "y", code: 4 },
  tanh: { kernel: "tanh", from: "y", code: 5 },
  hardSigmoid: { kernel: "hard_sigmoid", from: "y", code: 6 },
  gelu: { kernel: "gelu", from: "x" },
  softplus: { kernel: "softplus", from: "x" },
  swish: { kernel: "swish", from: "x" },
} as const satisfies Record<string, Fn>;

export type Elementwise = keyof typeof activations;

export interface ActivationAttributes {
  readonly fn: Elementwise;
  readonly parameter: number;
}

export const activationOp: Op<ActivationAttributes> = {
  kind: "activation",
  shapes: ([x]) => [x as readonly number[]],
  forward(emit, { attributes, x, outputs: [out] }) {
    const n = elements((out as Tensor).shape);
    const y = emit.buffer(n);
    const fn: Fn = activations[attributes.fn];
    if (fn.kernel === "leaky_relu" || fn.kernel === "elu") emit.call(`${fn.kernel}_f32`, y, x[0] as Buffer, n, attributes.parameter);
    else emit.call(`${fn.kernel}_f32`, y, x[0] as Buffer, n);
    return [y];
  },
  backward(emit, { attributes, x, y, dy, into, outputs: [out] }) {
    const saved = activations[attributes.fn].from === "y" ? y[0] : x[0];
    const dx = into(0);
    activationGradient(emit, attributes, dx, dy[0] as Buffer, saved as Buffer, elements((out as Tensor).shape));
    return [dx];
  },
};

/** dx from dy; `saved` is the output or the input, as the function's `from` says. */
export function activationGradient(
  emit: Emit,
  { fn, parameter }: ActivationAttributes,
  dx: Buffer,
  dy: Buffer,
  saved: Buffer,
  n: number,
): void {
  const { kernel }: Fn = activations[fn];
  if (kernel === "leaky_relu" || kernel === "elu") emit.call(`${kernel}_grad_f32`, dx, dy, saved, n, parameter);
  else emit.call(`${kernel}_grad_f32`, dx, dy, saved, n);
}

export function activation(x: Tensor, fn: Elementwise, parameter?: number): Tensor {
  const settings: Fn = activations[fn];
  return apply1(activationOp, { fn, parameter: parameter ?? settings.parameter ?? 0 }, x);
}
