// A browser's side of a run: files from the page's server, the cache and the network; run folders in the origin's private file system.
import { inMemory } from "../data/readableFile.ts";
import { PipelineError } from "../errors.ts";
import { version } from "../pipeline/generated/version.ts";
import type { Platform } from "../pipeline/platform.ts";
import { fetchBytes, fetchFile } from "./fetchBytes.ts";
import { findFile } from "./findFile.ts";
import { isPage } from "./page.ts";
import { openRunFolder } from "./runFolder.ts";
import { startThread } from "./startThread.ts";

/** `base` is what relative addresses are relative to. */
export function browserPlatform(base: string): Platform {
  const named = async <T>(path: string, get: (url: string) => Promise<T | undefined>): Promise<T> => {
    const { href } = new URL(path, base);
    const found = await get(href);
    if (found === undefined) throw new PipelineError("data", path, `the server has no ${href}`);
    return found;
  };
  return {
    file: (request, options) => findFile(request, options, base),
    read: (path, options) => named(path, (url) => fetchBytes(url, options, { what: path })),
    async open(file, options) {
      if (typeof file === "string") return named(file, (url) => fetchFile(url, options, { what: file }));
      return inMemory(await findFile(file, options, base), file.name);
    },
    async list(folder) {
      throw new PipelineError(
        "environment",
        folder,
        "a page cannot list a folder; give the run its files, by their paths, as { files }, or their rows with arrays(), or run this pipeline in Node",
      );
    },
    store: openRunFolder,
    cores: isPage ? 1 : navigator.hardwareConcurrency,
    startThread,
    environment: () => ({ lanewise: version, runtime: navigator.userAgent, system: "browser", cores: navigator.hardwareConcurrency }),
  };
}
