// Threads beside the first. Each is a worker that instantiates the same module on the same memory and then stays inside WebAssembly,
// where programs are started and threads meet by words in memory: no message is sent while training.
import { PipelineError } from "../errors.ts";
import { CONTROL } from "./abi.ts";

/** A thread that has started. It does not keep the process alive, except for who waits for its end. */
export interface Thread {
  ended(): Promise<void>;
}

/** How a runtime starts a worker: runs `source` there, which reads `data` and calls `ready()`, then `done()`. Resolves when it is ready. */
export type StartThread = (source: string, data: unknown) => Promise<Thread>;

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
  /** Resolves when the other threads have ended. */
  close(): Promise<void>;
}

export async function startTeam(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  threads: number,
  startThread: StartThread,
): Promise<Team> {
  const words = new Int32Array(memory.buffer, 0, 2048);
  const start = (programs: readonly number[]): void => {
    programs.forEach((program, thread) => {
      words[PROGRAMS + thread] = program;
    });
    Atomics.add(words, STARTED, 1);
    Atomics.notify(words, STARTED);
  };
  const others = await Promise.allSettled(
    Array.from({ length: threads - 1 }, (_, i) => startThread(SOURCE, { module, memory, control: CONTROL, thread: i + 1 })),
  );
  const close = async (): Promise<void> => {
    start(new Array<number>(threads).fill(0));
    for (const other of others) if (other.status === "fulfilled") await other.value.ended();
  };
  for (const other of others) {
    if (other.status === "fulfilled") continue;
    void close();
    const { message } = other.reason as Error;
    throw new PipelineError("environment", "threads", `workers could not be started: ${message}; use { threads: 1 }`, other.reason);
  }
  return { start, close };
}
