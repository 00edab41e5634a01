// The builds of the kernels lie in the package as text, since bundlers lose files that are not JavaScript: as hexadecimal digits, since
// those keep bytes whole and so compress better than base64 does. Only the build that is needed is loaded.
import { capabilities } from "./probe.ts";

export type WasmBuild = "simd" | "relaxed";

type Bytes = Uint8Array<ArrayBuffer>;

/** The fastest build that this runtime understands; `strict` takes the one whose every operation is IEEE-exact. */
export const buildFor = (strict: boolean): WasmBuild => (capabilities().relaxedSimd && !strict ? "relaxed" : "simd");

const given = new Map<WasmBuild, Bytes>();

/** Hands over a build: a browser's Worker is one file without kernels, and gets them from its page. */
export function giveBinary(build: WasmBuild, bytes: Bytes): void {
  given.set(build, bytes);
}

/** The caller's own copy. */
export async function binary(build: WasmBuild): Promise<Bytes> {
  const bytes = given.get(build);
  if (bytes !== undefined) return bytes.slice();
  const { digits } = await (build === "relaxed" ? import("./generated/relaxed.ts") : import("./generated/simd.ts"));
  return native === undefined ? bytesOf(digits) : native.call(Uint8Array, digits);
}

/** Not yet in every runtime that this package runs on (Node >= 25, Chrome >= 140, Firefox >= 133, Safari >= 18.2). */
const native = (Uint8Array as { fromHex?: (digits: string) => Bytes }).fromHex;

/** A loop, as a function for each byte takes ten milliseconds before it is compiled. */
export function bytesOf(digits: string): Bytes {
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (value(digits.charCodeAt(2 * i)) << 4) | value(digits.charCodeAt(2 * i + 1));
  return bytes;
}

/** Of 0…9 and a…f. */
const value = (code: number): number => (code < 58 ? code - 48 : code - 87);
