// The cells of the recurrent layers: what a step makes of its products z (with the biases, all in planes [rows, wide]) and of the step
// before, and the way back. `now` and `before` point at the planes saved of a step, the state h always last; `at` and `bytes` say which
// part of every plane is meant.
//
// simple       h = act(z)
// lstm         lstm_cells.ts
// gru          gru_cells.ts, with the reset gate after the product or before it
import { flush, tinyFirst } from "../lanes/flush";
import { activate, loadActivation, loadOne, slopeAt } from "./activate";
import { gruBackward, gruForward } from "./gru_cells";
import { lstmBackward, lstmForward } from "./lstm_cells";

export const SIMPLE = 0;
export const LSTM = 1;
export const GRU = 2;
export const GRU_BEFORE = 3;

/** Gates that the weights have. */
export function gatesOf(cell: i32): i32 {
  return cell == SIMPLE ? 1 : cell == LSTM ? 4 : 3;
}

/** Planes of products: what a GRU resets after the product has one of its own. */
export function productsOf(cell: i32): i32 {
  return cell == GRU ? 4 : gatesOf(cell);
}

/** Planes saved of a step. */
export function savesOf(cell: i32): i32 {
  return cell == SIMPLE ? 1 : cell == LSTM ? 6 : 5;
}

/** The first of the planes that a masked step takes over from the step before. */
export function carriedFrom(cell: i32): i32 {
  return cell == SIMPLE ? 0 : 4;
}

export function forwardCells(
  cell: i32,
  now: usize,
  before: usize,
  plane: usize,
  z: usize,
  biases: usize,
  at: usize,
  bytes: usize,
  activation: i32,
  slope: f32,
  recurrentActivation: i32,
  recurrentSlope: f32,
): void {
  now += at;
  before += at;
  z += at;
  biases += at;
  if (cell == LSTM) lstmForward(now, before, plane, z, biases, bytes, activation, slope, recurrentActivation, recurrentSlope);
  else if (cell == SIMPLE) activate(now, z, biases, bytes, activation, slope);
  else gruForward(cell == GRU, now, before, plane, z, biases, bytes, activation, slope, recurrentActivation, recurrentSlope);
}

/** dz: planes that are `gate` bytes apart. dh becomes what reaches the state before by itself, dc that of the step before. */
export function backwardCells(
  cell: i32,
  dz: usize,
  gate: usize,
  now: usize,
  before: usize,
  plane: usize,
  dh: usize,
  dc: usize,
  at: usize,
  bytes: usize,
  activation: i32,
  slope: f32,
  recurrentActivation: i32,
  recurrentSlope: f32,
): void {
  dz += at;
  now += at;
  before += at;
  dh += at;
  dc += at;
  if (cell == LSTM) lstmBackward(dz, gate, now, before, plane, dh, dc, bytes, activation, slope, recurrentActivation, recurrentSlope);
  else if (cell == SIMPLE) simpleBackward(dz, now, dh, bytes, activation, slope);
  else gruBackward(cell == GRU, dz, gate, now, before, plane, dh, bytes, activation, slope, recurrentActivation, recurrentSlope);
}

function simpleBackward(dz: usize, h: usize, dh: usize, bytes: usize, activation: i32, slope: f32): void {
  const tiny = tinyFirst();
  const one = loadOne();
  const k = f32x4.splat(slope);
  loadActivation(activation);
  for (let p: usize = 0; p < bytes; p += 16) {
    const d = f32x4.mul(v128.load(dh + p), slopeAt(v128.load(h + p), activation, k, one));
    v128.store(dz + p, flush(d, tiny));
    v128.store(dh + p, f32x4.splat(0));
  }
}
