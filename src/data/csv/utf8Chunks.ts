// The bytes of a text file as UTF-8, whatever it was written in, piece by piece and unpacked where it is gzip.
import { PipelineError } from "../../errors.ts";
import { encodingByMark, strictDecoder } from "../decodeText.ts";
import { type Bytes, isGzip, joined, unpacked } from "../openBytes.ts";
import type { ReadableFile } from "../readableFile.ts";
import type { SourceIo } from "../table.ts";

export type ReadingIo = Pick<SourceIo, "progress" | "pause" | "warn">;

/**
 * Without a byte order mark. A file that begins with one is read as it says, unless `encoding` says otherwise; others are UTF-8. A chunk may
 * be written over once the next one is asked for.
 */
export async function* utf8Chunks(
  file: ReadableFile,
  encoding: string | undefined,
  { progress, pause }: Pick<ReadingIo, "progress" | "pause">,
): AsyncGenerator<Bytes, void> {
  const { name, size } = file;
  let taken = 0;
  const [head, packed] = await beginning(
    counted(file, (bytes) => {
      taken += bytes;
      progress(taken, size, `reading ${name}`);
    }),
  );
  const [first, chunks] = await beginning(isGzip(head) ? unpacked(packed, name) : packed);
  const mark = encodingByMark(first);
  const used = new TextDecoder(encoding ?? mark).encoding;
  let markLeft = mark !== used ? 0 : mark === "utf-8" ? 3 : 2;
  const decoder = used === "utf-8" ? undefined : strictDecoder(used);
  const encoder = new TextEncoder();
  const decoded = (chunk: Bytes | undefined): Bytes => {
    try {
      return encoder.encode(decoder?.decode(chunk, { stream: chunk !== undefined }));
    } catch (error) {
      throw new PipelineError("data", name, `the bytes are not ${used}; name the file's encoding, as in encoding: "utf-8"`, error);
    }
  };
  for await (const chunk of chunks) {
    await pause();
    const text = markLeft > 0 ? chunk.subarray(markLeft) : chunk;
    markLeft = 0;
    yield decoder === undefined ? text : decoded(text);
  }
  if (decoder !== undefined) yield decoded(undefined);
}

async function* counted(file: ReadableFile, taken: (bytes: number) => void): AsyncGenerator<Bytes, void> {
  for await (const piece of file.pieces()) {
    yield piece;
    taken(piece.length);
  }
}

/** So many bytes tell what a file is. */
const TOLD_BY = 3;

/** The first few bytes, and all of them, however they arrive. */
async function beginning(pieces: AsyncGenerator<Bytes, void>): Promise<[first: Bytes, all: AsyncGenerator<Bytes, void>]> {
  let first: Bytes = new Uint8Array(0);
  while (first.length < TOLD_BY) {
    const next = await pieces.next();
    if (next.done === true) break;
    first = joined([first.slice(), next.value]);
  }
  return [first, andThen(first, pieces)];
}

async function* andThen(first: Bytes, rest: AsyncGenerator<Bytes, void>): AsyncGenerator<Bytes, void> {
  try {
    if (first.length > 0) yield first;
    yield* rest;
  } finally {
    await rest.return();
  }
}
