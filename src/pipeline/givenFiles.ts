// Files that whoever starts a run hands over, by the names that its pipeline has for them: such as those that a page's user has chosen.
import { type Rule, rule } from "../check.ts";
import type { Bytes } from "../data/openBytes.ts";
import { inMemory, PIECE, type ReadableFile } from "../data/readableFile.ts";
import type { FileRequest } from "../data/table.ts";
import { PipelineError, show } from "../errors.ts";
import type { Platform } from "./platform.ts";
import { sha256 } from "./sha256.ts";

export type GivenFiles = Readonly<Record<string, Blob>>;

export const filesRule: Rule = rule({ type: "rows" }, (value, at) => {
  if (typeof value !== "object" || value === null || value instanceof Blob)
    throw new PipelineError("config", at, `expected files by name, such as { "data.csv": file }, got ${show(value)}`);
  for (const [name, file] of Object.entries(value))
    if (!(file instanceof Blob)) throw new PipelineError("config", `${at}["${name}"]`, `expected a File or a Blob, got ${show(file)}`);
});

/** The platform, which looks among these files before it looks anywhere else. */
export function withFiles(platform: Platform, files: GivenFiles | undefined): Platform {
  if (files === undefined) return platform;
  const given = (name: string): Blob | undefined => (Object.hasOwn(files, name) ? files[name] : undefined);
  const elsewhere = <T>(found: Promise<T>): Promise<T> =>
    found.catch((error: unknown) => {
      if (!(error instanceof PipelineError)) throw error;
      const problem = error.message.slice(error.at === "" ? 0 : error.at.length + 2);
      throw new PipelineError(error.code, error.at, `${problem}; the files that were given are ${Object.keys(files).join(", ")}`, error);
    });
  return {
    ...platform,
    async file(request, options) {
      const blob = given(request.name);
      return blob === undefined ? elsewhere(platform.file(request, options)) : checked(request, blob);
    },
    async read(path, options) {
      const blob = given(path);
      return blob === undefined ? elsewhere(platform.read(path, options)) : bytesOf(blob);
    },
    async open(file, options) {
      const name = typeof file === "string" ? file : file.name;
      const blob = given(name);
      if (blob === undefined) return elsewhere(platform.open(file, options));
      return typeof file === "string" ? opened(blob, name) : inMemory(await checked(file, blob), name);
    },
    async list(folder) {
      const prefix = folder.endsWith("/") ? folder : `${folder}/`;
      const inside = Object.keys(files).filter((name) => name.startsWith(prefix));
      return inside.length === 0 ? elsewhere(platform.list(folder)) : inside.map((name) => name.slice(prefix.length)).sort();
    },
  };
}

const bytesOf = async (blob: Blob): Promise<Bytes> => new Uint8Array(await blob.arrayBuffer());

async function checked({ name, sha256: expected }: FileRequest, blob: Blob): Promise<Bytes> {
  const bytes = await bytesOf(blob);
  const sum = expected === undefined ? undefined : await sha256(bytes);
  if (sum !== undefined && sum !== expected)
    throw new PipelineError("data", name, `expected sha256 ${expected}, got ${sum}; give another file`);
  return bytes;
}

const opened = (blob: Blob, name: string): ReadableFile => ({
  name,
  size: blob.size,
  async *pieces() {
    for (let at = 0; at < blob.size; at += PIECE) yield bytesOf(blob.slice(at, at + PIECE));
  },
});
