// `lanewise run`: carries out a pipeline, shows how it goes, and leaves a run folder.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Pipeline, setPath } from "../../pipeline/define.ts";
import type { DoneEvent, EpochEvent } from "../../pipeline/events.ts";
import type { RunOptions } from "../../pipeline/options.ts";
import { run } from "../index.ts";
import { coloursFor } from "./colours.ts";
import type { Arguments, Command } from "./command.ts";
import { usageError } from "./failure.ts";
import { duration } from "./format.ts";
import { loadPipeline } from "./loadPipeline.ts";
import { historyPlot, onlyAscii } from "./plot.ts";
import { writeReport } from "./report.ts";
import { joinResume, placeOf, removeIfEmpty, savedPlace } from "./runFolder.ts";
import { openScreen, type Screen } from "./screen.ts";

export const runCommand: Command = {
  name: "run",
  summary: "Carries out a pipeline: cleans, normalizes, augments, splits, trains and evaluates.",
  usage: "lanewise run FILE [options]",
  options: {
    set: { type: "string", multiple: true, value: "PATH=VALUE", help: "change a setting, such as train.epochs=3 (may be repeated)" },
    data: { type: "string", value: "DIR", help: "where sources look for their files first (default: $LANEWISE_DATA)" },
    out: { type: "string", value: "DIR", help: "the run folder (default: runs/<name>-<date>-<time>)" },
    resume: { type: "string", value: "[DIR]", help: "continue the run in this folder, in --out, or the newest of this pipeline" },
    backend: { type: "string", value: "wasm|js", help: "WebAssembly (default), or plain JavaScript" },
    strict: { type: "boolean", help: "plain SIMD, whose every operation is IEEE-exact" },
    threads: { type: "string", value: "N|auto", help: "how many threads compute (default 1); the result is the same" },
    wide: { type: "boolean", help: "experimental: vectors of 256 bits, where Node and the processor can; the result is the same" },
    tensorboard: { type: "boolean", help: "leave event files for TensorBoard, too, in the run folder: tensorboard --logdir runs" },
    json: { type: "boolean", help: "the last line of standard output is one JSON object; everything else goes to standard error" },
    plot: { type: "boolean", help: "draw loss and accuracy by epoch at the end, as on a terminal, wherever the output goes" },
    quiet: { type: "boolean", short: "q", help: "say nothing but warnings" },
  },
  examples: [
    "lanewise run pipelines/strokes.ts",
    "lanewise run pipelines/mnist.ts --data ~/data --set train.epochs=20 --set seed=1",
    "lanewise run pipelines/mnist.ts --resume",
    "lanewise run pipelines/mnist.ts --json --quiet | jq .test.accuracy",
  ],
  needs: ["FILE"],
  async run(given) {
    const file = given.positionals[0] as string;
    const options = optionsOf(given);
    const pipeline = given.texts("set").reduce(changed, await loadPipeline(file));
    const place = placeOf(pipeline.name as string, given.text("out"), given.text("resume"));
    const stream = given.flag("json") ? process.stderr : process.stdout;
    const quiet = given.flag("quiet");
    const screen = openScreen(stream, pipeline.train.batchSize ?? 32, (event) => !quiet || event.type === "warning");
    if (place.note !== undefined && !quiet) screen.line(place.note);
    try {
      const end = await follow(pipeline, { ...options, out: place.out, resume: place.resume }, screen);
      if ("signal" in end) {
        if (existsSync(join(place.out, "pipeline.json"))) await writeReport(place.out);
        process.stderr.write(`${stoppedText(savedPlace(place.out), place.out, given.typed)}\n`);
        return exitCodes[end.signal];
      }
      if (given.flag("plot") || (stream.isTTY && !quiet)) for (const line of historyLines(place.out, stream)) screen.line(line);
      if (!quiet) for (const line of doneLines(end.done, place.out, coloursFor(stream))) screen.line(line);
      if (given.flag("json")) process.stdout.write(`${JSON.stringify(resultOf(end.done, place.out))}\n`);
      return end.done.reason === "nan" ? 1 : 0;
    } finally {
      screen.close();
      if (place.made) removeIfEmpty(place.out);
    }
  },
};

