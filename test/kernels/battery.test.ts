/// <reference types="vite/types/importMeta.d.ts" />
// Runs every `*.spec.ts` of this folder on every executor: all the lengths that make tails, rows that start anywhere, guards around
// every buffer, overwriting where it is allowed, NaN and infinities, and each gradient against finite differences of the float64
// reference. A kernel is tested by adding its specification; nothing here knows one by name.
import { describe, expect, test } from "vitest";
import { random } from "../../src/random.ts";
import type { Executor, KernelName } from "../../src/wasm/abi.ts";
import { expectClose } from "../support/close.ts";
import { executors, place, readF32, untouched } from "../support/kernels.ts";
import { drawInputs, type Grad, type KernelSpec, lengthOf, type Sizes, sizesOf, toBuffer, type Values } from "../support/spec.ts";

const modules = import.meta.glob<{ default: KernelSpec | readonly KernelSpec[] }>("./*.spec.ts", { eager: true });
const specs = Object.values(modules).flatMap((module) => module.default);

const LENGTHS = [1, 2, 3, 5, 7, 8, 9, 13, 31, 127];
const SPECIAL = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1e-40, -1e-40, 1e30, -1e30];

function sizesFor(spec: KernelSpec): Sizes[] {
  return LENGTHS.map((cols) => ({ rows: spec.sizes === "n" ? 1 : 3, cols }));
}

interface Call {
  readonly kernel: KernelName;
  readonly outputs: readonly { readonly name: string; readonly length: number }[];
  readonly inputs: readonly { readonly name: string; readonly values: readonly number[]; readonly type: "f32" | "i32" }[];
  readonly scalars: readonly number[];
}

/** Calls the kernel on freshly placed buffers and returns its outputs; fails if it wrote anywhere else. */
function invoke(executor: Executor, call: Call, { shift = 0, over }: { shift?: number; over?: readonly [string, string] } = {}): Values {
  const outputs = call.outputs.filter(({ name }) => name !== over?.[0]);
  const before = call.inputs.map(({ values, type }) => toBuffer(values, type));
  const buffers = [...outputs.map(({ length }) => new Float32Array(length).fill(Number.NaN)), ...before];
  const addresses = place(executor, buffers, shift);
  const inputAt = (name: string): number => addresses[outputs.length + call.inputs.findIndex((input) => input.name === name)] as number;
  const outputAt = (name: string): number =>
    over?.[0] === name ? inputAt(over[1]) : (addresses[outputs.findIndex((output) => output.name === name)] as number);
  const pointers = [...call.outputs.map(({ name }) => outputAt(name)), ...call.inputs.map(({ name }) => inputAt(name))];
  (executor.call as (kernel: KernelName, ...args: number[]) => void)(call.kernel, ...pointers, ...call.scalars);
  buffers.forEach((buffer, i) => {
    if (!untouched(executor, addresses[i] as number, buffer.byteLength)) expect.fail(`${call.kernel} wrote beside buffer ${i}`);
  });
  call.inputs.forEach(({ name }, i) => {
    if (name === over?.[1]) return;
    const buffer = before[i] as Float32Array;
    const address = inputAt(name);
    const now = executor.views.u8.slice(address, address + buffer.byteLength);
    expect(now, `${call.kernel} must not change its input ${name}`).toEqual(new Uint8Array(buffer.buffer));
  });
  return Object.fromEntries(call.outputs.map(({ name, length }) => [name, Array.from(readF32(executor, outputAt(name), length))]));
}

function forward(spec: KernelSpec, inputs: Values, sizes: Sizes, params: readonly number[]): Call {
  return {
    kernel: spec.kernel,
    outputs: Object.entries(spec.outputs).map(([name, shape]) => ({ name, length: lengthOf(shape, sizes) })),
    inputs: Object.entries(spec.inputs).map(([name, { type }]) => ({ name, values: inputs[name] as number[], type })),
    scalars: [...sizesOf(spec, sizes), ...params],
  };
}

function expectOutputs(actual: Values, expected: Values, spec: KernelSpec, what: string): void {
  for (const name of Object.keys(spec.outputs)) {
    expectClose(actual[name] as number[], (expected[name] as number[]).map(Math.fround), spec.tolerance, `${what} ${name}`);
  }
}

/** The gradient of Σ d·output by central differences. */
function differences(
  spec: KernelSpec,
  grad: Grad,
  inputs: Values,
  d: readonly number[],
  sizes: Sizes,
  params: readonly number[],
): number[] {
  const x = inputs[grad.of] as number[];
  const total = (i: number, value: number): number => {
    const moved = { ...inputs, [grad.of]: x.with(i, value) };
    const output = spec.reference(moved, sizes, params)[grad.through] as number[];
    return output.reduce((sum, y, j) => sum + y * (d[j] as number), 0);
  };
  return x.map((v, i) => {
    const h = 1e-5 * Math.max(0.01, Math.abs(v));
    return (total(i, v + h) - total(i, v - h)) / (2 * h);
  });
}

