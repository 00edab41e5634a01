// `lanewise runs`: lists, compares and deletes the runs that were kept.
import { existsSync, readdirSync, rmdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { unknownName } from "../../errors.ts";
import { isRunFile } from "../../pipeline/artifacts.ts";
import { numberText } from "../../pipeline/summary.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { compare } from "../../records/compare.ts";
import type { RunSummary } from "../../records/summary.ts";
import { coloursFor } from "./colours.ts";
import type { Arguments, Command } from "./command.ts";
import { comparisonLines } from "./comparisonLines.ts";
import { usageError } from "./failure.ts";
import { duration, megabytes } from "./format.ts";
import { runsIn, summaryOfRun } from "./runList.ts";

const RUNS = "runs";

export const runsCommand: Command = {
  name: "runs",
  summary: "Lists the runs in a folder (default: runs/), compares some, or deletes some.",
  usage: "lanewise runs [DIR] | lanewise runs compare RUN RUN… | lanewise runs delete RUN…",
  options: {
    json: { type: "boolean", help: "print one JSON object" },
    yes: { type: "boolean", short: "y", help: "delete without asking" },
  },
  examples: [
    "lanewise runs",
    "lanewise runs compare mnist-20261124-101500 mnist-20261124-104200",
    "lanewise runs delete runs/mnist-20261124-101500 --yes",
  ],
  needs: [],
  more: true,
  async run(given) {
    const [first, ...rest] = given.positionals;
    if (given.flag("yes") && first !== "delete") throw usageError("--yes", "it belongs to lanewise runs delete");
    if (first === "compare") return compareRuns(rest, given);
    if (first === "delete") return deleteRuns(rest, given);
    if (rest.length > 0) throw usageError("runs", `expected one folder, got ${given.positionals.length}; compare or delete names runs`);
    return listRuns(first ?? RUNS, first !== undefined, given);
  },
};

async function listRuns(folder: string, named: boolean, given: Arguments): Promise<number> {
  const there = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!there && named) throw usageError(folder, "there is no such folder; expected one that holds runs");
  if (existsSync(join(folder, "pipeline.json")))
    throw usageError(folder, `it is the folder of one run; lanewise report ${folder} tells about it`);
  const runs = there ? await runsIn(folder) : [];
  if (given.flag("json")) process.stdout.write(`${JSON.stringify({ runs: runs.map(({ record: _, ...run }) => run) })}\n`);
  else if (runs.length === 0) process.stdout.write(`there are no runs in ${folder}/\n`);
  else for (const line of listLines(runs)) process.stdout.write(`${line}\n`);
  return 0;
}

function listLines(runs: readonly RunSummary[]): string[] {
  const colours = coloursFor(process.stdout);
  const rows = runs.map(({ folder, started, pipeline, epochs, planned, metric, seconds, state }) => [
    basename(folder),
    localTime(new Date(started)),
    pipeline,
    epochs === planned ? String(epochs) : `${epochs}/${planned}`,
    metric === undefined ? "" : `${metric.name} ${metric.value === null ? "–" : numberText(metric.value)}`,
    duration(seconds),
    state,
  ]);
  const head = ["run", "started", "pipeline", "epochs", "gave", "training", "state"];
  const lines = alignedLines([head, ...rows], ["left", "left", "left", "right", "left", "right", "left"]);
  return lines.map((line, i) => (i === 0 ? colours.bold(line) : runs[i - 1]?.state === "finished" ? line : colours.yellow(line)));
}

function localTime(date: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

async function compareRuns(names: readonly string[], given: Arguments): Promise<number> {
  if (names.length < 2) throw usageError("runs compare", `expected two runs or more, got ${names.length}`);
  const runs: RunSummary[] = [];
  for (const name of names) runs.push(await summaryOfRun(runFolder(name)));
  const comparison = compare(runs);
  const text = given.flag("json") ? JSON.stringify(comparison) : comparisonLines(comparison, runs).join("\n");
  process.stdout.write(`${text}\n`);
  return 0;
}

/** A folder, or the name of one in runs/. */
function runFolder(name: string): string {
  const found = [name, join(RUNS, name)].find((folder) => existsSync(join(folder, "pipeline.json")));
  if (found !== undefined) return found;
  if (existsSync(name)) throw usageError(name, "it holds no pipeline.json, so it is not the folder of a run");
  const known = existsSync(RUNS) ? readdirSync(RUNS).filter((run) => existsSync(join(RUNS, run, "pipeline.json"))) : [];
  throw usageError("runs", known.length === 0 ? `there is no run "${name}"` : unknownName("run", name, known));
}

async function deleteRuns(names: readonly string[], given: Arguments): Promise<number> {
  if (names.length === 0) throw usageError("runs delete", "RUN is missing; name the runs to delete");
  const folders = [...new Set(names.map(runFolder))];
  if (!given.flag("yes") && !(await agreed(folders))) {
    process.stdout.write("nothing was deleted\n");
    return 1;
  }
  const results = folders.map((folder) => ({ run: folder, left: remove(folder) }));
  if (given.flag("json")) process.stdout.write(`${JSON.stringify({ deleted: results })}\n`);
  else for (const { run, left } of results) process.stdout.write(`deleted ${run}${leftText(left)}\n`);
  return 0;
}

const leftText = (left: readonly string[]): string => (left.length === 0 ? "" : `, but left what no run has written: ${left.join(", ")}`);

async function agreed(folders: readonly string[]): Promise<boolean> {
  if (process.stdin.isTTY !== true) throw usageError("runs delete", "there is nobody to ask; add --yes to delete without being asked");
  const bytes = folders.flatMap((folder) => ours(folder).map((name) => statSync(join(folder, name)).size)).reduce((sum, n) => sum + n, 0);
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const what = folders.length === 1 ? `the run ${folders[0]}` : `${folders.length} runs (${folders.join(", ")})`;
    return /^y(es)?$/i.test((await ask.question(`Delete ${what}, ${megabytes(bytes)}? [y/N] `)).trim());
  } finally {
    ask.close();
  }
}

/** A folder may hold more than a run, as --out names any: files that no run has written stay. */
function remove(folder: string): string[] {
  for (const name of ours(folder)) rmSync(join(folder, name));
  for (const below of boardFolders(folder)) if (readdirSync(below).length === 0) rmdirSync(below);
  const left = readdirSync(folder);
  if (left.length === 0) rmdirSync(folder);
  return left;
}

const ours = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => isRunFile(name) || isLeftover(name));

/** The folders of event files; those below come before those above. */
function boardFolders(folder: string): string[] {
  const top = join(folder, "tensorboard");
  if (!existsSync(top)) return [];
  const below = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [top, ...below.map((entry) => join(entry.parentPath, entry.name))].sort((a, b) => b.length - a.length);
}

/** What a killed run has left half-written. */
const isLeftover = (name: string): boolean => isRunFile(/^\.(.+)\.\d+-[0-9a-f]{8}\.tmp$/.exec(name)?.[1] ?? "");
