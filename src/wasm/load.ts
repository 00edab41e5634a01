// Picks the build that this runtime understands, instantiates it, and wraps it as an Executor.
import { instantiate } from "@assemblyscript/loader";
import { PipelineError } from "../errors.ts";
import type { Executor, KernelArgs, KernelName, Views } from "./abi.ts";
import { ARENA_BASE, CONTROL } from "./abi.ts";
import { binaries } from "./generated/binaries.ts";
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

function compile(build: keyof typeof binaries): Promise<WebAssembly.Module> {
  let module = modules.get(build);
  if (module === undefined) {
    module = WebAssembly.compile(Uint8Array.from(atob(binaries[build]), (c) => c.charCodeAt(0)));
    modules.set(build, module);
  }
  return module;
}

/** One executor owns one memory; drop it and the memory is freed. */
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
  const module = await compile(shared ? `${build}-threads` : build);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(ARENA_BASE / PAGE), ...(shared && { maximum: MAX_PAGES, shared }) });
  const { exports } = await instantiate<Record<string, never>>(module, { env: { memory } });
  const kernels = exports as unknown as Record<string, (...args: number[]) => void>;
  const start = kernels.run as (program: number) => void;
  const team = options.startThread && shared ? await startTeam(module, memory, threads, options.startThread) : undefined;
  let views = viewsOf(memory.buffer);
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
      team?.close();
    },
    call<K extends KernelName>(kernel: K, ...args: KernelArgs<number>[K]) {
      (kernels[kernel] as (...args: number[]) => void)(...args);
    },
  };
}

function viewsOf(buffer: ArrayBufferLike): Views {
  return { f32: new Float32Array(buffer), i32: new Int32Array(buffer), u32: new Uint32Array(buffer), u8: new Uint8Array(buffer) };
}
