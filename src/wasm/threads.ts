// Threads that compute beside the caller's, or in its place. Each is a worker that instantiates the same module on the same memory and then
// stays inside WebAssembly, where programs are started and threads meet by words in memory: no message is sent while training.
import { PipelineError } from "../errors.ts";
import { CONTROL } from "./abi.ts";

/** A thread that has started. It does not keep the process alive, except for who waits for its end. */
export interface Thread {
  ended(): Promise<void>;
}

/** What a worker is sent. */
export interface ThreadData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The address of the control words. */
  readonly control: number;
  readonly thread: number;
  readonly wide: boolean;
}

/** How a runtime starts a worker: runs `source` there, which reads `data` and calls `ready()`, then `done()`. Resolves when it is ready. */
export type StartThread = (source: string, data: ThreadData) => Promise<Thread>;

const MEETINGS = (CONTROL + 128) >>> 2;
const STARTED = (CONTROL + 256) >>> 2;
const PROGRAMS = (CONTROL + 384) >>> 2;
const FIRST_STARTED = (CONTROL + 640) >>> 2;
const FIRST_ENDED = (CONTROL + 768) >>> 2;
/** 1 and the number of the thread that broke off first; -1 while it writes why, as bytes behind this word. */
const BROKEN = (CONTROL + 896) >>> 2;
const REASON = CONTROL + 900;
const REASON_BYTES = 124;
/** The words that threads wait for. */
const AWAITED = [MEETINGS, STARTED, FIRST_STARTED, FIRST_ENDED];

/** The body of a worker. */
const SOURCE = `WebAssembly.instantiate(data.module, { env: { memory: data.memory } }).then(({ exports }) => {
  if (data.wide) exports.widen();
  ready();
  try {
    exports.work(data.control, data.thread);
  } catch ({ message }) {
    const words = new Int32Array(data.memory.buffer, 0, 2048);
    if (Atomics.compareExchange(words, ${BROKEN}, 0, -1) === 0) {
      const reason = new Uint8Array(data.memory.buffer, ${REASON}, ${REASON_BYTES});
      for (let i = 0; i < reason.length; i++) reason[i] = message.charCodeAt(i);
      Atomics.store(words, ${BROKEN}, data.thread + 1);
      for (const word of [${AWAITED}]) {
        Atomics.add(words, word, 1);
        Atomics.notify(words, word);
      }
    }
  }
  done();
});`;

const wordsOf = (memory: WebAssembly.Memory): Int32Array => new Int32Array(memory.buffer, 0, 2048);

function wake(words: Int32Array, word: number): void {
  Atomics.add(words, word, 1);
  Atomics.notify(words, word);
}

/**
 * Ends all threads for good, in the name of the first: those that wait at once, and those that compute where they would meet. Returns
 * whether none had broken off before.
 */
export function breakOff(memory: WebAssembly.Memory): boolean {
  const words = wordsOf(memory);
  if (Atomics.compareExchange(words, BROKEN, 0, 1) !== 0) return false;
  for (const word of AWAITED) wake(words, word);
  return true;
}

/** Where and why the threads broke off. */
export interface Break {
  readonly thread: number;
  readonly reason: string;
}

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
  /** Runs this program on the first thread, which must be a worker, to its end; the caller's thread sleeps. Throws if a thread broke off. */
  runOnFirst(program: number): void;
  /** Throws if a thread broke off. */
  requireWhole(): void;
  /** Ends the threads, on an error in the caller's; tells where the first error was. */
  breakOff(error: Error): Break;
  /** Resolves when the workers have ended. */
  close(): Promise<void>;
}

export async function startTeam({ module, memory, threads, wide, startThread }: TeamOptions): Promise<Team> {
  const words = wordsOf(memory);
  const isBroken = (): boolean => Atomics.load(words, BROKEN) > 0;
  const requireWhole = (): void => {
    if (isBroken()) throw new Error("a thread broke off");
  };
  const start = (programs: readonly number[]): void => {
    programs.forEach((program, thread) => {
      words[PROGRAMS + thread] = program;
    });
    wake(words, STARTED);
  };
  const runOnFirst = (program: number): void => {
    words[PROGRAMS] = program;
    const ended = Atomics.load(words, FIRST_ENDED);
    wake(words, FIRST_STARTED);
    for (let looks = LOOKS; !isBroken() && Atomics.load(words, FIRST_ENDED) === ended; ) {
      if (looks > 0) looks--;
      else Atomics.wait(words, FIRST_ENDED, ended);
    }
    requireWhole();
  };
  const breakHere = ({ message }: Error): Break => {
    if (breakOff(memory)) return { thread: 0, reason: message };
    while (!isBroken());
    const bytes = new Uint8Array(memory.buffer, REASON, REASON_BYTES);
    return { thread: (words[BROKEN] as number) - 1, reason: String.fromCharCode(...bytes.filter((byte) => byte !== 0)) };
  };
  const first = wide ? 0 : 1;
  const workers = await Promise.allSettled(
    Array.from({ length: threads - first }, (_, i) => startThread(SOURCE, { module, memory, control: CONTROL, thread: first + i, wide })),
  );
  const close = async (): Promise<void> => {
    start(new Array<number>(threads).fill(0));
    wake(words, FIRST_STARTED);
    for (const worker of workers) if (worker.status === "fulfilled") await worker.value.ended();
  };
  for (const worker of workers) {
    if (worker.status === "fulfilled") continue;
    void close();
    const { message } = worker.reason as Error;
    throw new PipelineError("environment", "threads", `workers could not be started: ${message}; use { threads: 1 }`, worker.reason);
  }
  return { start, runOnFirst, requireWhole, breakOff: breakHere, close };
}
