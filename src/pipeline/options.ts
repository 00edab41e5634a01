import { boolean, describe, formOfEither, number, oneOf, optional, positiveInteger, type Rules, rule, string } from "../check.ts";
import { filesRule, type GivenFiles } from "./givenFiles.ts";
import type { PauseSignal } from "./pause.ts";

/** How a run is carried out, as opposed to what it computes. */
export interface RunOptions {
  /** The folder (in Node) that receives the run; without it the files arrive as `artifact` events only. */
  readonly out?: string;
  /** Continue from the checkpoint in `out`. */
  readonly resume?: boolean;
  /** Where sources look for their files first. */
  readonly data?: string;
  /** Default "wasm". */
  readonly backend?: "wasm" | "js";
  /** Plain SIMD, whose every operation is IEEE-exact. Default false. */
  readonly strict?: boolean;
  /** How many threads compute: a number, or "auto" for what the machine has. Default 1. The weights are the same bits for any number. */
  readonly threads?: number | "auto";
  /** Of how many rows the `stage` events show what each stage made of them. Default 0. */
  readonly samples?: number;
  /**
   * Experimental, in Node on x86-64: compute with vectors of 256 bits, all of it in workers, for which V8's own flag is set for a moment.
   * Products take half the time; the weights are the same bits. Where a test on the spot does not bear that out, a warning says so and
   * the run goes on with 128 bits. Default false.
   */
  readonly wide?: boolean;
  /** The secret under which `anonymize` hashes. It is written nowhere. Default, in Node: `$LANEWISE_SALT`. */
  readonly salt?: string;
  /** Leave event files for TensorBoard besides, in `tensorboard/` in the run's folder; they grow by the epoch. Default false. */
  readonly tensorBoard?: boolean;
  /**
   * Files at hand, by the names that the pipeline has for them, as in `{ "data.csv": file }`: a source takes them from here before it looks
   * anywhere else. They go along to a Worker; a run's folder keeps their names.
   */
  readonly files?: GivenFiles;
  readonly signal?: AbortSignal;
  /** Holds the run between two batches, and lets it go on: the signal of a PauseController. */
  readonly pause?: PauseSignal;
}

/** An object of the caller's. */
const inHand = rule({ type: "rows" }, () => {});

const rules: Rules = {
  out: optional(string),
  resume: optional(boolean),
  data: optional(string),
  backend: optional(oneOf("wasm", "js")),
  strict: optional(boolean),
  threads: optional(
    rule(formOfEither(oneOf("auto"), positiveInteger), (value, at) =>
      (typeof value === "string" ? oneOf("auto") : positiveInteger)(value, at),
    ),
  ),
  samples: optional(number({ min: 0, integer: true })),
  wide: optional(boolean),
  salt: optional(string),
  tensorBoard: optional(boolean),
  files: optional(filesRule),
  signal: optional(inHand),
  pause: optional(inHand),
};

/** Throws for an unknown option, and for a value that an option cannot have. */
export function checkOptions(options: RunOptions): void {
  describe("options", options as object, rules, "options");
}
