// Bytes → text, in any encoding that the runtime knows. A byte that does not belong is an error, never a replacement character.
import { type Rule, rule } from "../check.ts";
import { PipelineError, show } from "../errors.ts";

const DEFAULT_ENCODING = "utf-8";

/** The name of an encoding, such as "utf-8", "windows-1252", "utf-16le" or "shift_jis". */
export const encodingRule: Rule = rule({ type: "string" }, (value, at) => {
  try {
    new TextDecoder(value as string);
  } catch {
    throw new PipelineError("config", at, `expected the name of an encoding, such as "utf-8" or "windows-1252", got ${show(value)}`);
  }
});

/** Throws at a byte that does not fit, and leaves a byte order mark in place. */
export const strictDecoder = (encoding: string = DEFAULT_ENCODING): TextDecoder =>
  new TextDecoder(encoding, { fatal: true, ignoreBOM: true });

/** What a byte order mark at the beginning says; undefined without one. */
export function encodingByMark([a, b, c]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  return a === 0xfe && b === 0xff ? "utf-16be" : undefined;
}

export const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

/** `at` says where the bytes stand, such as `reviews.jsonl line 3`. Throws a PipelineError that names the first byte which is wrong. */
export function decodeText(decoder: TextDecoder, bytes: Uint8Array, at: string): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    const { encoding } = decoder;
    const wrong = encoding === DEFAULT_ENCODING ? firstWrongByte(bytes) : -1;
    const what = wrong < 0 ? "the bytes are" : `byte ${wrong} (0x${(bytes[wrong] as number).toString(16).padStart(2, "0")}) is`;
    const mark = encodingByMark(bytes);
    const likely = mark === "utf-16be" ? mark : mark === "utf-16le" || bytes[1] === 0 ? "utf-16le" : "windows-1252";
    throw new PipelineError("data", at, `${what} not ${encoding}; name the file's encoding, as in encoding: "${likely}"`, error);
  }
}

/** Where a sequence begins that is not UTF-8. */
function firstWrongByte(bytes: Uint8Array): number {
  const text = new TextDecoder(DEFAULT_ENCODING, { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  let place = 0;
  let from = 0;
  for (;;) {
    const mark = text.indexOf("\uFFFD", from);
    if (mark < 0) return -1;
    place += encoder.encode(text.slice(from, mark)).length;
    const written = bytes[place] === 0xef && bytes[place + 1] === 0xbf && bytes[place + 2] === 0xbd;
    if (!written) return place;
    place += 3;
    from = mark + 1;
  }
}
