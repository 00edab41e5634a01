// Bytes of a file as a stream that is read in order, so that a large gzip file unpacks straight into the memory it is meant for.
import { PipelineError } from "../errors.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

export interface ByteReader {
  /** The next `n` bytes. Throws when the file ends first. */
  read(n: number): Promise<Uint8Array>;
  /** Fills `into` to its end. Throws when the file ends first. */
  fill(into: Uint8Array): Promise<void>;
  /** Throws unless everything has been read. */
  end(): Promise<void>;
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Reads a file, unpacking it when it is gzip. `name` is for messages. */
export function openBytes(bytes: Bytes, name: string): ByteReader {
  const chunks = byteChunks(bytes, name);
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

/** Unpacked data arrives in pieces of about this size, so that a cancellation gets through between two of them. */
const PIECE = 1 << 20;
const FED = 1 << 16;

/** The bytes of a file in order, unpacked when it is gzip. `taken` hears how many bytes of the file itself have been used. */
export async function* byteChunks(
  bytes: Bytes,
  name: string,
  taken: (bytes: number) => void = () => undefined,
): AsyncGenerator<Bytes, void> {
  if (isGzip(bytes)) {
    yield* unpacked(slices(bytes, FED, taken), name);
    return;
  }
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    yield* streamed(new Blob([piece]).stream());
    taken(at + piece.length);
  }
}

function* slices(bytes: Bytes, size: number, taken: (bytes: number) => void): Generator<Bytes, void> {
  for (let at = 0; at < bytes.length; at += size) {
    const slice = bytes.subarray(at, at + size);
    taken(at + slice.length);
    yield slice;
  }
}

/** What a gzip file holds, of which these are the bytes. */
export async function* unpacked(pieces: Iterator<Bytes, void> | AsyncIterator<Bytes, void>, name: string): AsyncGenerator<Bytes, void> {
  let failure: unknown;
  const packed = new ReadableStream<Bytes>({
    async pull(controller) {
      try {
        const next = await pieces.next();
        if (next.done === true) controller.close();
        // Whoever gives the pieces may write over one while it waits to be unpacked.
        else controller.enqueue(next.value.slice());
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
  });
  try {
    yield* streamed(packed.pipeThrough(new DecompressionStream("gzip")));
  } catch (error) {
    if (failure !== undefined) throw failure;
    const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
    throw new PipelineError("data", name, `the gzip data is corrupt (${cause}); fetch the file again`, error);
  } finally {
    await pieces.return?.();
  }
}

async function* streamed(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes, void> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Everything that comes, as one. */
export async function allOf(chunks: AsyncIterable<Bytes>): Promise<Bytes> {
  const list: Bytes[] = [];
  for await (const chunk of chunks) list.push(chunk);
  return joined(list);
}

export function joined(parts: readonly Bytes[]): Bytes {
  if (parts.length === 1) return parts[0] as Bytes;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
