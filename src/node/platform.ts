// Node's side of a run: files from disk and network, the run folder.
import { availableParallelism } from "node:os";
import type { Platform } from "../pipeline/platform.ts";
import { loadWide } from "../wasm/loadWide.ts";
import { environment } from "./environment.ts";
import { checksum, findFile, listFolder, openFile, readNamed } from "./files.ts";
import { startThread } from "./startThread.ts";
import { openStore } from "./store.ts";
import { wideVectors } from "./wideVectors.ts";

export const nodePlatform: Platform = {
  file: findFile,
  read: readNamed,
  open: openFile,
  checksum,
  list: listFolder,
  parquet: async (...given) => (await import("./parquet.ts")).readParquet(...given),
  store: openStore,
  cores: availableParallelism(),
  startThread,
  environment,
  get salt() {
    return process.env.LANEWISE_SALT;
  },
  report: async (record) => (await import("../report/reportHtml.ts")).reportHtml(record),
  loadWide: (options) => loadWide(options, wideVectors),
};
