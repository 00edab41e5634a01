// Threads beside the first. Each is a worker that instantiates the same module on the same memory and then stays inside WebAssembly,
// where programs are started and threads meet by words in memory: no message is sent while training.
import { PipelineError } from "../errors.ts";
import { CONTROL } from "./abi.ts";

/** How a runtime starts a worker: runs `source` there, which calls `ready()` and reads `data`; resolves when it is ready. */
export type StartThread = (source: string, data: unknown) => Promise<{ terminate(): void }>;

/** The body of a worker. `data` holds the module, the memory, the address of the control words and the thread's number. */
const SOURCE = `WebAssembly.instantiate(data.module, { env: { memory: data.memory } }).then(({ exports }) => {
  ready();
  exports.work(data.control, data.thread);
  done();
});`;

const STARTED = (CONTROL + 256) >>> 2;
const PROGRAMS = (CONTROL + 384) >>> 2;

export interface Team {
  /** Starts these programs on the other threads; the first of the list is the caller's own. */
  start(programs: readonly number[]): void;
  /** Lets the other threads end. */
  close(): void;
}

export async function startTeam(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  threads: number,
  startThread: StartThread,
): Promise<Team> {
  const words = new Int32Array(memory.buffer, 0, 2048);
  try {
    await Promise.all(
      Array.from({ length: threads - 1 }, (_, i) => startThread(SOURCE, { module, memory, control: CONTROL, thread: i + 1 })),
    );
  } catch (cause) {
    throw new PipelineError(
      "environment",
      "threads",
      `workers could not be started: ${(cause as Error).message}; use { threads: 1 }`,
      cause,
    );
  }
  const start = (programs: readonly number[]): void => {
    programs.forEach((program, thread) => {
      words[PROGRAMS + thread] = program;
    });
    Atomics.add(words, STARTED, 1);
    Atomics.notify(words, STARTED);
  };
  return { start, close: () => start(new Array<number>(threads).fill(0)) };
}
