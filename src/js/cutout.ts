import type { Twin } from "../wasm/abi.ts";

export const cutout_f32: Twin<"cutout_f32"> = ({ f32, i32 }, y, x, rects, rows, height, width, channels, fill) => {
  y >>>= 2;
  x >>>= 2;
  rects >>>= 2;
  const image = height * width * channels;
  if (y !== x) f32.copyWithin(y, x, x + rows * image);
  for (let r = 0; r < rows; r++) {
    const [top, left, h, w] = i32.subarray(rects + 4 * r, rects + 4 * r + 4) as unknown as [number, number, number, number];
    const from = Math.max(left, 0);
    const to = Math.min(left + w, width);
    if (from >= to) continue;
    for (let i = Math.max(top, 0); i < Math.min(top + h, height); i++) {
      const row = y + r * image + i * width * channels;
      f32.fill(fill, row + from * channels, row + to * channels);
    }
  }
};
