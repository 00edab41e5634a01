// column_sum   y[j] = sum over i of x[i, j], in ascending i     x is [rows, cols], its rows
// `stride` f32 apart: the gradient of a bias

export function column_sum_f32(y: usize, x: usize, rows: i32, cols: i32, stride: i32): void {
  const line = (<usize>stride) << 2;
  const end = y + ((<usize>cols) << 2);
  while (y + 32 <= end) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let p = x;
    for (let i = 0; i < rows; i++) {
      a = f32x4.add(a, v128.load(p));
      b = f32x4.add(b, v128.load(p, 16));
      p += line;
    }
    v128.store(y, a);
    v128.store(y, b, 16);
    x += 32;
    y += 32;
  }
  while (y < end) {
    let sum: f32 = 0;
    let p = x;
    for (let i = 0; i < rows; i++) {
      sum += load<f32>(p);
      p += line;
    }
    store<f32>(y, sum);
    x += 4;
    y += 4;
  }
}
