// cutout   y[r, i, j, c] = (i, j) inside rectangle r ? fill : x[r, i, j, c]     x, y are [rows, height, width, channels]; y may be x
// rects is [rows, 4] of i32: top, left, height, width; what sticks out of the image is cut off.

export function cutout_f32(y: usize, x: usize, rects: usize, rows: i32, height: i32, width: i32, channels: i32, fill: f32): void {
  const image = (<usize>(height * width * channels)) << 2;
  if (y != x) memory.copy(y, x, <usize>rows * image);
  for (let r = 0; r < rows; r++) {
    const top = clamp(load<i32>(rects), height);
    const left = clamp(load<i32>(rects, 4), width);
    const bottom = clamp(load<i32>(rects) + load<i32>(rects, 8), height);
    const right = clamp(load<i32>(rects, 4) + load<i32>(rects, 12), width);
    for (let i = top; i < bottom; i++) {
      let p = y + ((<usize>((i * width + left) * channels)) << 2);
      const end = y + ((<usize>((i * width + right) * channels)) << 2);
      while (p < end) {
        store<f32>(p, fill);
        p += 4;
      }
    }
    rects += 16;
    y += image;
  }
}

function clamp(x: i32, high: i32): i32 {
  return x < 0 ? 0 : x > high ? high : x;
}
