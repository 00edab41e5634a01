// Bilinear resizing with pixels as squares: the centre of output pixel i lies at (i + ½) · from / to − ½ of the input; beyond the edge
// the edge's pixel goes on. No smoothing before shrinking. This is what Keras's and PyTorch's "bilinear" computes by default.
import type { ImageSize } from "./decodeImage.ts";

/** For each output place: the two input places it lies between, and how far it is towards the second. */
function between(from: number, to: number): { low: Int32Array; high: Int32Array; part: Float64Array } {
  const at = Float64Array.from({ length: to }, (_, i) => Math.max(0, ((i + 0.5) * from) / to - 0.5));
  const low = Int32Array.from(at, (x) => Math.min(from - 1, Math.floor(x)));
  return { low, high: low.map((i) => Math.min(from - 1, i + 1)), part: at.map((x, i) => x - (low[i] as number)) };
}

/** The picture `data`, [height, width, channels], at another height and width. */
export function resize(data: ArrayLike<number>, from: ImageSize, to: Omit<ImageSize, "channels">): Float32Array {
  const { width, channels } = from;
  const x = between(width, to.width);
  const y = between(from.height, to.height);
  const out = new Float32Array(to.height * to.width * channels);
  let place = 0;
  for (let i = 0; i < to.height; i++) {
    const top = (y.low[i] as number) * width;
    const bottom = (y.high[i] as number) * width;
    const down = y.part[i] as number;
    for (let j = 0; j < to.width; j++) {
      const left = x.low[j] as number;
      const right = x.high[j] as number;
      const across = x.part[j] as number;
      for (let c = 0; c < channels; c++) {
        const at = (pixel: number): number => data[pixel * channels + c] as number;
        const upper = at(top + left) * (1 - across) + at(top + right) * across;
        const lower = at(bottom + left) * (1 - across) + at(bottom + right) * across;
        out[place++] = upper * (1 - down) + lower * down;
      }
    }
  }
  return out;
}
