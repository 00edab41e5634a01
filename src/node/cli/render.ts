// What a run looks like in a terminal: events → lines that stay and one line that is rewritten in place. Pure functions; nothing is
// printed here.

import { foldText } from "../../pipeline/crossValidationText.ts";
import type {
  ArtifactEvent,
  BatchEvent,
  EpochEvent,
  MetricsEvent,
  ModelEvent,
  ProgressEvent,
  RunEvent,
  Scalars,
  StageEvent,
} from "../../pipeline/events.ts";
import { formatEvaluation, formatSummary } from "../../pipeline/summary.ts";
import { grouped } from "../../report/format.ts";
import type { Colours } from "./colours.ts";
import { cutTo, duration, megabytes, perStep, widthOf } from "./format.ts";
import { crossValidationLines, foldLine } from "./renderFolds.ts";
import { importanceLines } from "./renderImportance.ts";
import { scalarTexts, tableLines, type View } from "./view.ts";

/** What earlier events leave behind. */
export interface State {
  /** The epoch whose heading stands. */
  readonly headed: number;
  /** Seconds of epochs that were too quick to be worth lines of their own. */
  readonly hurried: number;
  /** What validation rows gave at the end: shown in brief above the test rows' report, in full where there is none. */
  readonly validation?: MetricsEvent;
  /** The model's summary stands. */
  readonly summarized?: boolean;
  /** All folds are done; what comes is the model that is kept. */
  readonly folded?: boolean;
  /** What folds have warned of: once is enough. */
  readonly warned?: readonly string[];
}

export interface Frame {
  readonly lines: readonly string[];
  /** Replaces the live line; "" clears it. */
  readonly live: string;
  readonly state: State;
}

export const startState: State = { headed: 0, hurried: 0 };

const BAR = 20;
/** Epochs that together took less than this share two lines of the screen, unless one is a milestone. */
const GLIMPSE_SECONDS = 0.15;
const MILESTONES = 10;

export function render(event: RunEvent, state: State, view: View): Frame {
  const { lines, live = "", next = state } = draw(event, state, view);
  return { lines, live: view.live ? cutTo(live, view.width - 1) : "", state: next };
}

interface Drawing {
  readonly lines: readonly string[];
  readonly live?: string;
  readonly next?: State;
}

function draw(event: RunEvent, state: State, view: View): Drawing {
  const { colours } = view;
  if (event.fold !== undefined && event.type !== "fold") return foldDrawing(event, state, view);
  switch (event.type) {
    case "progress":
      return { lines: [], live: progressLine(event, view) };
    case "stage":
      if (state.folded !== true) return { lines: stageLines(event, view) };
      return { lines: ["", colours.bold("Final model"), ...stageLines(event, view)], next: { ...state, folded: false } };
    case "model":
      return { lines: state.summarized === true ? [] : modelLines(event, view), next: { ...state, summarized: true } };
    case "batch":
      return { lines: heading(event, state, view), live: batchLine(event, view), next: { ...state, headed: event.epoch } };
    case "epoch":
      return epochDrawing(event, state, view);
    case "metrics":
      if (event.set === "validation") return { lines: [], next: { ...state, validation: event } };
      return { lines: [...validationLine(state, view), ...metricsLines(event, view)], next: withoutValidation(state) };
    case "warning":
      if (event.at === "--resume") return { lines: [`${colours.cyan("↻")} ${event.message}`] };
      return { lines: [`${colours.yellow("⚠")} ${colours.yellow(`${event.at}: ${event.message}`)}`] };
    case "done":
      return { lines: state.validation === undefined ? [] : metricsLines(state.validation, view), next: withoutValidation(state) };
    case "fold":
      return { lines: [foldLine(event, view)] };
    case "crossValidation":
      return { lines: crossValidationLines(event, view), next: { ...state, folded: true } };
    case "artifact":
      return { lines: event.rows === undefined ? [] : [keptLine(event, view)] };
  }
}

