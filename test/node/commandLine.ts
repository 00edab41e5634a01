// Starts the command line from its sources, as a user's shell would.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { resolve } from "node:path";

const main = resolve(import.meta.dirname, "../../src/node/cli/main.ts");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  /** Called with all of standard output and error whenever more has come. */
  readonly watch?: (output: string, child: ChildProcessWithoutNullStreams) => void;
}

export function lanewise(args: readonly string[], { cwd, env, node = [], watch }: Setting): Promise<Outcome> {
  const { NO_COLOR: _, FORCE_COLOR: __, LANEWISE_DATA: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, [...node, main, ...args], { cwd, env: { ...inherited, ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => {
    stdout += text;
    watch?.(stdout + stderr, child);
  });
  child.stderr.on("data", (text: Buffer) => {
    stderr += text;
    watch?.(stdout + stderr, child);
  });
  return new Promise((done) => {
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}
