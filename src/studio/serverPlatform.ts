// What a Worker of the studio needs of the world: a browser's, but that the files of sources come through the studio's server.
import { browserPlatform } from "../browser/platform.ts";
import { inMemory } from "../data/readableFile.ts";
import type { FileRequest } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { FileOptions, Platform } from "../pipeline/platform.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export const serverPlatform = (base: string): Platform => ({
  ...browserPlatform(base),
  file,
  read,
  open: async (found, options) =>
    typeof found === "string" ? inMemory(await read(found, options), found) : inMemory(await file(found, options), found.name),
  async list(folder) {
    const bytes = await ask(`/api/data/list?path=${encodeURIComponent(folder)}`, {});
    return JSON.parse(new TextDecoder().decode(bytes)) as string[];
  },
});

function file(request: FileRequest, options: FileOptions): Promise<Bytes> {
  options.progress(0, request.bytes ?? 0, `waiting for ${request.name}`);
  return ask("/api/data/file", options, { method: "POST", body: JSON.stringify(request) });
}

const read = (path: string, options: FileOptions): Promise<Bytes> => ask(`/api/data/read?path=${encodeURIComponent(path)}`, options);

async function ask(path: string, { signal }: Partial<FileOptions>, init: RequestInit = {}): Promise<Bytes> {
  // A Worker that is made from a file has that file's address as its own, and the same origin as the page.
  const response = await fetch(path, { ...init, ...(signal && { signal }) });
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const { error } = (await response.json()) as { error: string };
  throw new PipelineError("io", "", error);
}
