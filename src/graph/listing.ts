// A program as rows to read: what each kernel call works on, how much of it, and where it lies.
import { type KernelName, kernelTable } from "../wasm/abi.ts";
import type { Buffer, Call } from "./emit.ts";
import type { Program } from "./program.ts";
import { cells } from "./recurrent.ts";
import { isScratch } from "./shares.ts";

export interface ListedBuffer {
  readonly label: string;
  readonly address: number;
  readonly bytes: number;
}

export interface ListedCall {
  /** The op or stage that asked for the call. */
  readonly by: string;
  readonly kernel: KernelName;
  /** The sizes that it loops over: m, n and k of a product, or rows and columns, or elements. */
  readonly sizes: readonly number[];
  /** 2·m·n·k for a product, and those of its products for a recurrent layer; one for each element otherwise. */
  readonly flops: number;
  /** Of all buffers that it reads or writes. */
  readonly bytes: number;
  /** In the order of the kernel's arguments: the output first. */
  readonly buffers: readonly ListedBuffer[];
}

/** Kernels whose integers are not all sizes: how many of them are. */
const sizesOf: Partial<Record<KernelName, number>> = {
  gemm_nn_f32: 3,
  gemm_nt_f32: 3,
  gemm_tn_f32: 3,
  column_sum_f32: 2,
  copy_columns_f32: 2,
  embedding_f32: 2,
  embedding_grad_f32: 2,
  recurrent_f32: 4,
  recurrent_grad_f32: 4,
  recurrent_sum_f32: 1,
};

/** Of the weights of a recurrent layer: the inputs' and the state's, by its sizes rows, steps, inputs and units. */
const recurrentFlops: Partial<Record<KernelName, number>> = { recurrent_f32: 2, recurrent_grad_f32: 4 };

export function listing(program: Program): ListedCall[] {
  return program.calls.map((call) => {
    const sizes = sizesIn(call);
    const buffers = buffersIn(call).map((buffer) => ({ label: buffer.label, address: program.addressOf(buffer), bytes: buffer.bytes }));
    const distinct = new Map(buffers.map((buffer) => [buffer.address, buffer.bytes]));
    return {
      by: call.by,
      kernel: call.kernel,
      sizes,
      flops: flopsOf(call, sizes),
      bytes: [...distinct.values()].reduce((sum, n) => sum + n, 0),
      buffers,
    };
  });
}

function flopsOf({ kernel, args }: Call, sizes: readonly number[]): number {
  const each = recurrentFlops[kernel];
  if (each === undefined) return sizes.reduce((product, n) => product * n, kernel.startsWith("gemm_") ? 2 : 1);
  const [rows, steps, inputs, units] = sizes as [number, number, number, number];
  // The cell's code follows the sizes.
  const code = args[kernelTable[kernel].args.indexOf("i") + sizes.length];
  const gates = Object.values(cells).find((cell) => cell.code === code)?.gates ?? 1;
  return each * rows * steps * (inputs + units) * gates * units;
}

/** The first integers that stand together among the arguments. */
function sizesIn({ kernel, args }: Call): number[] {
  const letters = kernelTable[kernel].args;
  const start = letters.indexOf("i");
  const end = start + (/^i*/.exec(letters.slice(start))?.[0].length ?? 0);
  return args.slice(start, Math.min(end, start + (sizesOf[kernel] ?? end))) as number[];
}

function buffersIn({ kernel, args }: Call): Buffer[] {
  return args.filter((arg, i): arg is Buffer => typeof arg === "object" && arg.address !== 0 && !isScratch(kernel, i));
}
