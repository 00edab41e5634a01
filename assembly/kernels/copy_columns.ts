// copy_columns   y[i, j] = x[i, j] for i < rows, j < cols, where the rows of y and x start y_stride and x_stride f32 apart.

export function copy_columns_f32(y: usize, x: usize, rows: i32, cols: i32, y_stride: i32, x_stride: i32): void {
  for (let i = 0; i < rows; i++) {
    memory.copy(y, x, (<usize>cols) << 2);
    y += (<usize>y_stride) << 2;
    x += (<usize>x_stride) << 2;
  }
}
