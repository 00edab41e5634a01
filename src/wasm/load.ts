// Picks the build that this runtime understands, instantiates it, and wraps it as an Executor.
import { instantiateSync } from "@assemblyscript/loader";
import { PipelineError } from "../errors.ts";
import type { Executor, KernelArgs, KernelName, Views } from "./abi.ts";
import { ARENA_BASE, CALL, CONTROL } from "./abi.ts";
import { binary, buildFor, type WasmBuild } from "./binary.ts";
import { encode } from "./encode.ts";
import { capabilities } from "./probe.ts";
import { type StartThread, startTeam } from "./threads.ts";

const PAGE = 65536;
const MAX_PAGES = 65536;

export interface LoadOptions {
  /** Take the plain SIMD build, whose every operation is IEEE-exact, even where relaxed SIMD is at hand. */
  readonly strict?: boolean;
  /** How many threads compute, the caller's among them. Default 1. More need shared memory and `startThread`. */
  readonly threads?: number;
  /**
   * Every thread is a worker, with kernels compiled apart from those of other executors; the caller's thread computes nothing. `loadWide`
   * makes something of it. Default false.
   */
  readonly wide?: boolean;
  readonly startThread?: StartThread;
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

/** The import of the memory up to its flags: "env" "memory", a memory. */
const MEMORY_IMPORT = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2];
const UNSHARED = 1;

/** An empty custom section named "wide": V8 shares the code of modules whose bytes are the same. */
const WIDE = [0, 5, 4, 0x77, 0x69, 0x64, 0x65];

interface Kind {
  readonly build: WasmBuild;
  readonly shared: boolean;
  readonly wide: boolean;
}

const keyOf = ({ build, shared, wide }: Kind): string => `${build} ${shared} ${wide}`;

function compile(kind: Kind): Promise<WebAssembly.Module> {
  const key = keyOf(kind);
  let module = modules.get(key);
  if (module === undefined) {
    module = bytesFor(kind)
      .then(WebAssembly.compile)
      .catch((cause: unknown) => {
        const way = "allow it with script-src 'wasm-unsafe-eval', or use { backend: \"js\" }";
        throw new PipelineError(
          "environment",
          "wasm",
          `the kernels could not be compiled: ${(cause as Error).message}; if a Content-Security-Policy forbids it, ${way}`,
          cause,
        );
      });
    modules.set(key, module);
  }
  return module;
}

/** A binary is built for shared memory. One byte makes it one for memory of its own, where its atomics are plain loads and stores. */
async function bytesFor({ build, shared, wide }: Kind): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await binary(build);
  if (!shared) bytes[flagsAt(bytes)] = UNSHARED;
  return wide ? Uint8Array.from([...bytes, ...WIDE]) : bytes;
}

function flagsAt(bytes: Uint8Array): number {
  const at = bytes.findIndex((_, i) => MEMORY_IMPORT.every((byte, j) => bytes[i + j] === byte));
  if (at < 0) throw new Error("the kernels import no memory");
  return at + MEMORY_IMPORT.length;
}

/** An instance and its memory, as an executor uses it for a while. Where workers do everything, this thread has no kernels. */
interface Instance {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernels: Record<string, (...args: number[]) => void>;
}

/**
 * Instances that were closed, by build. A memory is freed only when the garbage collector gets to it, which learns late of how large it
 * is: the next run takes it over if it is still there, so that many runs need no more memory than one.
 */
const closed = new Map<string, WeakRef<Instance>>();

async function open(kind: Kind): Promise<Instance> {
  const key = keyOf(kind);
  const left = closed.get(key)?.deref();
  closed.delete(key);
  if (left !== undefined) {
    new Uint8Array(left.memory.buffer).fill(0, CONTROL);
    return left;
  }
  const module = await compile(kind);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(ARENA_BASE / PAGE), maximum: MAX_PAGES, shared: kind.shared });
  if (kind.wide) return { module, memory, kernels: {} };
  // The loader's `instantiate` asks whether the module is a Response, for which Node loads its whole HTTP client: 30 ms.
  const { exports } = instantiateSync<Record<string, never>>(module, { env: { memory } });
  return { module, memory, kernels: exports as unknown as Instance["kernels"] };
}

/** One executor owns one memory until it is closed. */
export async function loadWasm(options: LoadOptions = {}): Promise<Executor> {
  const has = capabilities();
  if (!has.simd) {
    throw new PipelineError(
      "environment",
      "wasm",
      'this runtime has no SIMD (Node >= 22, Chrome >= 91, Firefox >= 89, Safari >= 16.4 do); use { backend: "js" }',
    );
  }
  const build = buildFor(options.strict === true);
  const { startThread } = options;
  const threads = startThread === undefined ? 1 : (options.threads ?? 1);
  const wide = startThread !== undefined && options.wide === true;
  const shared = threads > 1 || wide;
  const kind = { build, shared, wide } as const;
  const instance = await open(kind);
  const { module, memory, kernels } = instance;
  const team = startThread && shared ? await startTeam({ module, memory, threads, wide, startThread }) : undefined;
  const start = team && wide ? team.runOnFirst : (kernels.run as (program: number) => void);
  let broken: PipelineError | undefined;
  const run = (program: number): void => {
    if (broken !== undefined) throw broken;
    try {
      team?.requireWhole();
      start(program);
    } catch (cause) {
      const { thread, reason } = team?.breakOff(cause as Error) ?? { thread: 0, reason: (cause as Error).message };
      const where = threads > 1 ? ` on thread ${thread + 1} of ${threads}` : "";
      const way = 'this is a fault of lanewise, please report it with the pipeline; use { backend: "js" } until it is mended';
      broken = new PipelineError("environment", "wasm", `a kernel broke off${where}: ${reason}; ${way}`, cause);
      throw broken;
    }
  };
  let views = viewsOf(memory.buffer);
  let closing: Promise<void> | undefined;
  return {
    build,
    threads,
    wide,
    control: shared ? CONTROL : 0,
    get views() {
      return views;
    },
    reserve(bytes) {
      const missing = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE;
      if (missing <= 0) return;
      try {
        if (bytes > MAX_PAGES * PAGE) throw new RangeError("over 4 GiB");
        memory.grow(missing);
      } catch (cause) {
        throw new PipelineError(
          "environment",
          "memory",
          `${(bytes / 2 ** 20).toFixed(0)} MiB do not fit into WebAssembly memory (4096 MiB at most); use fewer rows or a smaller batch`,
          cause,
        );
      }
      views = viewsOf(memory.buffer);
    },
    run,
    runTogether(programs) {
      team?.start(programs);
      run(programs[0] as number);
    },
    close() {
      // Once only: the memory may be another executor's by the second time.
      closing ??= (async () => {
        await team?.close();
        if (broken === undefined) closed.set(keyOf(kind), new WeakRef(instance));
      })();
      return closing;
    },
    call<K extends KernelName>(kernel: K, ...args: KernelArgs<number>[K]) {
      if (!wide) return (kernels[kernel] as (...args: number[]) => void)(...args);
      views.u32[encode(views, CALL >>> 2, kernel, args)] = 0;
      run(CALL);
    },
  };
}

function viewsOf(buffer: ArrayBufferLike): Views {
  return { f32: new Float32Array(buffer), i32: new Int32Array(buffer), u32: new Uint32Array(buffer), u8: new Uint8Array(buffer) };
}
