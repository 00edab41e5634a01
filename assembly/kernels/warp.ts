// warp   out[r, y, x, c] = image r at (a x + b y + c', d x + e y + f), bilinear between the four pixels around; outside lies `fill`
// out and x are [rows, height, width, channels]; matrices is [rows, 6] of f32: a, b, c', d, e, f. Products and sums are rounded
// one by one in every build. Coordinates are held to [-2, width + 1] and [-2, height + 1], where all is fill; NaN becomes -2.
import { grayLine } from "./warp_gray";

export function warp_f32(out: usize, x: usize, matrices: usize, rows: i32, height: i32, width: i32, channels: i32, fill: f32): void {
  const line = (<usize>(width * channels)) << 2;
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
      if (channels == 1) grayLine(out, x, height, width, a, cx, d, cy, fill);
      else colorLine(out, x, height, width, channels, a, cx, d, cy, fill);
      out += line;
    }
    matrices += 24;
    x += <usize>height * line;
  }
}

function colorLine(out: usize, image: usize, height: i32, width: i32, channels: i32, a: f32, cx: f32, d: f32, cy: f32, fill: f32): void {
  const step = (<usize>channels) << 2;
  const row = <usize>width * step;
  for (let j = 0; j < width; j++) {
    const x = hold(a * <f32>j + cx, width);
    const y = hold(d * <f32>j + cy, height);
    const x0 = floor<f32>(x);
    const y0 = floor<f32>(y);
    const fx = x - x0;
    const fy = y - y0;
    const column = <i32>x0;
    const line = <i32>y0;
    const hasLeft = <u32>column < <u32>width;
    const hasRight = <u32>(column + 1) < <u32>width;
    const hasTop = <u32>line < <u32>height;
    const hasBottom = <u32>(line + 1) < <u32>height;
    let p = image + ((<usize>((line * width + column) * channels)) << 2);
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
}

function hold(v: f32, size: i32): f32 {
  const high = <f32>(size + 1);
  return v > -2 ? (v < high ? v : high) : -2;
}
