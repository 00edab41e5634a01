// The bytes of a text file as UTF-8, whatever it was written in, piece by piece and unpacked where it is gzip.
import { PipelineError } from "../../errors.ts";
import { strictDecoder } from "../decodeText.ts";
import type { NamedBytes } from "../eachLine.ts";
import { byteChunks, isGzip } from "../openBytes.ts";
import type { SourceIo } from "../table.ts";

type Bytes = Uint8Array<ArrayBuffer>;
export type ReadingIo = Pick<SourceIo, "progress" | "pause" | "warn">;

/** Without a byte order mark. A file that begins with one is read as it says, unless `encoding` says otherwise; others are UTF-8. */
export async function* utf8Chunks(
  { bytes, name }: NamedBytes,
  encoding: string | undefined,
  { progress, pause }: Pick<ReadingIo, "progress" | "pause">,
): AsyncGenerator<Bytes, void> {
  const taken = (count: number): void => progress(count, bytes.length, `reading ${name}`);
  const chunks = isGzip(bytes) ? byteChunks(bytes, name, taken) : pieces(bytes, taken);
  let decoder: TextDecoder | undefined;
  let begun = false;
  const encoder = new TextEncoder();
  const decoded = (chunk: Bytes | undefined): Bytes => {
    try {
      return encoder.encode(decoder?.decode(chunk, { stream: chunk !== undefined }));
    } catch (error) {
      throw new PipelineError(
        "data",
        name,
        `the bytes are not ${decoder?.encoding}; name the file's encoding, as in encoding: "utf-8"`,
        error,
      );
    }
  };
  for await (let chunk of chunks) {
    await pause();
    if (!begun && chunk.length > 0) {
      begun = true;
      const mark = markOf(chunk);
      const used = new TextDecoder(encoding ?? mark?.encoding).encoding;
      if (used !== "utf-8") decoder = strictDecoder(used);
      if (mark?.encoding === used) chunk = chunk.subarray(mark.length);
    }
    yield decoder === undefined ? chunk : decoded(chunk);
  }
  if (decoder !== undefined) yield decoded(undefined);
}

const PIECE = 1 << 18;

/** Parts of the bytes themselves, not copies. */
function* pieces(bytes: Bytes, taken: (bytes: number) => void): Generator<Bytes, void> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield bytes.subarray(at, at + PIECE);
    taken(Math.min(bytes.length, at + PIECE));
  }
}

function markOf([a, b, c]: Bytes): { readonly encoding: string; readonly length: number } | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", length: 2 };
  return undefined;
}
