// How a kernel call is divided among threads: one of its counts (rows, or elements) is cut into runs, and each thread calls the kernel
// for its own. Every output is computed by one thread, in the order in which a single thread would, so the bits are the same for any
// number of threads. Calls that are not in here are made by the first thread alone.
import type { KernelName } from "../wasm/abi.ts";
import { cells, pad, type RecurrentCell } from "./recurrent.ts";

/** An argument of the call, by its place. */
type Arg = (i: number) => number;

export interface Share {
  /** Which argument is the count. */
  readonly count: number;
  /** Runs start at multiples of this. */
  readonly grain: number | ((arg: Arg) => number);
  /** How many f32 a pointer (by argument) moves on for one unit of the count. */
  readonly moves: Readonly<Record<number, (arg: Arg) => number>>;
  /** Pointers that move on, by one f32 a unit, through rows that each thread crosses: all of the buffer may be read. */
  readonly strided?: readonly number[];
  /** The argument to which the start of the run is added. */
  readonly first?: number;
}

const one = (): number => 1;
const size =
  (i: number) =>
  (arg: Arg): number =>
    arg(i);
const picture = (arg: Arg): number => arg(4) * arg(5) * arg(6);

/** `pointers` buffers of n elements, then n. A run is whole cache lines. */
function elements(pointers: number, first?: number): Share {
  const moves = Object.fromEntries(Array.from({ length: pointers }, (_, i) => [i, one]));
  return { count: pointers, grain: 16, moves, ...(first !== undefined && { first }) };
}

/** Rows: for each pointer, what it moves on for one row. */
function rows(...moves: readonly ((arg: Arg) => number)[]): Share {
  return { count: moves.length, grain: 1, moves: Object.fromEntries(moves.map((move, i) => [i, move])) };
}

const cellOf = (code: number): RecurrentCell => Object.values(cells).find((cell) => cell.code === code) ?? cells.lstm;

/** Rows, steps, inputs, units, the cell and the rows of a block follow the pointers. */
const recurrent: Share = {
  count: 9,
  grain: size(14),
  first: 24,
  moves: {
    0: (arg) => (arg(15) === 0 ? 1 : arg(10)) * arg(12),
    1: (arg) => arg(10) * cellOf(arg(13)).saves * pad(arg(12)),
    2: (arg) => arg(10) * arg(11),
    6: size(10),
  },
};

/** Runs are groups, for each of which there is a sum. */
const recurrentGradient: Share = {
  count: 10,
  grain: size(16),
  first: 27,
  moves: {
    0: (arg) => arg(11) * arg(12),
    1: (arg) => ((pad(arg(12)) + pad(arg(13)) + 1) * cellOf(arg(14)).products * pad(arg(13))) / arg(16),
    2: (arg) => (arg(18) === 0 ? 1 : arg(11)) * arg(13),
    3: (arg) => arg(11) * cellOf(arg(14)).saves * pad(arg(13)),
    4: (arg) => arg(11) * arg(12),
    7: size(11),
  },
};

// With 3 pointers the columns are argument 4, with 4 they are argument 5.
const [c3, c4, c5] = [size(3), size(4), size(5)];
const lossOf = rows(one, c4, c4);
const lossGradient = rows(c5, one, c5, c5);
const sparseGradient = rows(c5, one, c5, one);
const fused = rows(one, c5, c5, c5);
const gather = { count: 3, grain: 1, moves: { 0: c4, 2: one } };

const sequence = (arg: (i: number) => number): number => arg(4) * arg(5);

