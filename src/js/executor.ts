// Runs the same programs as WebAssembly does, over the kernels' plain-JavaScript twins: the oracle in tests, the fallback where
// there is no SIMD, the baseline in benches.
import type { Executor, KernelArgs, KernelName, Views } from "../wasm/abi.ts";
import { ARENA_BASE, kernelTable } from "../wasm/abi.ts";
import { twins } from "./index.ts";

type Call = (memory: Views, ...args: number[]) => void;

const byOpcode: { call: Call; args: string }[] = [];
for (const [name, { opcode, args }] of Object.entries(kernelTable)) {
  byOpcode[opcode] = { call: twins[name as KernelName] as unknown as Call, args };
}

export function loadJs(): Executor {
  let views = viewsOf(new ArrayBuffer(ARENA_BASE));
  return {
    build: "js",
    threads: 1,
    wide: false,
    control: 0,
    get views() {
      return views;
    },
    reserve(bytes) {
      const size = Math.ceil(bytes / 65536) * 65536;
      if (size <= views.u8.byteLength) return;
      const grown = viewsOf(new ArrayBuffer(size));
      grown.u8.set(views.u8);
      views = grown;
    },
    run(program) {
      const { i32, u32, f32 } = views;
      let p = program >>> 2;
      for (let opcode = u32[p] as number; opcode !== 0; opcode = u32[p] as number) {
        const kernel = byOpcode[opcode] as { call: Call; args: string };
        const args: number[] = [];
        for (const letter of kernel.args) {
          p++;
          args.push((letter === "f" ? f32[p] : letter === "p" ? u32[p] : i32[p]) as number);
        }
        kernel.call(views, ...args);
        p++;
      }
    },
    runTogether() {
      throw new Error("plain JavaScript runs on one thread");
    },
    async close() {},
    call<K extends KernelName>(kernel: K, ...args: KernelArgs<number>[K]) {
      const { opcode, args: letters } = kernelTable[kernel];
      const given: number[] = args;
      // As they would be had they come out of a program.
      for (let i = 0; i < letters.length; i++) if (letters[i] === "f") given[i] = Math.fround(given[i] as number);
      (byOpcode[opcode] as { call: Call }).call(views, ...given);
    },
  };
}

function viewsOf(buffer: ArrayBuffer): Views {
  return { f32: new Float32Array(buffer), i32: new Int32Array(buffer), u32: new Uint32Array(buffer), u8: new Uint8Array(buffer) };
}
