// Bytes of a file as a stream that is read in order, so that a large gzip file unpacks straight into the memory it is meant for.
import { PipelineError } from "../errors.ts";

export interface ByteReader {
  /** The next `n` bytes. Throws when the file ends first. */
  read(n: number): Promise<Uint8Array>;
  /** Fills `into` to its end. Throws when the file ends first. */
  fill(into: Uint8Array): Promise<void>;
  /** Throws unless everything has been read. */
  end(): Promise<void>;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Reads a file, unpacking it when it is gzip. `name` is for messages. */
export function openBytes(bytes: Uint8Array<ArrayBuffer>, name: string): ByteReader {
  const chunks = isGzip(bytes) ? unpack(bytes, name) : plain(bytes);
  let chunk = new Uint8Array(0);
  let at = 0;
  let total = 0;

  /** Moves on to the next chunk that holds something; false at the end of the file. */
  const more = async (): Promise<boolean> => {
    while (at === chunk.length) {
      const next = await chunks.next();
      if (next.done) return false;
      chunk = next.value;
      at = 0;
    }
    return true;
  };

  const fill = async (into: Uint8Array): Promise<void> => {
    let filled = 0;
    while (filled < into.length) {
      if (!(await more())) {
        throw new PipelineError(
          "data",
          name,
          `the file ends after ${total} bytes, ${into.length - filled} bytes too early; fetch it again`,
        );
      }
      const n = Math.min(chunk.length - at, into.length - filled);
      into.set(chunk.subarray(at, at + n), filled);
      at += n;
      filled += n;
      total += n;
    }
  };

  return {
    fill,
    async read(n) {
      const bytes = new Uint8Array(n);
      await fill(bytes);
      return bytes;
    },
    async end() {
      if (await more()) throw new PipelineError("data", name, `the file goes on after the ${total} bytes that its header announces`);
    },
  };
}

async function* plain(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  yield bytes;
}

async function* unpack(bytes: Uint8Array<ArrayBuffer>, name: string): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
    throw new PipelineError("data", name, `the gzip data is corrupt (${cause}); fetch the file again`, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
