// Bytes as text and back, wherever there is JavaScript.

const SLICE = 0x8000;

/** `btoa` takes a string of bytes, and a call takes no more than so many arguments. (Spreading them allocates an object a byte.) */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += SLICE) text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(i, i + SLICE));
  return btoa(text);
}

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
