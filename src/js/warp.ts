import type { Twin } from "../wasm/abi.ts";

const { floor, fround } = Math;

function hold(v: number, size: number): number {
  return v > -2 ? Math.min(v, size + 1) : -2;
}

export const warp_f32: Twin<"warp_f32"> = ({ f32 }, out, x, matrices, rows, height, width, channels, fill) => {
  out >>>= 2;
  x >>>= 2;
  matrices >>>= 2;
  fill = fround(fill);
  const row = width * channels;
  for (let r = 0; r < rows; r++) {
    const a = f32[matrices] as number;
    const d = f32[matrices + 3] as number;
    for (let i = 0; i < height; i++) {
      const cx = fround(fround((f32[matrices + 1] as number) * i) + (f32[matrices + 2] as number));
      const cy = fround(fround((f32[matrices + 4] as number) * i) + (f32[matrices + 5] as number));
      for (let j = 0; j < width; j++) {
        const px = hold(fround(fround(a * j) + cx), width);
        const py = hold(fround(fround(d * j) + cy), height);
        const left = floor(px);
        const top = floor(py);
        const fx = fround(px - left);
        const fy = fround(py - top);
        const hasLeft = left >= 0 && left < width;
        const hasRight = left >= -1 && left < width - 1;
        const hasTop = top >= 0 && top < height;
        const hasBottom = top >= -1 && top < height - 1;
        let p = x + top * row + left * channels;
        for (let c = 0; c < channels; c++, p++) {
          const p00 = hasTop && hasLeft ? (f32[p] as number) : fill;
          const p01 = hasTop && hasRight ? (f32[p + channels] as number) : fill;
          const p10 = hasBottom && hasLeft ? (f32[p + row] as number) : fill;
          const p11 = hasBottom && hasRight ? (f32[p + row + channels] as number) : fill;
          const upper = fround(p00 + fround(fx * fround(p01 - p00)));
          const lower = fround(p10 + fround(fx * fround(p11 - p10)));
          f32[out++] = upper + fround(fy * fround(lower - upper));
        }
      }
    }
    matrices += 6;
    x += height * row;
  }
};
