// Who makes which call. Each call is divided as `shares.ts` says; a meeting of all threads stands between two calls only where a thread
// would read or write bytes that another has touched since the last meeting, and one of the two wrote them. A batch whose rows stay
// with their thread passes through many layers without a meeting.
import type { KernelName } from "../wasm/abi.ts";
import type { Buffer, Call } from "./emit.ts";
import { isScratch, shares, writes } from "./shares.ts";

/** A call of one thread, with byte addresses for pointers; "meet" stands for a meeting. */
export type Placed = { readonly kernel: KernelName; readonly args: readonly number[] } | "meet";

interface Access {
  readonly from: number;
  readonly to: number;
  readonly write: boolean;
}

/** The programs of all threads. `scratchOf` gives each thread its own. */
export function schedule(
  calls: readonly Call[],
  threads: number,
  addressOf: (buffer: Buffer) => number,
  scratchOf: (thread: number) => number,
): Placed[][] {
  const programs: Placed[][] = Array.from({ length: threads }, () => []);
  let touched: Access[][] = programs.map(() => []);
  for (const call of calls) {
    const pieces = programs.map((_, thread) => piece(call, thread, threads, addressOf, scratchOf));
    const collides = pieces.some((mine, thread) =>
      touched.some(
        (theirs, other) =>
          other !== thread && theirs.some((a) => mine?.accesses.some((b) => (a.write || b.write) && a.from < b.to && b.from < a.to)),
      ),
    );
    if (collides) {
      for (const program of programs) program.push("meet");
      touched = programs.map(() => []);
    }
    pieces.forEach((p, thread) => {
      if (p === undefined) return;
      (programs[thread] as Placed[]).push({ kernel: call.kernel, args: p.args });
      (touched[thread] as Access[]).push(...p.accesses);
    });
  }
  if (threads > 1) for (const program of programs) program.push("meet");
  return programs;
}

interface Piece {
  readonly args: readonly number[];
  readonly accesses: readonly Access[];
}

/** What thread `thread` of `threads` does of this call, if anything. */
function piece(
  { kernel, args }: Call,
  thread: number,
  threads: number,
  addressOf: (buffer: Buffer) => number,
  scratchOf: (thread: number) => number,
): Piece | undefined {
  const share = shares[kernel];
  const units = share === undefined ? 0 : (args[share.count] as number);
  const number = (i: number): number => args[i] as number;
  const grain = typeof share?.grain === "function" ? share.grain(number) : (share?.grain ?? 1);
  const divided = share !== undefined && units >= threads * grain && threads > 1;
  if (!divided && thread > 0) return undefined;
  const start = divided ? border(units, thread, threads, grain) : 0;
  const count = divided ? border(units, thread + 1, threads, grain) - start : units;
  const accesses: Access[] = [];
  const placed = args.map((arg, i) => {
    if (typeof arg === "number") return divided && i === share.count ? count : divided && i === share.first ? arg + start : arg;
    if (isScratch(kernel, i)) return scratchOf(thread);
    const address = addressOf(arg);
    if (address === 0) return 0;
    const move = divided ? share.moves[i]?.(number) : undefined;
    const from = move === undefined ? address : address + start * move * 4;
    const to = move === undefined ? address + arg.bytes : from + count * move * 4;
    accesses.push({ from, to, write: writes(kernel, i) });
    return divided && share.strided?.includes(i) === true ? address + start * 4 : from;
  });
  return { args: placed, accesses };
}

/** Where the run of `thread` begins: even shares, in multiples of `grain`. */
function border(units: number, thread: number, threads: number, grain: number): number {
  return thread === threads ? units : Math.round((units * thread) / threads / grain) * grain;
}
