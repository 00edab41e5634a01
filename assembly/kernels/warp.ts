// warp   out[r, y, x, c] = image r at (a x + b y + c', d x + e y + f), bilinear between the four pixels around; outside lies `fill`
// out and x are [rows, height, width, channels]; matrices is [rows, 6] of f32: a, b, c', d, e, f. Products and sums are rounded
// one by one in every build. Coordinates are held to [-2, width + 1] and [-2, height + 1], where all is fill; NaN becomes -2.

export function warp_f32(out: usize, x: usize, matrices: usize, rows: i32, height: i32, width: i32, channels: i32, fill: f32): void {
  const image = <usize>(height * width * channels) << 2;
  for (let r = 0; r < rows; r++) {
    const a = load<f32>(matrices);
    const b = load<f32>(matrices, 4);
    const c = load<f32>(matrices, 8);
    const d = load<f32>(matrices, 12);
    const e = load<f32>(matrices, 16);
    const f = load<f32>(matrices, 20);
    for (let i = 0; i < height; i++) {
      const cx = b * <f32>i + c;
      const cy = e * <f32>i + f;
      for (let j = 0; j < width; j++) {
        pixel(out, x, height, width, channels, hold(a * <f32>j + cx, width), hold(d * <f32>j + cy, height), fill);
        out += <usize>channels << 2;
      }
    }
    matrices += 24;
    x += image;
  }
}

function hold(v: f32, size: i32): f32 {
  const high = <f32>(size + 1);
  return v > -2 ? (v < high ? v : high) : -2;
}

function pixel(out: usize, image: usize, height: i32, width: i32, channels: i32, x: f32, y: f32, fill: f32): void {
  const left = <i32>floor<f32>(x);
  const top = <i32>floor<f32>(y);
  const fx = x - <f32>left;
  const fy = y - <f32>top;
  const hasLeft = <u32>left < <u32>width;
  const hasRight = <u32>(left + 1) < <u32>width;
  const hasTop = <u32>top < <u32>height;
  const hasBottom = <u32>(top + 1) < <u32>height;
  const step = <usize>channels << 2;
  const row = <usize>(width * channels) << 2;
  let p = image + <usize>((top * width + left) * channels << 2);
  for (let c = 0; c < channels; c++) {
    const p00 = hasTop && hasLeft ? load<f32>(p) : fill;
    const p01 = hasTop && hasRight ? load<f32>(p + step) : fill;
    const p10 = hasBottom && hasLeft ? load<f32>(p + row) : fill;
    const p11 = hasBottom && hasRight ? load<f32>(p + row + step) : fill;
    const upper = p00 + fx * (p01 - p00);
    const lower = p10 + fx * (p11 - p10);
    store<f32>(out, upper + fy * (lower - upper));
    out += 4;
    p += 4;
  }
}
