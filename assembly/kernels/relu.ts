// relu         y[i] = max(x[i], 0)                 NaN stays NaN
// relu_grad   dx[i] = y[i] > 0 ? dy[i] : 0         y is the output; the input serves as well
// Every buffer is n packed f32. y may be x; dx may be dy.

export function relu_f32(y: usize, x: usize, n: i32): void {
  const end = x + (<usize>n << 2);
  const zero = f32x4.splat(0);
  while (x + 16 <= end) {
    // pmax(a, b) = a < b ? b : a, so NaN in the first place survives.
    v128.store(y, f32x4.pmax(v128.load(x), zero));
    x += 16;
    y += 16;
  }
  while (x < end) {
    const v = load<f32>(x);
    store<f32>(y, v < 0 ? 0 : v);
    x += 4;
    y += 4;
  }
}

export function relu_grad_f32(dx: usize, dy: usize, y: usize, n: i32): void {
  const end = y + (<usize>n << 2);
  const zero = f32x4.splat(0);
  while (y + 16 <= end) {
    v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)));
    y += 16;
    dy += 16;
    dx += 16;
  }
  while (y < end) {
    store<f32>(dx, load<f32>(y) > 0 ? load<f32>(dy) : 0);
    y += 4;
    dy += 4;
    dx += 4;
  }
}
