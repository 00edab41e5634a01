// A file that is read from its beginning, as often as somebody asks, without being in memory.
import type { Bytes } from "./openBytes.ts";

export interface ReadableFile {
  /** For messages. */
  readonly name: string;
  /** In bytes, packed where it is gzip; 0 where nobody knows. */
  readonly size: number;
  /** Its bytes in order. A piece may be written over once the next one is asked for. */
  pieces(): AsyncGenerator<Bytes, void>;
}

/** Small enough to stay in the cache of one core while it is looked through, and large enough for reading it to cost nothing. */
export const PIECE = 1 << 18;

/** A file whose bytes are at hand. */
export function inMemory(bytes: Bytes, name: string): ReadableFile {
  return {
    name,
    size: bytes.length,
    async *pieces() {
      for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    },
  };
}
