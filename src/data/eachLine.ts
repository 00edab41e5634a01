// The lines of a text file, one after the other, whatever its size. A line ends at \n or \r\n and nowhere else: texts hold other
// characters that Unicode takes for line ends.
import { decodeText, strictDecoder, withoutMark } from "./decodeText.ts";
import { allOf, byteChunks, joined } from "./openBytes.ts";
import type { SourceIo } from "./table.ts";

const LINE_FEED = 10;

/** A file in memory and its name for messages. */
export interface NamedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
}

/** Calls `visit` with every line, numbered from 1, of a file that may be gzip. A line end at the end of the file begins no line. */
export async function eachLine(
  { bytes, name }: NamedBytes,
  encoding: string | undefined,
  io: Pick<SourceIo, "signal" | "progress">,
  visit: (line: string, number: number) => void,
): Promise<void> {
  let decoder = strictDecoder(encoding);
  let chunks = byteChunks(bytes, name, (taken) => io.progress(taken, bytes.length, `reading ${name}`));
  if (decoder.encoding.startsWith("utf-16")) {
    chunks = byteChunks(new TextEncoder().encode(decodeText(decoder, await allOf(chunks), name)), name);
    decoder = strictDecoder();
  }
  let number = 0;
  // Each line is decoded by itself: a slice of a longer string would keep all of it in memory.
  const end = (line: Uint8Array): void => {
    number++;
    const text = decodeText(decoder, line.at(-1) === 13 ? line.subarray(0, -1) : line, `${name} line ${number}`);
    visit(number === 1 ? withoutMark(text) : text, number);
  };
  let begun: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunks) {
    io.signal.throwIfAborted();
    let start = 0;
    for (let stop = chunk.indexOf(LINE_FEED); stop >= 0; stop = chunk.indexOf(LINE_FEED, start)) {
      begun.push(chunk.subarray(start, stop));
      end(joined(begun));
      begun = [];
      start = stop + 1;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  if (begun.length > 0) end(joined(begun));
}
