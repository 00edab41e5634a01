// max_steps         y[r, j] = the greatest of x[r, t, j] over t; at[r, j] = where it stands, the first of equals
// max_steps_grad   dx[r, t, j] = dy[r, j] where t = at[r, j], else 0
// x and dx are [rows, steps, cols], y, dy and at (i32) [rows, cols]. A NaN counts as greatest.
import { storeRow } from "../lanes/edge";
import { select } from "../lanes/select";

export function max_steps_f32(y: usize, at: usize, x: usize, rows: i32, steps: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  const row = <usize>steps * bytes;
  for (let r = 0; r < rows; r++, x += row, y += bytes, at += bytes) {
    for (let j: usize = 0; j < bytes; j += 16) {
      let best = v128.load(x + j);
      let place = i32x4.splat(0);
      let p = x + j + bytes;
      for (let t = 1; t < steps; t++, p += bytes) {
        const v = v128.load(p);
        const better = v128.or(f32x4.gt(v, best), f32x4.ne(v, v));
        best = select(v, best, better);
        place = select(i32x4.splat(t), place, better);
      }
      storeRow(y + j, best, bytes - j);
      storeRow(at + j, place, bytes - j);
    }
  }
}

export function max_steps_grad_f32(dx: usize, dy: usize, at: usize, rows: i32, steps: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  const row = <usize>steps * bytes;
  for (let r = 0; r < rows; r++, dx += row, dy += bytes, at += bytes) {
    memory.fill(dx, 0, row);
    for (let j: usize = 0; j < bytes; j += 4) store<f32>(dx + <usize>load<u32>(at + j) * bytes + j, load<f32>(dy + j));
  }
}