export function optionsOf(given: Arguments): RunOptions {
  const [backend, data, threads] = [given.text("backend"), given.text("data"), given.text("threads")];
  if (backend !== undefined && backend !== "wasm" && backend !== "js")
    throw usageError("--backend", `expected wasm or js, got "${backend}"`);
  if (threads !== undefined && threads !== "auto" && !/^[1-9]\d{0,3}$/.test(threads))
    throw usageError("--threads", `expected a number from 1 or auto, got "${threads}"`);
  return {
    ...(backend !== undefined && { backend }),
    ...(data !== undefined && { data }),
    ...(threads !== undefined && { threads: threads === "auto" ? threads : Number(threads) }),
    strict: given.flag("strict"),
    wide: given.flag("wide"),
    tensorBoard: given.flag("tensorboard"),
  };
}

/** The pipeline with one `path=value`; the value is JSON, or else text. */
export function changed(pipeline: Pipeline, setting: string): Pipeline {
  const [, path, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  if (path === undefined || text === undefined) throw usageError("--set", `expected path=value, such as train.epochs=3, got "${setting}"`);
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Text needs no quotes.
  }
  return setPath(pipeline, path.trim(), value);
}

interface Stopped {
  readonly signal: "SIGINT" | "SIGTERM";
}

const GRACE_MS = 3000;

/** Subscribes; leaves when the run ends or at the first signal. A second signal ends the process. */
function follow(pipeline: Pipeline, options: RunOptions, screen: Screen): Promise<{ readonly done: DoneEvent } | Stopped> {
  return new Promise((resolve, reject) => {
    let done: DoneEvent | undefined;
    const settle = (finish: () => void): void => {
      process.removeListener("SIGINT", stop);
      process.removeListener("SIGTERM", stop);
      finish();
    };
    const subscription = run(pipeline, options).subscribe({
      next(event) {
        if (event.type === "done") done = event;
        screen.show(event);
      },
      error: (error: unknown) => settle(() => reject(error)),
      complete: () => settle(() => resolve({ done: done as DoneEvent })),
    });
    function stop(signal: Stopped["signal"]): void {
      subscription.unsubscribe();
      screen.close();
      for (const again of ["SIGINT", "SIGTERM"]) process.once(again, () => process.exit(exitCodes[signal]));
      // A checkpoint that is being written is written to its end: when nothing is left to do, it lies there.
      const finish = (): void => settle(() => resolve({ signal }));
      process.once("beforeExit", finish);
      setTimeout(finish, GRACE_MS).unref();
    }
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** What to tell someone who stopped a run: where it stands and how it goes on. */
export function stoppedText(saved: string | undefined, out: string, typed: readonly string[]): string {
  if (saved === undefined) return "stopped before the first epoch ended; there is no checkpoint yet";
  const kept = joinResume(typed).filter((word, i, all) => !/^--(out|resume)(=|$)/.test(word) && all[i - 1] !== "--out");
  const command = ["lanewise", "run", ...kept, "--resume", out].map(quoted).join(" ");
  return `stopped; the checkpoint of ${saved} is in ${out}; go on with\n  ${command}`;
}

/** For a shell. */
const quoted = (word: string): string => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

function doneLines(
  { seconds, epochs, reason, crossValidation: cv }: DoneEvent,
  out: string,
  colours: ReturnType<typeof coloursFor>,
): string[] {
  const why = { epochs: "", earlyStopping: ", stopped early", nan: ", stopped by a loss that is not a number" }[reason];
  const folds = cv === undefined ? "" : `${cv.folds * cv.repeats} folds, `;
  return [
    "",
    `${colours.green("✔")} ${folds}${epochs} ${epochs === 1 ? "epoch" : "epochs"}${why} in ${duration(seconds)} → ${colours.bold(out)}`,
  ];
}

/** The run's history from its folder, so that a run that was resumed shows all of it. */
function historyLines(out: string, stream: NodeJS.WriteStream): string[] {
  const file = join(out, "history.jsonl");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const epochs = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as EpochEvent);
  const view = { width: stream.columns ?? 80, colours: coloursFor(stream), ascii: onlyAscii() };
  const plot = historyPlot(epochs, view);
  return plot.length === 0 ? [] : ["", ...plot];
}

function resultOf({ seconds, epochs, train, validation, test, baseline, intervals, crossValidation }: DoneEvent, out: string): object {
  return { run: out, seconds, epochs, train, validation, test, baseline, intervals, crossValidation };
}
