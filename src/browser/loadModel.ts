// A trained model in a page, from wherever its run folder is.
import type { RunOptions } from "../pipeline/options.ts";
import type { TrainedModel } from "../pipeline/trainedModel.ts";
import { fetchBytes } from "./fetchBytes.ts";
import { baseUrl } from "./page.ts";
import { findRunFolder, type Reader } from "./runFolder.ts";

/** The `out` of a run in this browser, the address of a run folder, or its files by name, as artifact events bring them. */
export type ModelSource = string | URL | Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

/** The model of a finished run. It computes on the calling thread. */
export async function loadModel(source: ModelSource, options: Pick<RunOptions, "backend" | "strict"> = {}): Promise<TrainedModel> {
  const [{ openModel }, store] = await Promise.all([import("../pipeline/trainedModel.ts"), storeOf(source)]);
  return openModel(store, options);
}

async function storeOf(source: ModelSource): Promise<Reader> {
  if (source instanceof URL) return served(source.href);
  if (typeof source === "string") return (isAddress(source) ? undefined : await findRunFolder(source)) ?? served(source);
  return { name: "the given files", read: async (name) => source[name] };
}

/** `https://…`, `/…`, `./…`: these are no names of run folders. */
const isAddress = (source: string): boolean => /^([a-z][a-z\d+.-]*:|\.{0,2}\/)/i.test(source);

function served(source: string): Reader {
  const folder = new URL(source.endsWith("/") ? source : `${source}/`, baseUrl());
  const options = { signal: new AbortController().signal, progress: () => {} };
  return {
    name: source.replace(/\/$/, ""),
    read: (name) => fetchBytes(new URL(name, folder).href, options, { what: name }),
  };
}