/** While a fold runs it is the live line; what stays of it is one line at its end. */
function foldDrawing(event: RunEvent, state: State, view: View): Drawing {
  const { fold, ...plain } = event;
  if (fold === undefined) return draw(event, state, view);
  const name = view.colours.bold(foldText(fold));
  switch (plain.type) {
    case "model":
      return draw(plain, state, view);
    case "progress":
      return { lines: [], live: `${name} ${progressLine(plain, view)}` };
    case "batch":
      return { lines: [], live: `${name}  Epoch ${plain.epoch}/${plain.epochs}  ${batchLine(plain, view)}` };
    case "epoch":
      return { lines: [], live: `${name}  Epoch ${plain.epoch}/${plain.epochs}  ${scalarsOf(plain, view).join("  ")}` };
    case "warning": {
      const { warned = [] } = state;
      if (plain.at === "--resume") return draw(plain, state, view);
      if (warned.includes(plain.message)) return { lines: [] };
      const at = `${foldText(fold)}, ${plain.at}`;
      return { ...draw({ ...plain, at }, state, view), next: { ...state, warned: [...warned, plain.message] } };
    }
    default:
      return { lines: [] };
  }
}

function progressLine({ stage, what, done, total }: ProgressEvent, { colours }: View): string {
  const count = what.startsWith("downloading") ? megabytes : grouped;
  const amount = total > 0 ? `${bar(done / total, BAR, colours)} ${count(done)}/${count(total)}` : count(done);
  return `  ${colours.dim(stage)} ${what} ${amount}`;
}

/** Where removed rows are kept: in the folder, where there is one. */
function keptLine({ name, rows = 0 }: ArtifactEvent, { colours }: View): string {
  return colours.dim(`  ${rows === 1 ? "1 removed row is" : `${grouped(rows)} removed rows are`} kept in ${name}`);
}

function stageLines(
  { stage, kind, rowsIn, rowsOut, changed, removed, examples = [], note, seconds }: StageEvent,
  { colours }: View,
): string[] {
  const name = stage === kind ? stage : `${stage} ${colours.bold(kind)}`;
  const facts: string[] = [];
  if (stage !== "normalize" && stage !== "split")
    facts.push(rowsIn === rowsOut ? `${grouped(rowsOut)} rows` : `${grouped(rowsIn)} → ${grouped(rowsOut)} rows`);
  if (changed > 0) facts.push(`${grouped(changed)} values changed`);
  if (note !== "") facts.push(note);
  const first = removed[0];
  const gone = rowsIn - rowsOut;
  const reason =
    first === undefined
      ? []
      : [colours.dim(`  removed row ${first.id}: ${first.reason}${gone > 1 ? ` (and ${grouped(gone - 1)} more)` : ""}`)];
  const parts = [`${colours.green("✔")} ${name}`, facts.join(", "), colours.dim(duration(seconds))];
  const cells = examples.map(({ id, column, before, after }) => colours.dim(`  changed row ${id}: ${column} ${before} → ${after}`));
  return [parts.filter((part) => part !== "").join("  "), ...reason, ...cells];
}

const BUILDS = { relaxed: "WebAssembly relaxed SIMD", simd: "WebAssembly SIMD", js: "plain JavaScript" } as const;

function modelLines({ summary, build, threads, wide }: ModelEvent, { width, colours }: View): string[] {
  const on = `${BUILDS[build]}, ${threads} ${threads === 1 ? "thread" : "threads"}${wide ? ", vectors of 256 bits" : ""}`;
  return ["", ...tableLines(formatSummary(summary), width), colours.dim(` Runs on: ${on}`), ""];
}

function heading({ epoch, epochs }: BatchEvent | EpochEvent, { headed }: State, { live, colours }: View): string[] {
  return live && headed !== epoch ? [colours.bold(`Epoch ${epoch}/${epochs}`)] : [];
}

