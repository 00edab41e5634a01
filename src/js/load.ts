// The twins are loaded where a run asks for them, and nowhere else: they are a tenth of the program.
import type { Executor } from "../wasm/abi.ts";

type Load = () => Promise<{ readonly loadJs: () => Executor }>;

let load: Load = () => import("./executor.ts");

/** Says where they are: a browser's Worker is one file without them. */
export function giveTwins(from: Load): void {
  load = from;
}

export const loadTwins = async (): Promise<Executor> => (await load()).loadJs();
