// PNG files of every kind, written here: no filter, one data chunk.
import { crc32, deflateSync } from "node:zlib";

export interface PngOptions {
  readonly width: number;
  readonly height: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  /** Row by row, packed as the depth says. */
  readonly lines: readonly (readonly number[])[];
  readonly palette?: readonly number[];
  readonly alpha?: readonly number[];
  readonly interlace?: boolean;
}

function chunk(type: string, data: Uint8Array | readonly number[]): Buffer {
  const body = Buffer.concat([Buffer.from(type), Uint8Array.from(data)]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(body.length - 4);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

export function png({ width, height, colour, depth, lines, palette, alpha, interlace = false }: PngOptions): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlace ? 1 : 0], 8);
  const pixels = deflateSync(Uint8Array.from(lines.flatMap((line) => [0, ...line])));
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", header),
      ...(palette ? [chunk("PLTE", palette)] : []),
      ...(alpha ? [chunk("tRNS", alpha)] : []),
      chunk("IDAT", pixels),
      chunk("IEND", []),
    ]),
  );
}

/** A grey picture of one brightness. */
export const greyPng = (height: number, width: number, value: number): Uint8Array =>
  png({ width, height, colour: 0, depth: 8, lines: Array.from({ length: height }, () => new Array<number>(width).fill(value)) });

/** A picture of one colour. */
export const colourPng = (height: number, width: number, rgb: readonly [number, number, number]): Uint8Array =>
  png({ width, height, colour: 2, depth: 8, lines: Array.from({ length: height }, () => Array.from({ length: width }, () => rgb).flat()) });
