// The activations and softmax against PyTorch, forward and gradient, on every executor.
import { describe, expect, test } from "vitest";
import type { Executor, KernelName } from "../../src/wasm/abi.ts";
import { expectNear } from "../support/close.ts";
import { golden } from "../support/golden.ts";
import { executors, place, readF32 } from "../support/kernels.ts";

interface Tensor {
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  readonly id: string;
  readonly op: string;
  readonly inputs: { readonly x: Tensor };
  readonly outputs: { readonly y: Tensor };
  readonly dy: { readonly y: Tensor };
  readonly grads: { readonly x: Tensor };
  readonly noise: number;
  readonly gradNoise: number;
}

/** Our kernel for an operation of the file: its name, whether its gradient reads the input or the output, its parameters. */
const kernels: Readonly<Record<string, readonly [name: string, gradReads: "x" | "y", ...params: number[]]>> = {
  relu: ["relu", "y"],
  leakyRelu_0_01: ["leaky_relu", "y", 0.01],
  leakyRelu_0_2: ["leaky_relu", "y", 0.2],
  leakyRelu_0_3: ["leaky_relu", "y", 0.3],
  elu_1: ["elu", "y", 1],
  elu_0_5: ["elu", "y", 0.5],
  gelu_erf: ["gelu", "x"],
  softplus: ["softplus", "x"],
  silu_swish: ["swish", "x"],
  sigmoid: ["sigmoid", "y"],
  hardSigmoid_torch_keras3: ["hard_sigmoid", "y"],
  tanh: ["tanh", "y"],
  softmax: ["softmax", "y"],
};

const cases = golden<Case>("activations")?.filter(({ op }) => op in kernels) ?? [];

function run(executor: Executor, { op, inputs, dy }: Case): { y: Float32Array; dx: Float32Array } {
  const [name, gradReads, ...params] = kernels[op] as readonly [string, "x" | "y", ...number[]];
  const x = Float32Array.from(inputs.x.data);
  const cols = inputs.x.shape.at(-1) as number;
  const sizes = name === "softmax" ? [x.length / cols, cols] : [x.length];
  const buffers = [x, new Float32Array(x.length), Float32Array.from(dy.y.data), new Float32Array(x.length)];
  const [xAt, yAt, dyAt, dxAt] = place(executor, buffers) as [number, number, number, number];
  const call = executor.call as (kernel: KernelName, ...args: number[]) => void;
  call(`${name}_f32` as KernelName, yAt, xAt, ...sizes, ...params);
  call(`${name}_grad_f32` as KernelName, dxAt, dyAt, gradReads === "x" ? xAt : yAt, ...sizes, ...params);
  return { y: readF32(executor, yAt, x.length), dx: readF32(executor, dxAt, x.length) };
}

describe.skipIf(cases.length === 0)("PyTorch's activations (../shared/golden)", async () => {
  test("every activation that has kernels is in the file", () => {
    expect(new Set(cases.map(({ op }) => op)).size).toBe(Object.keys(kernels).length);
  });

  for (const { name, executor } of await executors()) {
    test.each(cases)(`${name}: $id`, (example) => {
      const { y, dx } = run(executor, example);
      expectNear(y, example.outputs.y.data, Math.max(1e-6, 8 * example.noise), "y");
      expectNear(dx, example.grads.x.data, Math.max(1e-6, 8 * example.gradNoise), "dx");
    });
  }
});
