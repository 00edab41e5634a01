// The kernels lie in the package as base64, since bundlers lose files that are not JavaScript.

/** Not yet in every runtime that this package runs on (Node >= 25, Chrome >= 140, Firefox >= 133, Safari >= 18.2). */
const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return native === undefined ? decode(text) : native.call(Uint8Array, text);
}

/** A loop, as a function for each byte takes ten milliseconds before it is compiled. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
