// A file on disk, piece by piece.
import { open, readFile, stat } from "node:fs/promises";
import { inMemory, PIECE, type ReadableFile } from "../data/readableFile.ts";
import { ioError } from "./io_error.ts";

/** Throws what the system says where there is none, or where it cannot be read. `name` is for messages. */
export async function openOnDisk(path: string, name: string): Promise<ReadableFile> {
  const found = await stat(path);
  // What comes through a pipe comes once.
  if (!found.isFile()) return inMemory(await readFile(path), name);
  await (await open(path)).close();
  return {
    name,
    size: found.size,
    async *pieces() {
      const buffer = new Uint8Array(PIECE);
      const file = await open(path);
      try {
        for (;;) {
          const { bytesRead } = await file.read(buffer, 0, PIECE);
          if (bytesRead === 0) return;
          yield buffer.subarray(0, bytesRead);
        }
      } catch (error) {
        throw ioError(path, "read", error);
      } finally {
        await file.close();
      }
    },
  };
}
