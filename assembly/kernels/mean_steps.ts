// mean_steps         y[r, j] = sum of x[r, t, j] over the real steps t, in ascending t / the number of them; 0 where there is none
// mean_steps_grad   dx[r, t, j] = dy[r, j] / the number of them where step t is real, else 0
// x and dx are [rows, steps, cols], y and dy [rows, cols]. Step t of row r is real where mask[r, t] is not 0; all are without mask (0).
import { storeRow } from "../lanes/edge";

export function mean_steps_f32(y: usize, x: usize, mask: usize, rows: i32, steps: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  const row = <usize>steps * bytes;
  for (let r = 0; r < rows; r++, x += row, y += bytes) {
    const count = f32x4.splat(Mathf.max(realSteps(mask, steps), 1));
    for (let j: usize = 0; j < bytes; j += 16) {
      let sum = f32x4.splat(0);
      let p = x + j;
      for (let t: usize = 0; t < <usize>steps; t++, p += bytes) {
        if (isReal(mask, t)) sum = f32x4.add(sum, v128.load(p));
      }
      storeRow(y + j, f32x4.div(sum, count), bytes - j);
    }
    if (mask != 0) mask += (<usize>steps) << 2;
  }
}

export function mean_steps_grad_f32(dx: usize, dy: usize, mask: usize, rows: i32, steps: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++, dy += bytes) {
    const count = f32x4.splat(Mathf.max(realSteps(mask, steps), 1));
    for (let t: usize = 0; t < <usize>steps; t++, dx += bytes) {
      const real = isReal(mask, t);
      for (let j: usize = 0; j < bytes; j += 16) storeRow(dx + j, real ? f32x4.div(v128.load(dy + j), count) : zero, bytes - j);
    }
    if (mask != 0) mask += (<usize>steps) << 2;
  }
}

function isReal(mask: usize, t: usize): bool {
  return mask == 0 || load<f32>(mask + (t << 2)) != 0;
}

function realSteps(mask: usize, steps: i32): f32 {
  let n: f32 = 0;
  for (let t: usize = 0; t < <usize>steps; t++) if (isReal(mask, t)) n++;
  return n;
}
