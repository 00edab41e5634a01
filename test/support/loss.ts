// Runs a loss kernel and its gradient on given rows, for tests against goldens and hand-worked numbers.
import type { Executor, KernelName } from "../../src/wasm/abi.ts";
import { type Buffer, place, readF32 } from "./kernels.ts";

export type LossKernel = "mse" | "mae" | "huber" | "bce" | "bce_logits" | "cce" | "scce" | "softmax_cce" | "softmax_scce";

export interface LossRun {
  readonly kernel: LossKernel;
  readonly pred: readonly number[];
  /** Class numbers for the sparse losses, else as many values as `pred` has. */
  readonly target: readonly number[];
  readonly rows: number;
  readonly params?: readonly number[];
  /** The gradient at each row's loss. */
  readonly dloss: readonly number[];
}

export function runLoss(
  executor: Executor,
  { kernel, pred, target, rows, params = [], dloss }: LossRun,
): { loss: number[]; dpred: number[] } {
  const sparse = kernel === "scce" || kernel === "softmax_scce";
  const fused = kernel === "bce_logits" || kernel === "softmax_cce" || kernel === "softmax_scce";
  const n = pred.length;
  const buffers: Buffer[] = [
    new Float32Array(rows),
    new Float32Array(n),
    Float32Array.from(pred),
    sparse ? Int32Array.from(target) : Float32Array.from(target),
    new Float32Array(n),
    Float32Array.from(dloss),
  ];
  const [loss, prob, input, expected, dpred, d] = place(executor, buffers) as [number, number, number, number, number, number];
  const call = executor.call as (kernel: KernelName, ...args: number[]) => void;
  const scalars = [rows, n / rows, ...params.map(Math.fround)];
  call(`${kernel}_f32` as KernelName, loss, ...(fused ? [prob] : []), input, expected, ...scalars);
  call(`${kernel}_grad_f32` as KernelName, dpred, d, fused ? prob : input, expected, ...scalars);
  return { loss: Array.from(readF32(executor, loss, rows)), dpred: Array.from(readF32(executor, dpred, n)) };
}
