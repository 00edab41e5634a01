// Picks the build that this runtime understands, instantiates it, and wraps it as an Executor.
import { instantiateSync } from "@assemblyscript/loader";
import { PipelineError } from "../errors.ts";
import type { Executor, KernelArgs, KernelName, Views } from "./abi.ts";
import { ARENA_BASE, CONTROL } from "./abi.ts";
import { binary, type WasmBuild } from "./binary.ts";
import { capabilities } from "./probe.ts";
import { type StartThread, startTeam } from "./threads.ts";

const PAGE = 65536;
const MAX_PAGES = 65536;

export interface LoadOptions {
  /** Take the plain SIMD build, whose every operation is IEEE-exact, even where relaxed SIMD is at hand. */
  readonly strict?: boolean;
  /** How many threads compute, the caller's among them. Default 1. More need shared memory and `startThread`. */
  readonly threads?: number;
  readonly startThread?: StartThread;
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

/** The import of the memory up to its flags: "env" "memory", a memory. */
const MEMORY_IMPORT = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2];
const UNSHARED = 1;

function compile(build: WasmBuild, shared: boolean): Promise<WebAssembly.Module> {
  const key = `${build} ${shared}`;
  let module = modules.get(key);
  if (module === undefined) {
    const bytes = binary(build);
    // A binary is built for shared memory. One byte makes it one for memory of its own, where its atomics are plain loads and stores.
    if (!shared) bytes[flagsAt(bytes)] = UNSHARED;
    module = WebAssembly.compile(bytes).catch((cause: unknown) => {
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

function flagsAt(bytes: Uint8Array): number {
  const at = bytes.findIndex((_, i) => MEMORY_IMPORT.every((byte, j) => bytes[i + j] === byte));
  if (at < 0) throw new Error("the kernels import no memory");
  return at + MEMORY_IMPORT.length;
}

/** An instance and its memory, as an executor uses it for a while. */
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

async function open(build: WasmBuild, shared: boolean): Promise<Instance> {
  const key = `${build} ${shared}`;
  const left = closed.get(key)?.deref();
  closed.delete(key);
  if (left !== undefined) {
    new Uint8Array(left.memory.buffer).fill(0, CONTROL);
    return left;
  }
  const module = await compile(build, shared);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(ARENA_BASE / PAGE), maximum: MAX_PAGES, shared });
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
  const build = has.relaxedSimd && options.strict !== true ? "relaxed" : "simd";
  const threads = options.startThread === undefined ? 1 : (options.threads ?? 1);
  const shared = threads > 1;
  const instance = await open(build, shared);
  const { memory, kernels } = instance;
  const start = kernels.run as (program: number) => void;
  const team = options.startThread && shared ? await startTeam(instance.module, memory, threads, options.startThread) : undefined;
  let views = viewsOf(memory.buffer);
  let closing: Promise<void> | undefined;
  return {
    build,
    threads,
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
    run: start,
    runTogether(programs) {
      team?.start(programs);
      start(programs[0] as number);
    },
    close() {
      // Once only: the memory may be another executor's by the second time.
      closing ??= (async () => {
        await team?.close();
        closed.set(`${build} ${shared}`, new WeakRef(instance));
      })();
      return closing;
    },
    call<K extends KernelName>(kernel: K, ...args: KernelArgs<number>[K]) {
      (kernels[kernel] as (...args: number[]) => void)(...args);
    },
  };
}

function viewsOf(buffer: ArrayBufferLike): Views {
  return { f32: new Float32Array(buffer), i32: new Int32Array(buffer), u32: new Uint32Array(buffer), u8: new Uint8Array(buffer) };
}
