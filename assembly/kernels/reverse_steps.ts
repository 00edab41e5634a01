// reverse_steps   y[r, t, j] = x[r, steps − 1 − t, j]     x and y are [rows, steps, cols] and do not overlap.

export function reverse_steps_f32(y: usize, x: usize, rows: i32, steps: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (let r = 0; r < rows; r++) {
    let from = x + <usize>steps * bytes;
    while (from > x) {
      from -= bytes;
      memory.copy(y, from, bytes);
      y += bytes;
    }
    x += <usize>steps * bytes;
  }
}
