// Data for runs in the page: its Worker asks here for the files of a source, as a run in Node asks the disk.
import { realpath } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import type { FileRequest } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { Pipeline } from "../../pipeline/define.ts";
import type { FileOptions } from "../../pipeline/platform.ts";
import { findFile, listFolder, readNamed } from "../files.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface DataFiles {
  /** A file of a data set: from the user's folders, the cache, the network. */
  file(request: FileRequest, signal: AbortSignal): Promise<Bytes>;
  /** A file that the pipeline names. */
  read(path: string, signal: AbortSignal): Promise<Bytes>;
  list(folder: string): Promise<string[]>;
}

/** What a pipeline names may lie anywhere; what the reader has typed into the page must lie in the working directory or in `data`. */
export function openDataFiles(data: string | undefined, pipelines: () => Promise<readonly Pipeline[]>): DataFiles {
  const options = (signal: AbortSignal): FileOptions => ({ signal, ...(data !== undefined && { data }), progress: () => {} });

  async function mayRead(path: string): Promise<void> {
    if ((await pipelines()).some(({ source }) => names(source, path))) return;
    const inside = !isAddress(path) && (await isInside(path, [".", ...(data === undefined ? [] : [data])]));
    if (!inside)
      throw new PipelineError(
        "config",
        path,
        "for a run in the page it must lie in the folder that the studio was started in, or in --data",
      );
  }

  return {
    async file(request, signal) {
      const { url } = request;
      const named = url !== undefined && (await pipelines()).some(({ source }) => names(source, url));
      checkRequest(request, named);
      return findFile(request, options(signal));
    },
    async read(path, signal) {
      await mayRead(path);
      return readNamed(path, options(signal));
    },
    async list(folder) {
      await mayRead(folder);
      return listFolder(folder);
    },
  };
}

/**
 * What is fetched from the network must be named by a pipeline or have a known checksum: so nobody learns through the studio what he does not
 * know already.
 */
function checkRequest({ name, url, sha256 }: FileRequest, named: boolean): void {
  const parts = typeof name === "string" ? name.split("/") : [];
  if (parts.length === 0 || parts.some((part) => !/^[\w.-]+$/.test(part) || /^\.+$/.test(part)))
    throw new PipelineError("config", "name", `expected the path of a data file such as mnist/labels.gz, got ${JSON.stringify(name)}`);
  if (url !== undefined && (!/^https?:\/\//.test(url) || !(named || /^[\da-f]{64}$/.test(sha256 ?? ""))))
    throw new PipelineError(
      "config",
      name,
      "a page may only have files fetched whose SHA-256 is known; add sha256, or run this pipeline in Node",
    );
}

/** Whether a setting is this path, or a folder that it lies in. */
function names(value: unknown, path: string): boolean {
  if (typeof value === "string") return value === path || (!isAddress(path) && liesIn(resolve(path), resolve(value)));
  return (
    typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && Object.values(value).some((item) => names(item, path))
  );
}

const isAddress = (path: string): boolean => /^[a-z][a-z\d+.-]+:/i.test(path);

/** Both whole. Nothing lies in the root: a setting that is "/" is no folder that somebody means. */
const liesIn = (path: string, folder: string): boolean => dirname(folder) !== folder && path.startsWith(folder + sep);

async function isInside(path: string, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(path).catch(() => resolve(path));
  for (const folder of folders) {
    const home = await realpath(folder).catch(() => undefined);
    if (home !== undefined && (real === home || liesIn(real, home))) return true;
  }
  return false;
}
