// Where a run is kept: a new folder under runs/, the one that the user names, or the one that is to be continued.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readSafetensors } from "../../data/safetensors.ts";
import { checkpointName, type TrainState } from "../../pipeline/checkpoint.ts";
import type { Pipeline } from "../../pipeline/define.ts";
import { ioError, reason, systemCode } from "../io_error.ts";
import { usageError } from "./failure.ts";

const RUNS = "runs";

export interface Place {
  readonly out: string;
  readonly resume: boolean;
  /** The folder was made just now, empty; `removeIfEmpty` takes it away again. */
  readonly made?: true;
  /** Something to tell the user. */
  readonly note?: string;
}

/** `resume`: not asked for, the folder that was named, or "" for the newest. */
export function placeOf(name: string, out: string | undefined, resume: string | undefined, now = new Date()): Place {
  if (out === "") throw usageError("--out", "expected a folder, got nothing");
  if (resume === undefined) return fresh(name, out, now);
  if (resume !== "") {
    if (out !== undefined && out !== resume)
      throw usageError("--resume", `"${resume}" and --out "${out}" are two folders; give one of them`);
    if (!existsSync(resume)) throw usageError("--resume", `there is no folder "${resume}"`);
    if (!hasCheckpoint(resume))
      throw usageError("--resume", `"${resume}" holds no checkpoint (one is written after each epoch); leave --resume out to start anew`);
    return { out: resume, resume: true };
  }
  if (out !== undefined) {
    if (hasCheckpoint(out)) return { out, resume: true };
    return { out, resume: false, note: `${out} holds no checkpoint yet; starting at the beginning` };
  }
  const newest = newestRun(name);
  if (newest === undefined)
    throw usageError(
      "--resume",
      `there is no run of "${name}" with a checkpoint in ${RUNS}/; leave --resume out to start anew, or name a folder`,
    );
  return { out: newest, resume: true };
}

function fresh(name: string, out: string | undefined, now: Date): Place {
  if (out === undefined) return { out: makeFolder(name, now), resume: false, made: true };
  const holds = [checkpointName, "model.safetensors"].find((file) => existsSync(join(out, file)));
  if (holds !== undefined)
    throw usageError("--out", `"${out}" holds a run already (${holds}); add --resume to continue it, or choose another folder`);
  return { out, resume: false };
}

const hasCheckpoint = (folder: string): boolean => existsSync(join(folder, checkpointName));

/** After what the folder's checkpoint was written, such as `epoch 3` or `epoch 3 of fold 2`; undefined where there is none. */
export function savedPlace(folder: string): string | undefined {
  if (!hasCheckpoint(folder)) return undefined;
  const { metadata } = readSafetensors(new Uint8Array(readFileSync(join(folder, checkpointName))), folder);
  const { epoch = 0, finished } = JSON.parse(metadata.state ?? "{}") as Partial<TrainState>;
  const { split } = JSON.parse(metadata.pipeline ?? "{}") as Partial<Pipeline>;
  const total = (split?.folds ?? 0) * (split?.repeats ?? 1);
  const before = finished?.length ?? 0;
  return `epoch ${epoch}${before < total ? ` of fold ${before + 1} of ${total}` : ""}`;
}

/** Makes runs/mnist-20261124-101500, or -2, -3, … where that is taken: runs that start in the same second each get their own. */
function makeFolder(name: string, now: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const base = join(RUNS, `${fileName(name)}-${date}-${time}`);
  made(RUNS);
  let folder = base;
  for (let i = 2; !made(folder); i++) folder = `${base}-${i}`;
  return folder;
}

/** Makes the folder; false where there is one. */
function made(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw ioError(folder, "write the run folder", error, "choose another folder with --out");
  }
}

/** The folder of a run that left nothing, and runs/ if that was all in it. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
    rmdirSync(RUNS);
  } catch {
    // Something lies in it: it stays.
  }
}

/** A pipeline's name as part of a file's. */
const fileName = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, "-");

function newestRun(name: string): string | undefined {
  const start = `${fileName(name)}-`;
  const isRun = (folder: string): boolean => folder.startsWith(start) && /^\d{8}-\d{6}(-\d+)?$/.test(folder.slice(start.length));
  let names: string[];
  try {
    names = readdirSync(RUNS);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw usageError("--resume", `cannot list ${RUNS}/: ${reason(error)}`);
  }
  const runs = names.filter((folder) => isRun(folder) && hasCheckpoint(join(RUNS, folder))).map((folder) => join(RUNS, folder));
  const age = (folder: string): number => statSync(join(folder, checkpointName)).mtimeMs;
  return runs.sort((a, b) => age(b) - age(a))[0];
}

/**
 * `--resume` may stand alone or name a folder: it becomes `--resume=…`, with nothing behind it where what follows is an option or a
 * file (the pipeline).
 */
export function joinResume(
  typed: readonly string[],
  isFile: (path: string) => boolean = (path) => existsSync(path) && statSync(path).isFile(),
): string[] {
  const joined: string[] = [];
  for (let i = 0; i < typed.length; i++) {
    const word = typed[i] as string;
    const next = typed[i + 1];
    if (word !== "--resume") joined.push(word);
    else if (next === undefined || next.startsWith("-") || isFile(next)) joined.push("--resume=");
    else {
      joined.push(`--resume=${next}`);
      i++;
    }
  }
  return joined;
}
