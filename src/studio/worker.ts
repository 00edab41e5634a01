// The program of a run's Worker in the studio: as the package's own, but that files come through the studio's server.
import { answerOrder } from "../browser/answerOrder.ts";
import { browserPlatform } from "../browser/platform.ts";
import { PipelineError } from "../errors.ts";
import type { FileOptions } from "../pipeline/platform.ts";

type Bytes = Uint8Array<ArrayBuffer>;

answerOrder((base) => ({
  ...browserPlatform(base),
  async file(request, options) {
    options.progress(0, request.bytes ?? 0, `waiting for ${request.name}`);
    return ask("/api/data/file", options, { method: "POST", body: JSON.stringify(request) });
  },
  read: (path, options) => ask(`/api/data/read?path=${encodeURIComponent(path)}`, options),
  async list(folder) {
    const bytes = await ask(`/api/data/list?path=${encodeURIComponent(folder)}`, {});
    return JSON.parse(new TextDecoder().decode(bytes)) as string[];
  },
}));

async function ask(path: string, { signal }: Partial<FileOptions>, init: RequestInit = {}): Promise<Bytes> {
  // A Worker that is made from a file has that file's address as its own, and the same origin as the page.
  const response = await fetch(path, { ...init, ...(signal && { signal }) });
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const { error } = (await response.json()) as { error: string };
  throw new PipelineError("io", "", error);
}