function backward(spec: KernelSpec, grad: Grad, values: Values, d: readonly number[], sizes: Sizes, params: readonly number[]): Call {
  const typeOf = (name: string): "f32" | "i32" => spec.inputs[name]?.type ?? "f32";
  return {
    kernel: grad.kernel,
    outputs: [{ name: `d${grad.of}`, length: sizes.rows * sizes.cols }],
    inputs: [
      { name: `d${grad.through}`, values: d, type: "f32" },
      ...grad.from.map((name) => ({ name, values: values[name] as number[], type: typeOf(name) })),
    ],
    scalars: [...sizesOf(spec, sizes), ...params],
  };
}

test("every specification of the folder is found", () => {
  expect(specs.length).toBeGreaterThan(10);
  expect(new Set(specs.map((spec) => spec.kernel)).size).toBe(specs.length);
});

for (const spec of specs) {
  const paramSets = (spec.params ?? [[]]).map((set) => set.map(Math.fround));
  describe(spec.kernel, async () => {
    for (const { name, executor } of await executors()) {
      test(`${name}: matches its reference at every length, aligned or not, and writes nothing else`, () => {
        for (const sizes of sizesFor(spec)) {
          for (const params of paramSets) {
            const inputs = drawInputs(spec.inputs, sizes);
            const expected = spec.reference(inputs, sizes, params);
            for (const shift of [0, 4, 8]) {
              const what = `${sizes.rows}×${sizes.cols} (${params}) shift ${shift}`;
              expectOutputs(invoke(executor, forward(spec, inputs, sizes, params), { shift }), expected, spec, what);
            }
          }
        }
      });

      test.runIf(spec.inPlace)(`${name}: gives the same bits when it overwrites its input`, () => {
        for (const over of spec.inPlace ?? []) {
          for (const sizes of sizesFor(spec)) {
            const call = forward(spec, drawInputs(spec.inputs, sizes), sizes, paramSets[0] as number[]);
            expect(invoke(executor, call, { over })).toEqual(invoke(executor, call));
          }
        }
      });

      test(`${name}: carries NaN, infinities, zeros, denormals and extremes as its reference does`, () => {
        const sizes = { rows: 3, cols: 5 };
        for (const [input, { type, finite }] of Object.entries(spec.inputs)) {
          if (type !== "f32" || finite) continue;
          for (const value of SPECIAL) {
            for (const at of [5, 8, 9]) {
              const inputs = drawInputs(spec.inputs, sizes);
              const special = { ...inputs, [input]: (inputs[input] as number[]).with(at, Math.fround(value)) };
              const params = paramSets[0] as number[];
              const expected = spec.reference(special, sizes, params);
              const tolerance = { ...spec.tolerance, abs: (spec.tolerance.abs ?? 0) + 2 ** -125 };
              const actual = invoke(executor, forward(spec, special, sizes, params));
              expectOutputs(actual, expected, { ...spec, tolerance }, `${input}[${at}] = ${value}:`);
            }
          }
        }
      });

      const { grad } = spec;
      if (grad === undefined) continue;

      const example = (sizes: Sizes, params: readonly number[]): { values: Values; inputs: Values; d: number[] } => {
        const inputs = drawInputs(spec.inputs, sizes);
        const values = { ...inputs, ...spec.reference(inputs, sizes, params) };
        const source = random(21, 0);
        const length = lengthOf(spec.outputs[grad.through] as "rows", sizes);
        return { values, inputs, d: Array.from({ length }, () => Math.fround(source.normal())) };
      };

      test(`${name}: ${grad.kernel} matches finite differences of the reference`, () => {
        for (const sizes of sizesFor(spec)) {
          for (const params of paramSets) {
            const { values, inputs, d } = example(sizes, params);
            const expected = differences(spec, grad, inputs, d, sizes, params);
            for (const shift of [0, 4]) {
              const actual = invoke(executor, backward(spec, grad, values, d, sizes, params), { shift });
              expectClose(actual[`d${grad.of}`] as number[], expected, grad.tolerance, `${sizes.rows}×${sizes.cols} (${params})`);
            }
          }
        }
      });

      test.runIf(grad.inPlace)(`${name}: ${grad.kernel} gives the same bits when it overwrites`, () => {
        for (const target of grad.inPlace ?? []) {
          for (const sizes of sizesFor(spec)) {
            const params = paramSets[0] as number[];
            const { values, d } = example(sizes, params);
            const call = backward(spec, grad, values, d, sizes, params);
            expect(invoke(executor, call, { over: [`d${grad.of}`, target] })).toEqual(invoke(executor, call));
          }
        }
      });
    }
  });
}
