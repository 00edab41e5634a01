// The folder of one run. A write goes to a temporary file beside its target, reaches the disk, and is renamed over it, so a kill
// at any moment leaves the old file or the new one, whole.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Store } from "../pipeline/platform.ts";
import { ioError, systemCode } from "./io_error.ts";

const TEMPORARY = /^\..+\.(\d+)-[0-9a-f]{8}\.tmp$/;
const WAY_OUT = "choose another folder with --out";

/** Temporary files of this process; the pid in a name may also be that of an earlier process in a restarted container. */
const inFlight = new Set<string>();

/** Makes the folder, proves that it can be written, and clears what a killed run left half-written. */
export async function openStore(folder: string): Promise<Store> {
  try {
    await makeFolder(folder);
    await removeLeftovers(folder);
    await withTemporary(folder, "probe", async (path) => (await open(path, "wx")).close());
  } catch (error) {
    throw ioError(folder, "write the run folder", error, WAY_OUT);
  }
  return {
    ...readStore(folder),
    write: (name, bytes) => writeWhole(folder, name, bytes),
    append: (name, bytes) => append(folder, name, bytes),
  };
}

/** With all folders above it. (`mkdir` with `recursive` never returns where a file system refuses with "no such file", as /proc does.) */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST" && (await stat(folder)).isDirectory()) return;
    const above = dirname(resolve(folder));
    if (code !== "ENOENT" || existsSync(above)) throw error;
    await makeFolder(above);
    await makeFolder(folder);
  }
}

/** The read half: neither makes nor changes anything. */
export function readStore(folder: string): Omit<Store, "write" | "append"> {
  return {
    name: folder,
    async read(name) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if (systemCode(error) === "ENOENT") return undefined;
        throw ioError(join(folder, name), "read", error);
      }
    },
  };
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  try {
    await withTemporary(folder, name, async (temporary) => {
      const file = await open(temporary, "wx");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, join(folder, name));
    });
    await syncFolder(folder);
  } catch (error) {
    throw notWritten(folder, name, error);
  }
}

async function append(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  try {
    await appendFile(join(folder, name), bytes);
  } catch (error) {
    throw notWritten(folder, name, error);
  }
}

const notWritten = (folder: string, name: string, error: unknown): unknown =>
  ioError(join(folder, name), "write", error, systemCode(error) === "ENOSPC" ? "free some or choose another folder with --out" : WAY_OUT);

/** A fresh name in the same folder, gone again afterwards unless it was renamed. */
async function withTemporary(folder: string, name: string, work: (path: string) => Promise<void>): Promise<void> {
  const path = join(folder, `.${name}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`);
  inFlight.add(path);
  try {
    await work(path);
  } finally {
    await rm(path, { force: true });
    inFlight.delete(path);
  }
}

/** Makes the rename itself durable; Windows neither needs nor allows it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = TEMPORARY.exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(folder, name);
    const abandoned = Number(pid) === process.pid ? !inFlight.has(path) : !isAlive(Number(pid));
    if (abandoned) await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
