// Threads that compute beside the caller's, or in its place. Each is a worker that instantiates the same module on the same memory and then
// stays inside WebAssembly, where programs are started and threads meet by words in memory: no message is sent while training.
import { PipelineError } from "../errors.ts";
import { CONTROL } from "./abi.ts";

/** A thread that has started. It does not keep the process alive, except for who waits for its end. */
export interface Thread {
  ended(): Promise<void>;
}

/** How a runtime starts a worker: runs `source` there, which reads `data` and calls `ready()`, then `done()`. Resolves when it is ready. */
export type StartThread = (source: string, data: unknown) => Promise<Thread>;

/** The body of a worker. `data` holds the module, the memory, the address of the control words, the thread's number and `wide`. */
const SOURCE = `WebAssembly.instantiate(data.module, { env: { memory: data.memory } }).then(({ exports }) => {
  if (data.wide) exports.widen();
  ready();
  exports.work(data.control, data.thread);
  done();
});`;

const STARTED = (CONTROL + 256) >>> 2;
const PROGRAMS = (CONTROL + 384) >>> 2;
const FIRST_STARTED = (CONTROL + 640) >>> 2;
const FIRST_ENDED = (CONTROL + 768) >>> 2;

/** How often the caller looks before it sleeps: a step of a small model is over by then. */
const LOOKS = 20_000;

export interface TeamOptions {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly threads: number;
  /** The first of the threads is a worker too, and all compute with vectors of 256 bits. Otherwise the first is the caller's. */
  readonly wide: boolean;
  readonly startThread: StartThread;
}

export interface Team {
  /** Starts these programs on the threads after the first, whose program comes first in the list. */
  start(programs: readonly number[]): void;
  /** Runs this program on the first thread, which must be a worker, to its end; the caller's thread sleeps. */
  runOnFirst(program: number): void;
  /** Resolves when the workers have ended. */
  close(): Promise<void>;
}

export async function startTeam({ module, memory, threads, wide, startThread }: TeamOptions): Promise<Team> {
  const words = new Int32Array(memory.buffer, 0, 2048);
  const wake = (word: number): void => {
    Atomics.add(words, word, 1);
    Atomics.notify(words, word);
  };
  const start = (programs: readonly number[]): void => {
    programs.forEach((program, thread) => {
      words[PROGRAMS + thread] = program;
    });
    wake(STARTED);
  };
  const runOnFirst = (program: number): void => {
    words[PROGRAMS] = program;
    const ended = Atomics.load(words, FIRST_ENDED);
    wake(FIRST_STARTED);
    for (let looks = LOOKS; Atomics.load(words, FIRST_ENDED) === ended; ) {
      if (looks > 0) looks--;
      else Atomics.wait(words, FIRST_ENDED, ended);
    }
  };
  const first = wide ? 0 : 1;
  const workers = await Promise.allSettled(
    Array.from({ length: threads - first }, (_, i) => startThread(SOURCE, { module, memory, control: CONTROL, thread: first + i, wide })),
  );
  const close = async (): Promise<void> => {
    start(new Array<number>(threads).fill(0));
    wake(FIRST_STARTED);
    for (const worker of workers) if (worker.status === "fulfilled") await worker.value.ended();
  };
  for (const worker of workers) {
    if (worker.status === "fulfilled") continue;
    void close();
    const { message } = worker.reason as Error;
    throw new PipelineError("environment", "threads", `workers could not be started: ${message}; use { threads: 1 }`, worker.reason);
  }
  return { start, runOnFirst, close };
}
