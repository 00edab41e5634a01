// Finds the files of a source, `--data`, `$LANEWISE_DATA`, cache, network, and reads what the user names by path or URL.
import { createHash } from "node:crypto";
import { readdir, readFile, realpath, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inMemory, type ReadableFile } from "../data/readableFile.ts";
import type { FileRequest } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { FileOptions } from "../pipeline/platform.ts";
import { type Download, download } from "./download.ts";
import { cacheFolder, dataFolder } from "./folders.ts";
import { fetchWhole } from "./http.ts";
import { ioError, reason, systemCode } from "./io_error.ts";
import { openOnDisk } from "./openOnDisk.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What becomes of a file that is there, and its checksum, where somebody wants to know. */
type Take<T> = (path: string, request: FileRequest) => Promise<{ readonly value: T; sha256(): Promise<string> | string } | undefined>;

const whole: Take<Bytes> = async (path) => {
  const bytes = await readIfThere(path);
  return bytes && { value: bytes, sha256: () => createHash("sha256").update(bytes).digest("hex") };
};

const opened =
  ({ signal }: FileOptions): Take<ReadableFile> =>
  async (path, { name }) => {
    const value = await openIfThere(path, name);
    if (value === undefined) return undefined;
    return {
      value,
      sha256: () => checksum(value, signal),
    };
  };

export async function checksum(file: ReadableFile, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of file.pieces()) {
    signal.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest("hex");
}

export const findFile = (request: FileRequest, options: FileOptions): Promise<Bytes> => find(request, options, whole);

/** As `findFile`, or as `readNamed`, to be read piece by piece. What comes straight from the network is in memory nevertheless. */
export async function openFile(file: string | FileRequest, options: FileOptions): Promise<ReadableFile> {
  if (typeof file !== "string") return find(file, options, opened(options));
  if (/^https?:/.test(file)) return inMemory(await fetchWhole(file, options), file);
  const path = localPath(file);
  try {
    return await openOnDisk(path, file);
  } catch (error) {
    options.signal.throwIfAborted();
    throw userError(path, "read", error);
  }
}

async function find<T>(request: FileRequest, options: FileOptions, take: Take<T>): Promise<T> {
  if (options.data !== undefined && !(await isFolder(options.data)))
    throw new PipelineError("config", "data", `there is no folder "${options.data}"`);
  const fromEnvironment = dataFolder();
  for (const folder of [options.data, fromEnvironment]) {
    const found = folder === undefined ? undefined : await fromUserFolder(request, folder, take);
    if (found !== undefined) return found;
    options.signal.throwIfAborted();
  }
  const cached = join(cacheFolder(), request.name);
  const found = await fromCache(request, cached, take);
  if (found !== undefined) return found;
  const tried = `not in --data (${options.data ?? "not given"}), $LANEWISE_DATA (${fromEnvironment ?? "not set"}) or the cache (${cacheFolder()})`;
  if (request.url === undefined)
    throw new PipelineError(
      "io",
      request.name,
      `${tried}, and there is no address to download it from; put it into a folder and pass --data`,
    );
  try {
    await download({ ...request, url: request.url } satisfies Download, cached, options);
  } catch (error) {
    options.signal.throwIfAborted();
    const failure = ioError(cached, "write the cache", error, "set XDG_CACHE_HOME to a folder with room");
    if (!(failure instanceof PipelineError)) throw failure;
    throw new PipelineError("io", request.name, `${tried}, and the download failed: ${failure.message}`, failure);
  }
  const downloaded = await take(cached, request);
  if (downloaded !== undefined) return downloaded.value;
  throw new PipelineError("io", cached, "it was downloaded, and somebody has removed it; run again");
}

/** `DIR/mnist/file.gz`, or `DIR/file.gz` where DIR is the data set's own folder. The user's files are never touched. */
async function fromUserFolder<T>(request: FileRequest, folder: string, take: Take<T>): Promise<T | undefined> {
  for (const path of [join(folder, request.name), join(folder, basename(request.name))]) {
    const found = await take(path, request);
    if (found === undefined) continue;
    const wrong = await wrongChecksum(request, found);
    if (wrong !== undefined) throw new PipelineError("data", path, `${wrong}; replace the file, or remove it to have it downloaded`);
    return found.value;
  }
  return undefined;
}

/** A damaged file in the cache is ours, so it is thrown away and fetched again. */
async function fromCache<T>(request: FileRequest, path: string, take: Take<T>): Promise<T | undefined> {
  const found = await take(path, request);
  if (found === undefined || (await wrongChecksum(request, found)) === undefined) return found?.value;
  await rm(path, { force: true });
  return undefined;
}

async function wrongChecksum({ sha256 }: FileRequest, found: { sha256(): Promise<string> | string }): Promise<string | undefined> {
  if (sha256 === undefined) return undefined;
  const actual = await found.sha256();
  return actual === sha256 ? undefined : `expected sha256 ${sha256}, got ${actual}`;
}

const readIfThere = (path: string): Promise<Bytes | undefined> => ifThere(path, () => readFile(path));
const openIfThere = (path: string, name: string): Promise<ReadableFile | undefined> => ifThere(path, () => openOnDisk(path, name));

async function ifThere<T>(path: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    throw ioError(path, "read", error);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** A path (relative to the working directory) or a URL that the user named. */
export async function readNamed(path: string, options: FileOptions): Promise<Bytes> {
  if (/^https?:/.test(path)) return fetchWhole(path, options);
  const file = localPath(path);
  try {
    return await readFile(file, { signal: options.signal });
  } catch (error) {
    options.signal.throwIfAborted();
    throw userError(file, "read", error);
  }
}

const localPath = (path: string): string => (path.startsWith("file:") ? fileURLToPath(path) : path);

/** All files under a folder, relative to it, with `/` between names, sorted. Links to folders are followed. */
export async function listFolder(folder: string): Promise<string[]> {
  const files: string[] = [];
  await walk(folder, "", [], files);
  return files.sort();
}

async function walk(folder: string, prefix: string, above: readonly string[], files: string[]): Promise<void> {
  try {
    const here = await realpath(folder);
    if (above.includes(here)) return; // a link back up
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(path) : entry;
      if (kind.isDirectory()) await walk(path, `${prefix}${entry.name}/`, [...above, here], files);
      else if (kind.isFile()) files.push(prefix + entry.name);
    }
  } catch (error) {
    throw userError(folder, "list", error);
  }
}

/** What the user named and is not there is the user's to mend ("data"); other failures are the machine's. */
function userError(path: string, verb: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code !== "ENOENT" && code !== "EISDIR" && code !== "ENOTDIR") return ioError(path, verb, error);
  const problem = verb === "list" && code === "ENOTDIR" ? "it is a file, not a folder" : reason(error);
  return new PipelineError("data", path, `cannot ${verb}: ${problem}`, error);
}