function batchLine({ step, steps, samplesPerSecond, secondsLeft, metrics }: BatchEvent, view: View): string {
  const pace = { part: step / steps, seconds: secondsLeft, samplesPerSecond, batchSize: view.batchSize };
  return stepLine(`${String(step).padStart(String(steps).length)}/${steps}`, pace, scalarTexts(metrics, view), view);
}

interface Pace {
  readonly part: number;
  readonly seconds: number;
  readonly samplesPerSecond: number;
  readonly batchSize: number;
}

/** `1234/1875 ━━━━━━━━━━━━────── 12s 4.1ms/step 51,234 samples/s  accuracy: 0.9712`: what has no room goes, the metrics last. */
function stepLine(
  count: string,
  { part, seconds, samplesPerSecond, batchSize }: Pace,
  scalars: readonly string[],
  { width, colours }: View,
): string {
  const time = duration(seconds);
  const step = `${perStep(batchSize / samplesPerSecond)}/step`;
  const forms = [
    [count, bar(part, BAR, colours), time, step, `${grouped(samplesPerSecond)} samples/s`],
    [count, bar(part, BAR / 2, colours), time, step],
    [count, bar(part, BAR / 2, colours), time],
    [count, time],
  ].map((words) => [words.join(" "), ...scalars].join("  "));
  return forms.find((form) => widthOf(form) < width) ?? [time, ...scalars].join(" ");
}

function epochDrawing(event: EpochEvent, state: State, view: View): Drawing {
  const { epoch, epochs, seconds, samplesPerSecond } = event;
  const rows = Math.round(samplesPerSecond * seconds);
  const batchSize = Math.max(1, Math.min(view.batchSize, rows));
  const scalars = scalarsOf(event, view);
  if (!view.live) {
    const speed = [duration(seconds), `${perStep(batchSize / samplesPerSecond)}/step`, `${grouped(samplesPerSecond)} samples/s`];
    return { lines: [`Epoch ${epoch}/${epochs}  ${speed.join(" ")}  ${scalars.join("  ")}`] };
  }
  const steps = Math.ceil(rows / batchSize);
  const line = stepLine(`${steps}/${steps}`, { part: 1, seconds, samplesPerSecond, batchSize }, scalars, view);
  const hurried = state.hurried + seconds;
  const milestone = epoch === 1 || epoch === epochs || epoch % Math.ceil(epochs / MILESTONES) === 0;
  if (hurried < GLIMPSE_SECONDS && !milestone && state.headed !== epoch) {
    return { lines: [], live: `Epoch ${epoch}/${epochs}  ${line}`, next: { ...state, hurried } };
  }
  return { lines: [...heading(event, state, view), line], next: { ...state, headed: epoch, hurried: 0 } };
}

const scalarsOf = ({ train, validation = {} }: EpochEvent, view: View): string[] =>
  scalarTexts({ ...train, ...prefixed(validation) }, view);

const prefixed = (scalars: Scalars): Scalars => Object.fromEntries(Object.entries(scalars).map(([name, value]) => [`val_${name}`, value]));

function metricsLines({ set, evaluation }: MetricsEvent, view: View): string[] {
  const { width, colours } = view;
  const title = { train: "Training", validation: "Validation", test: "Test" }[set];
  const text = tableLines(formatEvaluation(evaluation), width);
  return ["", colours.bold(title), ...text, ...importanceLines(evaluation.importance, view)];
}

function validationLine({ validation }: State, view: View): string[] {
  if (validation === undefined) return [];
  return [
    "",
    `${view.colours.bold("Validation")}  ${grouped(validation.evaluation.rows)} rows  ${scalarTexts(validation.evaluation.scalars, view).join("  ")}`,
  ];
}

const withoutValidation = ({ validation: _, ...state }: State): State => state;

function bar(part: number, width: number, colours: Colours): string {
  const full = Math.max(0, Math.min(width, Math.round(part * width)));
  return colours.green("━".repeat(full)) + colours.dim("─".repeat(width - full));
}
