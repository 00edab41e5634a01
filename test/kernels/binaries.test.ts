// What must hold of the two WebAssembly files as a whole, so that the memory below CONTROL is all they need and instantiating
// them again beside a running thread is harmless.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import binaryen from "assemblyscript/binaryen";
import { describe, expect, test } from "vitest";
import { CONTROL, kernelTable } from "../../src/wasm/abi.ts";
import { binary, bytesOf } from "../../src/wasm/binary.ts";

describe.each(["simd", "relaxed"] as const)("the %s build", async (build) => {
  const bytes = await binary(build);
  const compiled = new WebAssembly.Module(bytes);
  const module = binaryen.readBinary(bytes);

  test("is in the package as it was compiled, with and without the runtime's own decoder", () => {
    const file = readFileSync(resolve(import.meta.dirname, `../../build/${build}.wasm`));
    expect(Buffer.from(bytes).equals(file)).toBe(true);
    expect(Buffer.from(bytesOf(file.toString("hex"))).equals(file)).toBe(true);
  });

  test("imports one memory and nothing else", () => {
    expect(WebAssembly.Module.imports(compiled)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  });

  test("exports the kernels and run", () => {
    const names = WebAssembly.Module.exports(compiled).map(({ name }) => name);
    expect(names.sort()).toEqual([...Object.keys(kernelTable), "run", "widen", "work"].sort());
  });

  test("runs nothing when it is instantiated", () => {
    expect(module.getStart()).toBe(0);
  });

  test("keeps its tables, at most 4 kB, between address 1024 and CONTROL", () => {
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true });
    new WebAssembly.Instance(compiled, { env: { memory } });
    const written = Array.from(new Uint8Array(memory.buffer).entries()).filter(([, byte]) => byte !== 0);
    expect(written.at(0)?.[0]).toBeGreaterThanOrEqual(1024);
    expect(written.at(-1)?.[0]).toBeLessThan(CONTROL);
    expect(written.length).toBeGreaterThan(0);
    expect((written.at(-1)?.[0] ?? 0) - (written.at(0)?.[0] ?? 0)).toBeLessThan(4096);
  });

  test("has no f32x4.min or f32x4.max, which cost five times pmin and pmax", () => {
    expect(module.emitText()).not.toMatch(/\bf32x4\.(min|max)\b/);
  });

  test(`${build === "simd" ? "rounds every operation (no relaxed instruction)" : "fuses multiply and add"}`, () => {
    const relaxed: string[] = module.emitText().match(/relaxed_\w+/g) ?? [];
    expect(relaxed.includes("relaxed_madd")).toBe(build === "relaxed");
    if (build === "simd") expect(relaxed).toEqual([]);
  });
});
