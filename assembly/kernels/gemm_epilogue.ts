// c[i, j] = act(c[i, j] + bias[j])     the last step of a forward product; bias may be 0
// activation: 0 none, 1 relu, 2 leaky relu (slope)

export function epilogue(c: usize, bias: usize, m: i32, n: i32, activation: i32, slope: f32): void {
  if (bias != 0) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const p = c + (<usize>(i * n + j) << 2);
        store<f32>(p, load<f32>(p) + load<f32>(bias + (<usize>j << 2)));
      }
    }
  }
  const end = c + (<usize>(m * n) << 2);
  if (activation == 1 || activation == 2) {
    const k: f32 = activation == 1 ? 0 : slope;
    while (c < end) {
      const v = load<f32>(c);
      store<f32>(c, v > 0 ? v : k * v);
      c += 4;
    }
  }
}
