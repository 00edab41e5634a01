// What a run needs of the world around it; Node and the browser each bring theirs.
import type { ReadableFile } from "../data/readableFile.ts";
import type { FileRequest, SourceIo } from "../data/table.ts";
import type { Executor } from "../wasm/abi.ts";
import type { LoadOptions } from "../wasm/load.ts";
import type { StartThread } from "../wasm/threads.ts";
import type { Environment, RunRecord } from "./report/file.ts";

/** Where the files of one run live. Writing is atomic: a reader sees the old file or the new one, never half of one. */
export interface Store {
  /** For messages: the folder's path, or what stands for it. */
  readonly name: string;
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end of a file that grows piece by piece; it need not be atomic. */
  append(name: string, bytes: Uint8Array): Promise<void>;
}

export interface FileOptions {
  readonly signal: AbortSignal;
  readonly data?: string;
  progress(done: number, total: number, what: string): void;
}

export interface Platform {
  /** Look-up order of a source's own file: `data`, `$LANEWISE_DATA`, the cache, the network. */
  file(request: FileRequest, options: FileOptions): Promise<Uint8Array<ArrayBuffer>>;
  read(path: string, options: FileOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Either of them, to be read piece by piece. */
  open(file: string | FileRequest, options: FileOptions): Promise<ReadableFile>;
  /** The SHA-256 of a file, read piece by piece. */
  checksum?(file: ReadableFile, signal: AbortSignal): Promise<string | undefined>;
  list(folder: string): Promise<string[]>;
  readonly parquet?: SourceIo["parquet"];
  /** Opens (and makes) the folder of a run. Throws in one line when it cannot be written. */
  store(out: string): Promise<Store>;
  /** How many threads this machine runs at once. */
  readonly cores: number;
  readonly startThread: StartThread;
  /** `$LANEWISE_SALT`. */
  readonly salt?: string | undefined;
  /** Where this is. */
  environment(): Environment;
  /** Makes the report of a run that is kept in a folder, as HTML. */
  report?(record: RunRecord): Promise<string>;
  /** An executor whose threads compute with vectors of 256 bits, or the reason why there is none. */
  loadWide?(options: LoadOptions): Promise<Executor | string>;
}
