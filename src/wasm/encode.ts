// A kernel call as words of a program: the opcode, then the arguments.
import { type KernelName, kernelTable, type Views } from "./abi.ts";

export const wordsOf = (args: readonly number[]): number => 1 + args.length;

/** Writes the call as words from index `at` on; returns the index behind it, where 0 would end the program. */
export function encode({ u32, i32, f32 }: Views, at: number, kernel: KernelName, args: readonly number[]): number {
  const { opcode, args: letters } = kernelTable[kernel];
  u32[at] = opcode;
  args.forEach((arg, i) => {
    const words = letters[i] === "f" ? f32 : letters[i] === "p" ? u32 : i32;
    words[at + 1 + i] = arg;
  });
  return at + wordsOf(args);
}
