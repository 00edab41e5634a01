// What the compiler made of the loops that the time goes to: the products' tiles instruction by instruction, and no constant that the
// machine would have to build anew on every turn.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { allLoops, type Region, readFunctions } from "../support/wat.ts";

const arithmetic = /^f(32x4|64x2)\.(add|sub|mul|div|sqrt|pmin|pmax|relaxed_n?madd)$/;

/** V8 makes zero and all ones of a register alone; anything else takes a move of 64 bits and two instructions, in every turn of the loop. */
const free = /^i32x4( 0x00000000){4}$|^i32x4( 0xffffffff){4}$/;

const count = ({ instructions }: Region, pattern: RegExp): number => instructions.filter(({ name }) => pattern.test(name)).length;

function constants({ instructions }: Region): string[] {
  return instructions.flatMap(({ name, operand }, i) => {
    if (name === "v128.const" && !free.test(operand)) return [`${name} ${operand}`];
    return name === "f32.const" && instructions[i + 1]?.name === "f32x4.splat" ? [`f32x4.splat(${operand})`] : [];
  });
}

/** A line for each loop of arithmetic on vectors, or function without a loop that is called from one, which holds a constant. */
function rebuiltConstants(functions: ReadonlyMap<string, Region>): string[] {
  const found = new Set<string>();
  const complain = (name: string, place: string, region: Region): void => {
    const held = [...new Set(constants(region))];
    if (held.length === 0) return;
    found.add(`${name}: ${held.join(", ")} ${place}; load it from a table before the loop, as assembly/lanes/exp.ts does`);
  };
  const visit = (region: Region, caller: string): void => {
    for (const { name: instruction, operand } of region.instructions) {
      const callee = operand.slice(1);
      const called = instruction === "call" ? functions.get(callee) : undefined;
      if (called === undefined || called.loops.length > 0) continue;
      if (count(called, arithmetic) > 0) complain(callee, `in a function that a loop of ${caller} calls`, called);
      visit(called, caller);
    }
  };
  for (const [name, whole] of functions) {
    for (const loop of allLoops(whole)) {
      const work = count(loop, arithmetic);
      if (work > 0) complain(name, `in a loop with ${work} operations on vectors`, loop);
      visit(loop, name);
    }
  }
  return [...found];
}

describe.each(["simd", "relaxed"] as const)("the %s build", (build) => {
  const functions = readFunctions(readFileSync(resolve(import.meta.dirname, `../../build/${build}.wat`), "utf8"));

  test("keeps constants out of its loops", () => {
    expect([...functions.keys()].filter((name) => name.includes("assembly/kernels/")).length).toBeGreaterThan(50);
    expect(rebuiltConstants(functions)).toEqual([]);
  });

  // A tile of R rows and V vectors: V vectors of b, R splats of a, V·R products added to V·R sums, and nothing else that takes time.
  const most = build === "relaxed" ? 6 : 5;
  const tiles = ([1, 2, 3, 4, 5, 6] as const)
    .filter((rows) => rows <= most)
    .flatMap((rows) => [["gemm_tile", rows, 2] as const, ...(rows < 4 ? [] : [["gemm_tile_wide", rows, 4] as const])]);
  test.each(tiles)("multiplies a %s of %i rows in as many instructions as there must be", (file, rows, vectors) => {
    const named = [...functions]
      .filter(([name]) => name.split("<")[0]?.includes(`kernels/${file}/`))
      .flatMap(([, region]) => allLoops(region));
    const height = (tile: Region): number => count(tile, /^v128\.load32_splat$/);
    const mine = named.filter((tile) => height(tile) === rows);
    expect(mine, `loops that read ${rows} values of a`).not.toEqual([]);
    expect(named.map(height).filter((rows) => rows < 1 || rows > most)).toEqual([]);
    const terms = vectors * rows;
    const products = build === "relaxed" ? { "f32x4.relaxed_madd": terms } : { "f32x4.add": terms, "f32x4.mul": terms };
    const needed = { ...products, "v128.load": vectors, "v128.load32_splat": rows };
    for (const { instructions } of mine) {
      const work = instructions.map(({ name }) => name).filter((name) => /^(f32x4|f32|v128|call|i8x16)/.test(name));
      const tally = Object.fromEntries([...new Set(work)].sort().map((name) => [name, work.filter((each) => each === name).length]));
      expect(tally, `a loop of assembly/kernels/${file}.ts, ${rows} rows`).toEqual(needed);
    }
  });
});

test("a constant in a loop, or in what it calls, is found and named", () => {
  const functions = readFunctions(`(module
 (func $kernels/bad (param $0 i32)
  (local $1 v128)
  loop $for-loop|0
   local.get $1
   v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
   f32x4.add
   local.get $0
   if
    v128.const i32x4 0x40800000 0x40800000 0x40800000 0x40800000
    f32x4.mul
    f32.const 4
    f32x4.splat
    call $lanes/bad
    br $for-loop|0
   end
  end
 )
 (func $lanes/bad (param $0 v128) (result v128)
  v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
  f32x4.sqrt
 )
 (func $kernels/good (param $0 v128)
  v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
  local.set $1
  loop $for-loop|0
   local.get $1
   f32x4.sqrt
  end
 )
)
`);
  const bits = (word: string): string => `v128.const i32x4${` ${word}`.repeat(4)}`;
  expect(rebuiltConstants(functions)).toEqual([
    `kernels/bad: ${bits("0x40800000")}, f32x4.splat(4) in a loop with 2 operations on vectors; load it from a table before the loop, as assembly/lanes/exp.ts does`,
    `lanes/bad: ${bits("0x7fffffff")} in a function that a loop of kernels/bad calls; load it from a table before the loop, as assembly/lanes/exp.ts does`,
  ]);
});
