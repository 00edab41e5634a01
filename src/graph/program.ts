// A list of kernel calls becomes a program in memory: every temporary gets an address that it shares with others whose lives do not
// overlap, and the calls become words, [opcode, arguments…]*, 0.
import { ALIGNMENT } from "../wasm/abi.ts";
import { encode, wordsOf } from "../wasm/encode.ts";
import { type Arena, align } from "./arena.ts";
import type { Buffer, Call } from "./emit.ts";
import { runner } from "./runner.ts";
import { type Placed, schedule } from "./schedule.ts";
import { isScratch } from "./shares.ts";

export interface Program {
  /** Where the executor starts. */
  readonly address: number;
  readonly calls: readonly Call[];
  /** Bytes of shared temporaries, and what they would take without sharing. */
  readonly temporaryBytes: number;
  readonly unsharedBytes: number;
  /** The address of a buffer that the program uses. */
  addressOf(buffer: Buffer): number;
  run(): void;
}

interface Life {
  first: number;
  last: number;
}

const root = (buffer: Buffer): Buffer => (buffer.of === undefined ? buffer : root(buffer.of));

/** `keep` names temporaries that are read after the program has run. */
export function assemble(arena: Arena, calls: readonly Call[], keep: readonly Buffer[] = []): Program {
  const lives = lifetimes(calls, keep);
  const { offsets, bytes } = plan(lives);
  const base = arena.allocate(bytes, "temporaries").address as number;
  const addressOf = (buffer: Buffer): number => {
    if (buffer.of !== undefined) return addressOf(buffer.of) + (buffer.offset as number);
    if (buffer.address !== undefined) return buffer.address;
    const offset = offsets.get(buffer);
    if (offset === undefined) throw new Error(`buffer "${buffer.label}" is not used by this program`);
    return base + offset;
  };
  const scratchBytes = Math.max(
    0,
    ...calls.flatMap((call) => call.args.map((arg, i) => (typeof arg === "object" && isScratch(call.kernel, i) ? arg.bytes : 0))),
  );
  const { executor } = arena;
  const scratches = Array.from({ length: executor.threads }, () => arena.allocate(scratchBytes, "scratch").address as number);
  const programsOf = (threads: number): number[] =>
    schedule(calls, threads, addressOf, (thread) => scratches[thread] as number).map((placed) => write(arena, placed, threads));
  const alone = programsOf(1)[0] as number;
  const together = executor.threads > 1 ? programsOf(executor.threads) : undefined;
  let unsharedBytes = 0;
  for (const buffer of lives.keys()) unsharedBytes += align(buffer.bytes) + ALIGNMENT;
  return {
    address: alone,
    calls,
    temporaryBytes: bytes,
    unsharedBytes,
    addressOf,
    run: together === undefined ? () => executor.run(alone) : runner(executor, alone, together),
  };
}

function lifetimes(calls: readonly Call[], keep: readonly Buffer[]): Map<Buffer, Life> {
  const lives = new Map<Buffer, Life>();
  const touch = (buffer: Buffer, time: number): void => {
    const whole = root(buffer);
    if (whole.address !== undefined) return;
    const life = lives.get(whole);
    if (life === undefined) lives.set(whole, { first: time, last: time });
    else life.last = time;
  };
  calls.forEach((call, time) => {
    call.args.forEach((arg, i) => {
      if (typeof arg === "object" && !isScratch(call.kernel, i)) touch(arg, time);
    });
  });
  for (const buffer of keep) touch(buffer, calls.length);
  return lives;
}

/** Largest first, each at the lowest offset where it overlaps no buffer that is alive at the same time. */
function plan(lives: ReadonlyMap<Buffer, Life>): { offsets: Map<Buffer, number>; bytes: number } {
  const placed: { offset: number; end: number; life: Life }[] = [];
  const offsets = new Map<Buffer, number>();
  let bytes = 0;
  const bySize = [...lives].sort(([a, la], [b, lb]) => b.bytes - a.bytes || la.first - lb.first);
  for (const [buffer, life] of bySize) {
    const size = align(buffer.bytes) + ALIGNMENT;
    let offset = 0;
    for (const other of placed) {
      if (other.life.last < life.first || life.last < other.life.first) continue;
      if (offset + size <= other.offset) break;
      offset = Math.max(offset, other.end);
    }
    offsets.set(buffer, offset);
    placed.push({ offset, end: offset + size, life });
    placed.sort((a, b) => a.offset - b.offset);
    bytes = Math.max(bytes, offset + size);
  }
  return { offsets, bytes };
}

function write(arena: Arena, placed: readonly Placed[], threads: number): number {
  const { executor } = arena;
  const calls = placed.map((call) => (call === "meet" ? { kernel: "meet" as const, args: [executor.control, threads] } : call));
  const words = calls.reduce((n, call) => n + wordsOf(call.args), 1);
  const address = arena.allocate(words * 4, "program").address as number;
  const end = calls.reduce((at, { kernel, args }) => encode(executor.views, at, kernel, args), address >>> 2);
  executor.views.u32[end] = 0;
  return address;
}
