// How a failure is told: one line, and an exit code. 2 is the user's to mend, 1 the machine's.
import { type ErrorCode, isUserMistake, PipelineError } from "../../errors.ts";

export interface Failure {
  readonly line: string;
  readonly code: 1 | 2;
}

/** The user called the command wrongly. */
export const usageError = (at: string, problem: string): PipelineError => new PipelineError("config", at, problem);

export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().split("\n")[0] || "it failed without a message";

export function failureOf(error: unknown): Failure {
  const ours = asPipelineError(error);
  if (ours === undefined) return { line: `unexpected: ${firstLine(error)} (--debug shows where)`, code: 1 };
  return { line: firstLine(ours), code: isUserMistake(ours) ? 2 : 1 };
}

/** A pipeline file may import another copy of this package, whose errors are of another class with the same name. */
export function asPipelineError(error: unknown): PipelineError | undefined {
  if (error instanceof PipelineError) return error;
  if (!(error instanceof Error) || error.name !== "PipelineError") return undefined;
  return new PipelineError((error as Error & { code: ErrorCode }).code, "", error.message, error);
}
