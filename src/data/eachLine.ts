// The lines of a text file, one after the other, whatever its size. A line ends at \n or \r\n and nowhere else: texts hold other
// characters that Unicode takes for line ends.
import { utf8Chunks } from "./csv/utf8Chunks.ts";
import { decodeText, strictDecoder } from "./decodeText.ts";
import { type Bytes, joined } from "./openBytes.ts";
import type { ReadableFile } from "./readableFile.ts";
import type { SourceIo } from "./table.ts";

const LINE_FEED = 10;

/**
 * Calls `visit` with every line, numbered from 1, of a file that may be gzip. Without an encoding it is what a byte order mark says, or
 * UTF-8. A line end at the end of the file begins no line.
 */
export async function eachLine(
  file: ReadableFile,
  encoding: string | undefined,
  io: Pick<SourceIo, "progress" | "pause">,
  visit: (line: string, number: number) => void,
): Promise<void> {
  const decoder = strictDecoder();
  let number = 0;
  // Each line is decoded by itself: a slice of a longer string would keep all of it in memory.
  const end = (line: Uint8Array): void => {
    number++;
    visit(decodeText(decoder, line.at(-1) === 13 ? line.subarray(0, -1) : line, `${file.name} line ${number}`), number);
  };
  let begun: Bytes[] = [];
  for await (const chunk of utf8Chunks(file, encoding, io)) {
    let start = 0;
    for (let stop = chunk.indexOf(LINE_FEED); stop >= 0; stop = chunk.indexOf(LINE_FEED, start)) {
      begun.push(chunk.subarray(start, stop));
      end(joined(begun));
      begun = [];
      start = stop + 1;
    }
    // The chunk is written over by the next one.
    if (start < chunk.length) begun.push(chunk.slice(start));
  }
  if (begun.length > 0) end(joined(begun));
}