export const shares: Partial<Record<KernelName, Share>> = {
  relu_f32: elements(2),
  relu_grad_f32: elements(3),
  leaky_relu_f32: elements(2),
  leaky_relu_grad_f32: elements(3),
  elu_f32: elements(2),
  elu_grad_f32: elements(3),
  gelu_f32: elements(2),
  gelu_grad_f32: elements(3),
  sigmoid_f32: elements(2),
  sigmoid_grad_f32: elements(3),
  hard_sigmoid_f32: elements(2),
  hard_sigmoid_grad_f32: elements(3),
  tanh_f32: elements(2),
  tanh_grad_f32: elements(3),
  softplus_f32: elements(2),
  softplus_grad_f32: elements(3),
  swish_f32: elements(2),
  swish_grad_f32: elements(3),
  add_f32: elements(3),
  multiply_f32: elements(3),
  scale_f32: elements(2),
  copy_f32: elements(2),
  fill_f32: elements(1),
  dropout_f32: elements(2, 6),
  dropout_grad_f32: elements(2, 6),
  noise_f32: elements(2, 6),
  sgd_f32: elements(3),
  rmsprop_f32: elements(4),
  adam_f32: elements(4),
  softmax_f32: rows(c3, c3),
  softmax_grad_f32: rows(c4, c4, c4),
  mse_f32: lossOf,
  mae_f32: lossOf,
  huber_f32: lossOf,
  bce_f32: lossOf,
  cce_f32: lossOf,
  scce_f32: rows(one, c4, one),
  mse_grad_f32: lossGradient,
  mae_grad_f32: lossGradient,
  huber_grad_f32: lossGradient,
  bce_grad_f32: lossGradient,
  cce_grad_f32: lossGradient,
  bce_logits_grad_f32: lossGradient,
  softmax_cce_grad_f32: lossGradient,
  scce_grad_f32: sparseGradient,
  softmax_scce_grad_f32: sparseGradient,
  bce_logits_f32: fused,
  softmax_cce_f32: fused,
  softmax_scce_f32: rows(one, c5, c5, one),
  count_correct_f32: rows(one, c4, one),
  count_correct_dense_f32: lossOf,
  count_correct_binary_f32: lossOf,
  gather_u8_f32: gather,
  gather_i32_f32: gather,
  gather_f32: gather,
  gather_i32: gather,
  warp_f32: { count: 3, grain: 1, moves: { 0: picture, 1: picture, 2: () => 6 } },
  cutout_f32: { count: 3, grain: 1, moves: { 0: picture, 1: picture, 2: () => 4 } },
  copy_columns_f32: { count: 2, grain: 1, moves: { 0: size(4), 1: size(5) } },
  mean_steps_f32: { count: 3, grain: 1, moves: { 0: c5, 1: sequence, 2: c4 } },
  mean_steps_grad_f32: { count: 3, grain: 1, moves: { 0: sequence, 1: c5, 2: c4 } },
  max_steps_f32: { count: 3, grain: 1, moves: { 0: c5, 1: c5, 2: sequence } },
  max_steps_grad_f32: { count: 3, grain: 1, moves: { 0: sequence, 1: c5, 2: c5 } },
  reverse_steps_f32: { count: 2, grain: 1, moves: { 0: (arg) => arg(3) * arg(4), 1: (arg) => arg(3) * arg(4) } },
  gemm_nn_f32: { count: 5, grain: 1, moves: { 0: size(6), 1: size(7) } },
  gemm_nt_f32: { count: 4, grain: 1, moves: { 0: size(5), 1: size(6) } },
  gemm_tn_f32: { count: 4, grain: 1, moves: { 0: size(5) }, strided: [1] },
  column_sum_f32: { count: 3, grain: 16, moves: { 0: one }, strided: [1] },
  non_zero_f32: elements(2),
  embedding_f32: { count: 3, grain: 1, moves: { 0: c4, 2: one } },
  // By columns: each thread adds up all positions, so that no row of a frequent word is one thread's alone.
  embedding_grad_f32: { count: 4, grain: 16, moves: {}, strided: [0, 1] },
  recurrent_f32: recurrent,
  recurrent_grad_f32: recurrentGradient,
};

/** Pointers that a kernel writes through; the first one where a kernel is not named. */
const written: Partial<Record<KernelName, readonly number[]>> = {
  sgd_f32: [0, 2],
  rmsprop_f32: [0, 2, 3],
  adam_f32: [0, 2, 3],
  bce_logits_f32: [0, 1],
  softmax_cce_f32: [0, 1],
  softmax_scce_f32: [0, 1],
  penalty_f32: [0, 1],
  max_steps_f32: [0, 1],
  recurrent_f32: [0, 1],
  recurrent_grad_f32: [0, 1],
};

/** Pointers to memory that a call may use as it likes and leaves as it likes: each thread has its own. */
const scratch: Partial<Record<KernelName, number>> = {
  gemm_nn_f32: 4,
  gemm_nt_f32: 3,
  gemm_tn_f32: 3,
  recurrent_f32: 8,
  recurrent_grad_f32: 9,
};

export const writes = (kernel: KernelName, argument: number): boolean => (written[kernel] ?? [0]).includes(argument);

export const isScratch = (kernel: KernelName, argument: number): boolean => scratch[kernel] === argument;
