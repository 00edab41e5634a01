// One picture file → the bytes of one row. Training and prediction both come through here, so they see the same.
import { decodePixels, type Pixels, withChannels } from "./pixels.ts";
import { resize } from "./resize.ts";

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 red, green and blue. */
  readonly channels: number;
}

/** Row-major u8 of this size: channels are converted first, then the picture is resized (bilinear) if it is not of that size. */
export async function decodeImage(bytes: Uint8Array, size: ImageSize, name = "image"): Promise<Uint8Array> {
  return fitPixels(await decodePixels(bytes, name), size);
}

export function fitPixels(pixels: Pixels, size: ImageSize): Uint8Array {
  const fit = withChannels(pixels, size.channels === 1 ? 1 : 3);
  if (fit.width === size.width && fit.height === size.height) return fit.data;
  return Uint8Array.from(resize(fit.data, fit, size), (value) => Math.floor(value + 0.5));
}
