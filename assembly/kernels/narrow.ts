// Softmax of rows so short that a vector along them would be mostly summed up and seldom full: four rows at a time, one in each lane.
import { exp, loadExp } from "../lanes/exp";

/** At most so many columns are narrow. */
export const NARROW = 12;

/** What the last `narrowSoftmax` subtracted: the greatest of each row. */
export let narrowMax = i32x4(0, 0, 0, 0);

/**
 * y = softmax(x) for the rows at 0, r1, r2 and r3 bytes; returns Σ e^(x − max) of each. y may be x. Where there are fewer than four rows, the
 * last is named again: its bits do not depend on its neighbours.
 */
export function narrowSoftmax(y: usize, x: usize, bytes: usize, r1: usize, r2: usize, r3: usize): v128 {
  let most = f32x4.splat(-Infinity);
  let i: usize = 0;
  while (i < bytes) {
    most = f32x4.pmax(most, gather(x + i, r1, r2, r3));
    i += 4;
  }
  loadExp();
  let total = f32x4.splat(0);
  i = 0;
  while (i < bytes) {
    const e = exp(f32x4.sub(gather(x + i, r1, r2, r3), most));
    total = f32x4.add(total, e);
    scatter(y + i, e, r1, r2, r3);
    i += 4;
  }
  const share = f32x4.div(f32x4.splat(1), total);
  i = 0;
  while (i < bytes) {
    scatter(y + i, f32x4.mul(gather(y + i, r1, r2, r3), share), r1, r2, r3);
    i += 4;
  }
  narrowMax = most;
  return total;
}

function gather(p: usize, r1: usize, r2: usize, r3: usize): v128 {
  const first = v128.load32_lane(p + r1, v128.load32_zero(p), 1);
  return v128.load32_lane(p + r3, v128.load32_lane(p + r2, first, 2), 3);
}

function scatter(p: usize, v: v128, r1: usize, r2: usize, r3: usize): void {
  v128.store32_lane(p, v, 0);
  v128.store32_lane(p + r1, v, 1);
  v128.store32_lane(p + r2, v, 2);
  v128.store32_lane(p + r3, v, 3);
}
