// The folder of one run, in the origin's private file system. A write goes to a copy that takes the file's place when it is closed, so
// a reader sees the old file or the new one, never half of one.
import { PipelineError } from "../errors.ts";
import type { Store } from "../pipeline/platform.ts";

export type Reader = Omit<Store, "write" | "append">;

/** Opens the folder, and makes it. */
export async function openRunFolder(out: string): Promise<Store> {
  const root = await fileSystem();
  if (root === undefined) {
    throw new PipelineError(
      "environment",
      "out",
      "this page has no private file system (it needs https or localhost); leave out away and keep the content of the artifact events",
    );
  }
  const folder = await find(root, out, true);
  return {
    ...reader(out, folder),
    write: (name, bytes) => write(folder, out, name, bytes, false),
    append: (name, bytes) => write(folder, out, name, bytes, true),
  };
}

/** Opens a folder to read from; undefined where there is none. */
export async function findRunFolder(out: string): Promise<Reader | undefined> {
  const root = await fileSystem();
  try {
    return root && reader(out, await find(root, out, false));
  } catch (error) {
    if (isMissing((error as PipelineError).cause)) return undefined;
    throw error;
  }
}

/** Undefined where the page is not secure, and in private windows that refuse it. */
const fileSystem = async (): Promise<FileSystemDirectoryHandle | undefined> => navigator.storage?.getDirectory?.().catch(() => undefined);

async function find(root: FileSystemDirectoryHandle, out: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  try {
    let folder = root;
    for (const name of out.split("/").filter((part) => part !== "")) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  } catch (cause) {
    throw new PipelineError("io", out, `cannot open this folder of the browser's private file system: ${(cause as Error).message}`, cause);
  }
}

const isMissing = (error: unknown): boolean => error instanceof DOMException && error.name === "NotFoundError";

const reader = (out: string, folder: FileSystemDirectoryHandle): Reader => ({
  name: out,
  async read(name) {
    try {
      const file = await (await folder.getFileHandle(name)).getFile();
      return new Uint8Array(await file.arrayBuffer());
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw new PipelineError("io", `${out}/${name}`, `cannot read: ${(cause as Error).message}`, cause);
    }
  },
});

async function write(folder: FileSystemDirectoryHandle, out: string, name: string, bytes: Uint8Array, append: boolean): Promise<void> {
  try {
    const handle = await folder.getFileHandle(name, { create: true });
    const file = await handle.createWritable({ keepExistingData: append });
    if (append) await file.seek((await handle.getFile()).size);
    await file.write(bytes as Uint8Array<ArrayBuffer>);
    await file.close();
  } catch (cause) {
    const full = cause instanceof DOMException && cause.name === "QuotaExceededError";
    const why = full
      ? "the browser's storage for this site is full; free some, or leave out away and keep the artifact events"
      : (cause as Error).message;
    throw new PipelineError("io", `${out}/${name}`, `cannot write: ${why}`, cause);
  }
}
