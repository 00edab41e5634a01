// add   y[i] = a[i] + b[i]     Every buffer is n packed f32; y may be a or b.

export function add_f32(y: usize, a: usize, b: usize, n: i32): void {
  const end = a + (<usize>n << 2);
  while (a + 16 <= end) {
    v128.store(y, f32x4.add(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    y += 16;
  }
  while (a < end) {
    store<f32>(y, load<f32>(a) + load<f32>(b));
    a += 4;
    b += 4;
    y += 4;
  }
}
