// A browser's side of a run: files from the page's server, the cache and the network; run folders in the origin's private file system.
import { PipelineError } from "../errors.ts";
import { version } from "../pipeline/generated/version.ts";
import type { Platform } from "../pipeline/platform.ts";
import { fetchBytes } from "./fetchBytes.ts";
import { findFile } from "./findFile.ts";
import { isPage } from "./page.ts";
import { openRunFolder } from "./runFolder.ts";
import { startThread } from "./startThread.ts";

/** `base` is what relative addresses are relative to. */
export function browserPlatform(base: string): Platform {
  return {
    file: (request, options) => findFile(request, options, base),
    async read(path, options) {
      const { href } = new URL(path, base);
      const bytes = await fetchBytes(href, options, { what: path });
      if (bytes === undefined) throw new PipelineError("data", path, `the server has no ${href}`);
      return bytes;
    },
    async list(folder) {
      throw new PipelineError(
        "environment",
        folder,
        "a page cannot list a folder; fetch the files and pass their rows with arrays(), or run this pipeline in Node",
      );
    },
    store: openRunFolder,
    cores: isPage ? 1 : navigator.hardwareConcurrency,
    startThread,
    environment: () => ({ lanewise: version, runtime: navigator.userAgent, system: "browser", cores: navigator.hardwareConcurrency }),
  };
}
