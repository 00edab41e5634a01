// The files of a run, wherever they are.
import { fetchBytes } from "./fetchBytes.ts";
import { baseUrl } from "./page.ts";
import { findRunFolder, type Reader } from "./runFolder.ts";

/** The `out` of a run in this browser, the address of a run folder, or its files by name, as artifact events bring them. */
export type RunFiles = string | URL | Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

export async function readerOf(files: RunFiles): Promise<Reader> {
  if (files instanceof URL) return served(files.href);
  if (typeof files === "string") return (isAddress(files) ? undefined : await findRunFolder(files)) ?? served(files);
  return { name: "the given files", read: async (name) => files[name] };
}

/** `https://…`, `/…`, `./…`: these are no names of run folders. */
const isAddress = (files: string): boolean => /^([a-z][a-z\d+.-]*:|\.{0,2}\/)/i.test(files);

function served(files: string): Reader {
  const folder = new URL(files.endsWith("/") ? files : `${files}/`, baseUrl());
  const options = { signal: new AbortController().signal, progress: () => {} };
  return {
    name: files.replace(/\/$/, ""),
    read: (name) => fetchBytes(new URL(name, folder).href, options, { what: name }),
  };
}
