// The builds of the kernels lie in the package as text, since bundlers lose files that are not JavaScript: as hexadecimal digits, since
// those keep bytes whole and so compress to two thirds of what base64 does, and function by function, since many are in both builds.
import { pieces } from "./generated/binaries.ts";

/** What stands before a piece of one build only; "=" stands before one of both. */
const marks = { simd: "<", relaxed: ">" } as const;

export type WasmBuild = keyof typeof marks;

export function binary(build: WasmBuild): Uint8Array<ArrayBuffer> {
  let digits = "";
  for (const [, mark, piece] of pieces.matchAll(/([=<>])([0-9a-f]*)/g)) if (mark === "=" || mark === marks[build]) digits += piece;
  return native === undefined ? bytesOf(digits) : native.call(Uint8Array, digits);
}

/** Not yet in every runtime that this package runs on (Node >= 25, Chrome >= 140, Firefox >= 133, Safari >= 18.2). */
const native = (Uint8Array as { fromHex?: (digits: string) => Uint8Array<ArrayBuffer> }).fromHex;

/** A loop, as a function for each byte takes ten milliseconds before it is compiled. */
export function bytesOf(digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (value(digits.charCodeAt(2 * i)) << 4) | value(digits.charCodeAt(2 * i + 1));
  return bytes;
}

/** Of 0…9 and a…f. */
const value = (code: number): number => (code < 58 ? code - 48 : code - 87);
