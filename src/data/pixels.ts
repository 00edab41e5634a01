// The bytes of a PNG or JPEG file → 8-bit pixels, grey or red-green-blue. The decoders are pure JavaScript and arrive when they are
// first needed. Alpha is dropped and 16 bits keep their upper 8, as Keras and Pillow do.
import type { DecodedPng } from "fast-png";
import { PipelineError } from "../errors.ts";

/** Row-major, one byte a channel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

const MAX_PIXELS = 100_000_000;
const begins = (bytes: Uint8Array, ...magic: readonly number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

/** `name` is for messages. Throws in one line when the file is not a whole, sound picture. */
export async function decodePixels(bytes: Uint8Array, name: string): Promise<Pixels> {
  const format = begins(bytes, 0x89, 0x50, 0x4e, 0x47) ? "PNG" : begins(bytes, 0xff, 0xd8, 0xff) ? "JPEG" : undefined;
  if (format === undefined) {
    const start = [...bytes.subarray(0, 4)].map((b) => b.toString(16).padStart(2, "0")).join(" ");
    throw new PipelineError(
      "data",
      name,
      `expected a PNG or JPEG picture, got ${bytes.length === 0 ? "an empty file" : `a file that begins with ${start}`}`,
    );
  }
  try {
    return format === "PNG" ? await decodePng(bytes) : await decodeJpeg(bytes);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] as string) : String(error);
    throw new PipelineError("data", name, `not a readable ${format}: ${why}`, error);
  }
}

async function decodePng(bytes: Uint8Array): Promise<Pixels> {
  const { decode, convertIndexedToRgb } = await import("fast-png");
  if (bytes.length < 33) throw new Error("it ends within its header");
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkSize(header.getUint32(16), header.getUint32(20));
  if (bytes[28] === 1 && (bytes[24] as number) < 8)
    throw new Error(`interlaced with ${bytes[24]} bits a channel; save it without interlacing`);
  const png = decode(bytes, { checkCrc: true });
  const { width, height } = png;
  if (png.palette !== undefined && png.channels === 1) {
    const colours = (png.palette[0] as number[]).length;
    return { width, height, channels: 3, data: pick(convertIndexedToRgb(png), colours, 3) };
  }
  const channels = png.channels >= 3 ? 3 : 1;
  return { width, height, channels, data: pick(eightBits(png), png.channels, channels) };
}

/** Every sample as a byte: 16 bits keep their upper 8; 1, 2 and 4 bits are unpacked and spread over 0 to 255. */
function eightBits({ data, depth, width, height, channels }: DecodedPng): Uint8Array {
  if (depth === 16) return Uint8Array.from(data, (value) => value >>> 8);
  if (depth === 8) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const most = (1 << depth) - 1;
  const line = Math.ceil((width * channels * depth) / 8);
  const spread = new Uint8Array(width * height * channels);
  for (let i = 0; i < spread.length; i++) {
    const bit = (i % (width * channels)) * depth;
    const byte = data[Math.floor(i / (width * channels)) * line + (bit >> 3)] as number;
    spread[i] = (((byte >> (8 - depth - (bit & 7))) & most) * 255) / most;
  }
  return spread;
}

async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const { decode } = await import("jpeg-js");
  if (!hasEnd(bytes)) throw new Error("its end is missing");
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: MAX_PIXELS / 1e6,
  });
  return { width, height, channels: 3, data };
}

/** Whether the marker "end of image" stands anywhere; the coded pixels never contain it. */
function hasEnd(bytes: Uint8Array): boolean {
  for (let i = bytes.length - 2; i > 0; i--) if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  return false;
}

function checkSize(width: number, height: number): void {
  if (width === 0 || height === 0 || width * height > MAX_PIXELS)
    throw new Error(`${width} × ${height} pixels, but at most ${MAX_PIXELS} are decoded`);
}

/** The first `to` of every `from` samples. */
function pick(data: Uint8Array, from: number, to: number): Uint8Array {
  if (from === to) return data;
  const picked = new Uint8Array((data.length / from) * to);
  for (let i = 0, place = 0; place < picked.length; i += from, place += to) {
    for (let k = 0; k < to; k++) picked[place + k] = data[i + k] as number;
  }
  return picked;
}

/** Whether red, green and blue are the same everywhere. */
export function isGrey({ channels, data }: Pixels): boolean {
  if (channels === 1) return true;
  for (let i = 0; i < data.length; i += 3) if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  return true;
}

/** Grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), in 16-bit fixed point; grey to colour repeats the grey. */
export function withChannels(pixels: Pixels, channels: 1 | 3): Pixels {
  if (pixels.channels === channels) return pixels;
  const { data } = pixels;
  if (channels === 3)
    return { ...pixels, channels, data: Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)] as number) };
  const grey = new Uint8Array(data.length / 3);
  for (let i = 0, k = 0; i < grey.length; i++, k += 3) {
    grey[i] = ((data[k] as number) * 19595 + (data[k + 1] as number) * 38470 + (data[k + 2] as number) * 7471 + 32768) >>> 16;
  }
  return { ...pixels, channels, data: grey };
}
