// A world for sources in tests: files in memory, and a record of what the source said.
import { inMemory } from "../../src/data/readableFile.ts";
import type { SourceIo } from "../../src/data/table.ts";

export interface FakeIo extends SourceIo {
  readonly warnings: string[];
  readonly progressed: [number, number, string][];
}

export function fakeIo(files: Readonly<Record<string, Uint8Array>> = {}, signal: AbortSignal = new AbortController().signal): FakeIo {
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = files[path];
    if (bytes === undefined) throw new Error(`no file ${path}`);
    return new Uint8Array(bytes);
  };
  const warnings: string[] = [];
  const progressed: [number, number, string][] = [];
  return {
    signal,
    seed: 1,
    warnings,
    progressed,
    read,
    open: async (file) => inMemory(await read(typeof file === "string" ? file : file.name), typeof file === "string" ? file : file.name),
    file: (request) => read(request.name),
    list: async (folder) =>
      Object.keys(files)
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1))
        .sort(),
    pause: async () => signal.throwIfAborted(),
    progress: (done, total, what) => progressed.push([done, total, what]),
    warn: (at, message) => warnings.push(`${at}: ${message}`),
  };
}
