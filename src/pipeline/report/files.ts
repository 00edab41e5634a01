// What files a source read, with their checksums. A file that the platform has verified is not hashed again; others are hashed beside the
// work, and nobody waits for it before the end.
import { type Bytes, joined } from "../../data/openBytes.ts";
import type { ReadableFile } from "../../data/readableFile.ts";
import type { Platform } from "../platform.ts";
import { sha256 } from "../sha256.ts";
import type { DataFile } from "./file.ts";

export interface FileLog {
  /** The platform, with an eye on what it reads. */
  readonly platform: Platform;
  files(): Promise<readonly DataFile[]>;
}

/** More files than this are told as one. */
const MOST = 24;

export function fileLog(platform: Platform): FileLog {
  const read = new Map<string, Promise<DataFile>>();
  const note = (name: string, bytes: number, sum: Promise<string | undefined> | string): void => {
    read.set(
      name,
      Promise.resolve(sum).then((sha256) => ({ name, bytes, ...(sha256 !== undefined && { sha256 }) })),
    );
  };
  return {
    platform: {
      ...platform,
      async file(request, options) {
        const bytes = await platform.file(request, options);
        note(request.name, bytes.length, request.sha256 ?? sha256(bytes));
        return bytes;
      },
      async read(path, options) {
        const bytes = await platform.read(path, options);
        note(path, bytes.length, sha256(bytes));
        return bytes;
      },
      async open(file, options) {
        const opened = await platform.open(file, options);
        const { name, sha256: known } = typeof file === "string" ? { name: file, sha256: undefined } : file;
        const checksum = platform.checksum ?? checksumOfSmall;
        note(name, opened.size, known ?? checksum(opened, options.signal).catch(() => undefined));
        return opened;
      },
    },
    async files() {
      const files = await Promise.all(read.values());
      return files.length <= MOST ? files : [await together(files)];
    },
  };
}

/** The checksum of many files is that of their list, as `sha256sum` would write it. */
async function together(files: readonly DataFile[]): Promise<DataFile> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const lines = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).sort();
  const whole = files.every((file) => file.sha256 !== undefined) ? await sha256(new TextEncoder().encode(lines.join(""))) : undefined;
  return { name: `${files.length} files`, bytes, ...(whole !== undefined && { sha256: whole }) };
}

/** Web Crypto wants a file whole. */
const SMALL = 1 << 26;

async function checksumOfSmall(file: ReadableFile, signal: AbortSignal): Promise<string | undefined> {
  if (file.size > SMALL) return undefined;
  const pieces: Bytes[] = [];
  for await (const piece of file.pieces()) {
    signal.throwIfAborted();
    pieces.push(piece.slice());
  }
  return sha256(joined(pieces));
}
