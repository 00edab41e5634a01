// weighted_mean     out[0] = sum of x[i] w[i] / n      without w (0): sum of x[i] / n
// accumulate      total[0] += sum of x[i]
// Both sum in f64 and in ascending i, so that a long sum keeps its digits and every build agrees on them.

export function weighted_mean_f32(out: usize, x: usize, w: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  let sum: f64 = 0;
  if (w == 0) {
    while (x < end) {
      sum += <f64>load<f32>(x);
      x += 4;
    }
  } else {
    while (x < end) {
      sum += <f64>load<f32>(x) * <f64>load<f32>(w);
      x += 4;
      w += 4;
    }
  }
  store<f32>(out, <f32>(sum / <f64>n));
}

export function accumulate_f32(total: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  let sum = <f64>load<f32>(total);
  while (x < end) {
    sum += <f64>load<f32>(x);
    x += 4;
  }
  store<f32>(total, <f32>sum);
}
