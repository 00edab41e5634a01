// mask_weights   out[i] = mask[i] * w[i] * n / (sum of mask); without w (0), w is 1; all 0 where the whole mask is
// Every buffer is n packed f32; out may be mask or w. With these weights, a mean over all n is a mean over those that the mask leaves.

export function mask_weights_f32(out: usize, mask: usize, w: usize, n: i32): void {
  const end = out + ((<usize>n) << 2);
  let sum: f64 = 0;
  for (let p = mask, last = mask + ((<usize>n) << 2); p < last; p += 4) sum += <f64>load<f32>(p);
  const scale = sum == 0 ? 0 : <f64>n / sum;
  while (out < end) {
    const weight: f64 = w == 0 ? 1 : <f64>load<f32>(w);
    store<f32>(out, <f32>(<f64>load<f32>(mask) * weight * scale));
    out += 4;
    mask += 4;
    if (w != 0) w += 4;
  }
}
