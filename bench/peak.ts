// What this machine can do at most: a loop of twelve independent chains of multiply-adds on 128-bit vectors, nothing loaded or
// stored. The module is a few bytes, written here instruction by instruction.
import { capabilities } from "../src/wasm/probe.ts";

const CHAINS = 12;
const FLOPS = CHAINS * 8;

const section = (id: number, ...bytes: number[]): number[] => [id, ...unsigned(bytes.length), ...bytes];
const unsigned = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...unsigned(n >>> 7)]);

/** (func (param $n i32) (param $x f32) (result f32)): n turns of CHAINS × `c = x·x + c`, then the chains' sum. */
function moduleBytes(fused: boolean): number[] {
  const [n, x, value, chain] = [0, 1, 2, 3];
  const get = (local: number): number[] => [0x20, local];
  const set = (local: number): number[] => [0x21, local];
  const simd = (op: number): number[] => [0xfd, ...unsigned(op)];
  const [splat, lane0, add, mul, madd] = [simd(0x13), [...simd(0x1f), 0], simd(0xe4), simd(0xe6), simd(0x105)];
  const chains = Array.from({ length: CHAINS }, (_, i) => chain + i);
  const step = (c: number): number[] =>
    fused
      ? [...get(value), ...get(value), ...get(c), ...madd, ...set(c)]
      : [...get(value), ...get(value), ...mul, ...get(c), ...add, ...set(c)];
  const body = [
    ...[1, CHAINS + 1, 0x7b],
    ...[...get(x), ...splat, ...set(value)],
    ...[0x03, 0x40, ...chains.flatMap(step), ...get(n), 0x41, 1, 0x6b, 0x22, n, 0x0d, 0, 0x0b],
    ...[...get(chain), ...chains.slice(1).flatMap((c) => [...get(c), ...add]), ...lane0, 0x0b],
  ];
  return [
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 2, 0x7f, 0x7d, 1, 0x7d),
    ...section(3, 1, 0),
    ...section(7, 1, 1, 0x66, 0, 0),
    ...section(10, 1, ...unsigned(body.length), ...body),
  ];
}

/** A function that computes for about 20 µs, and how many floating-point operations that is. */
export function peakLoop(fused = capabilities().relaxedSimd): { readonly run: () => void; readonly flops: number } {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(moduleBytes(fused))));
  const loop = exports.f as (n: number, x: number) => number;
  const turns = 10_000;
  return { run: () => loop(turns, 1e-6), flops: turns * FLOPS };
}
