// What the recurrent kernels share: where a row keeps its steps, and which inputs and states dropout keeps.
import { philox, purpose } from "../random.ts";
import type { Cell } from "./recurrentCells.ts";

export interface Layout {
  readonly rows: number;
  readonly steps: number;
  readonly units: number;
  readonly block: number;
  /** Values saved of each unit at each step. */
  readonly saves: number;
}

export const pad = (n: number): number => Math.ceil(n / 8) * 8;

/** The f32 index of plane 0 of a row's step, and the distance from plane to plane. A block of rows is [steps, planes, rows, units]. */
function savedAt(saved: number, row: number, step: number, layout: Layout): { at: number; plane: number } {
  const { rows, steps, units, block, saves } = layout;
  const start = Math.floor(row / block) * block;
  const count = Math.min(block, rows - start);
  const wide = pad(units);
  return { at: (saved >>> 2) + (start * steps * saves + step * saves * count + row - start) * wide, plane: count * wide };
}

export function storeStep(f32: Float32Array, saved: number, row: number, step: number, layout: Layout, planes: Float64Array): void {
  const { at, plane } = savedAt(saved, row, step, layout);
  const { units, saves } = layout;
  for (let p = 0; p < saves; p++) f32.set(planes.subarray(p * units, (p + 1) * units), at + p * plane);
}

/** Zeros before the first step. */
export function loadStep(f32: Float32Array, saved: number, row: number, step: number, layout: Layout, planes: Float64Array): void {
  planes.fill(0);
  if (step < 0) return;
  const { at, plane } = savedAt(saved, row, step, layout);
  const { units, saves } = layout;
  for (let p = 0; p < saves; p++) planes.set(f32.subarray(at + p * plane, at + p * plane + units), p * units);
}

/** Which of the inputs and states a product goes over: all, but for those of a gate that has a product for each. */
export function rangeOf({ gates, products }: Cell, p: number, inputs: number, depth: number): [from: number, to: number] {
  const split = products > gates;
  return [split && p === gates ? inputs : 0, split && p === gates - 1 ? inputs : depth];
}

/** The bias of every product. Where a gate has two products, there are two biases, and the other gates have their sum. */
export function biasesOf(f32: Float32Array, bias: number, units: number, gates: number, products: number): Float64Array {
  const out = new Float64Array(products * units);
  if (bias === 0) return out;
  const width = gates * units;
  out.set(f32.subarray(bias >>> 2, (bias >>> 2) + width));
  for (let j = 0; j < width && products > gates; j++) {
    const to = j < width - units ? j : j + units;
    out[to] = (out[to] as number) + (f32[(bias >>> 2) + width + j] as number);
  }
  return out;
}

export interface Dropout {
  readonly rate: number;
  readonly recurrentRate: number;
  readonly stream: number;
  readonly rng: number;
}

/** As many masks as there are gates where the state is dropped, else one. */
export const maskSets = ({ recurrentRate }: Dropout, gates: number): number => (recurrentRate > 0 ? gates : 1);

/** The factors of a row's inputs and states, for each mask: `inputs` and then `units` numbers, 0 or 1 / (1 − rate). */
export function drawMasks(u32: Uint32Array, drop: Dropout, sets: number, row: number, inputs: number, units: number): Float64Array {
  const out = new Float64Array(sets * (inputs + units));
  for (let set = 0; set < sets; set++) {
    const at = set * (inputs + units);
    draw(out, at, inputs, drop.rate, purpose.dropout, u32, drop, row * sets + set);
    draw(out, at + inputs, units, drop.recurrentRate, purpose.recurrentDropout, u32, drop, row * sets + set);
  }
  return out;
}

const words = new Uint32Array(4);

function draw(
  out: Float64Array,
  at: number,
  n: number,
  rate: number,
  use: number,
  u32: Uint32Array,
  drop: Dropout,
  position: number,
): void {
  if (rate === 0) {
    out.fill(1, at, at + n);
    return;
  }
  const rng = drop.rng >>> 2;
  const threshold = Math.floor(rate * 2 ** 32);
  const scale = Math.fround(1 / (1 - rate));
  const first = position * Math.ceil(n / 4);
  for (let k = 0; k < n; k++) {
    if (k % 4 === 0)
      philox(words, first + k / 4, use, drop.stream >>> 0, u32[rng + 2] as number, u32[rng] as number, u32[rng + 1] as number);
    out[at + k] = (words[k % 4] as number) >= threshold ? scale : 0;
  }
}
