// A picture from a file as ink on paper: what is rarer at its edges is what was written, be it dark or light.
import type { Ink } from "./digit.ts";

export interface PictureInk {
  readonly ink: Ink;
  /** To be shown: the ink in white. */
  readonly bitmap: ImageData;
}

/** Fitted into a square of this side. Throws where the browser cannot read it. */
export async function pictureInk(file: Blob, side: number): Promise<PictureInk> {
  const image = await createImageBitmap(file);
  const by = side / Math.max(image.width, image.height);
  const [width, height] = [Math.round(image.width * by), Math.round(image.height * by)];
  const canvas = new OffscreenCanvas(side, side);
  const pen = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  pen.drawImage(image, (side - width) / 2, (side - height) / 2, width, height);
  image.close();
  return inkOf(pen.getImageData(0, 0, side, side));
}

export function inkOf({ data, width, height }: Pick<ImageData, "data" | "width" | "height">): PictureInk {
  const pixels = width * height;
  const shade = new Float32Array(pixels);
  let [edge, count] = [0, 0];
  for (let i = 0; i < pixels; i++) {
    const [r, g, b, a] = data.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
    shade[i] = 0.299 * r + 0.587 * g + 0.114 * b;
    if (a < 128) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x > 2 && y > 2 && x < width - 3 && y < height - 3) continue;
    edge += shade[i] as number;
    count++;
  }
  const light = count > 0 && edge / count > 127;
  const ink = new Uint8ClampedArray(pixels);
  const bitmap = new ImageData(width, height);
  for (let i = 0; i < pixels; i++) {
    const value = (data[i * 4 + 3] as number) < 128 ? 0 : light ? 255 - (shade[i] as number) : (shade[i] as number);
    ink[i] = value;
    bitmap.data.set([255, 255, 255, ink[i] as number], i * 4);
  }
  return { ink: { width, height, ink }, bitmap };
}
