// Finds the files of a source: under `data` on the page's server, in the browser's cache, in the network.
import type { Bytes } from "../data/openBytes.ts";
import type { FileRequest } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { FileOptions } from "../pipeline/platform.ts";
import { fetchBytes } from "./fetchBytes.ts";

const CACHE = "lanewise";

export async function findFile(request: FileRequest, options: FileOptions, base: string): Promise<Bytes> {
  const found =
    (options.data === undefined ? undefined : await fromData(request, options, new URL(options.data, base).href)) ??
    (await fromCache(request));
  if (found !== undefined) return found;
  const tried = `not under data (${options.data ?? "not given"}) or in the browser's cache`;
  const wayOut = `put it on the page's server and pass { data: "/its/folder" }`;
  if (request.url === undefined)
    throw new PipelineError("io", request.name, `${tried}, and there is no address to download it from; ${wayOut}`);
  let bytes: Bytes | undefined;
  try {
    bytes = await fetchBytes(request.url, options, { what: request.name, bytes: request.bytes });
  } catch (error) {
    options.signal.throwIfAborted();
    throw new PipelineError("io", request.name, `${tried}, and the download failed: ${(error as Error).message}; ${wayOut}`, error);
  }
  const wrong = bytes === undefined ? "the server does not have it any more" : await difference(request, bytes);
  if (bytes === undefined || wrong !== undefined) throw new PipelineError("io", request.url, `${wrong}; ${wayOut}`);
  await intoCache(request, bytes);
  return bytes;
}

/** `DATA/mnist/file.gz`, or `DATA/file.gz` where DATA is the data set's own folder. */
async function fromData(request: FileRequest, options: FileOptions, data: string): Promise<Bytes | undefined> {
  const folder = data.endsWith("/") ? data : `${data}/`;
  for (const name of [request.name, request.name.slice(request.name.lastIndexOf("/") + 1)]) {
    const url = new URL(name, folder).href;
    const bytes = await fetchBytes(url, options, { what: request.name, bytes: request.bytes });
    if (bytes === undefined) continue;
    const wrong = await difference(request, bytes);
    if (wrong !== undefined)
      throw new PipelineError(
        "data",
        url,
        `${wrong}; replace the file (and have it served as it is, without Content-Encoding), or remove it to have it downloaded`,
      );
    return bytes;
  }
  return undefined;
}

/** Pages without https have no cache. */
const openCache = async (): Promise<Cache | undefined> =>
  typeof caches === "undefined" ? undefined : caches.open(CACHE).catch(() => undefined);

/** Cached files stand under their own address, or one that is nobody's. */
const cacheKey = ({ name, url }: FileRequest): string => url ?? `https://lanewise.invalid/${name}`;

/** A damaged file in the cache is ours, so it is thrown away and fetched again. */
async function fromCache(request: FileRequest): Promise<Bytes | undefined> {
  const cache = await openCache();
  const response = await cache?.match(cacheKey(request));
  if (response === undefined) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if ((await difference(request, bytes)) === undefined) return bytes;
  await cache?.delete(cacheKey(request));
  return undefined;
}

/** A full cache costs the next run a download, and nothing else. */
async function intoCache(request: FileRequest, bytes: Bytes): Promise<void> {
  const cache = await openCache();
  await cache?.put(cacheKey(request), new Response(bytes)).catch(() => undefined);
}

/** How these bytes differ from the file that was asked for; pages without https cannot hash, and compare sizes. */
async function difference({ sha256, bytes: length }: FileRequest, bytes: Bytes): Promise<string | undefined> {
  if (sha256 === undefined || typeof crypto.subtle === "undefined") {
    return length === undefined || length === bytes.length ? undefined : `expected ${length} bytes, got ${bytes.length}`;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return actual === sha256 ? undefined : `expected sha256 ${sha256}, got ${actual}`;
}
