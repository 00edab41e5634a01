// What a run looks like in a terminal: events → lines that stay and one line that is rewritten in place. Pure functions; nothing is
// printed here.
import type {
  BatchEvent,
  EpochEvent,
  MetricsEvent,
  ModelEvent,
  ProgressEvent,
  RunEvent,
  Scalars,
  StageEvent,
} from "../../pipeline/events.ts";
import { formatEvaluation, formatSummary, numberText } from "../../pipeline/summary.ts";
import { type Colours, noColours } from "./colours.ts";
import { cutTo, duration, grouped, megabytes, perStep, widthOf } from "./format.ts";

export interface View {
  /** Columns of the terminal; tables are cut to it, the live line never reaches its end, and other lines may wrap. */
  readonly width: number;
  readonly colours: Colours;
  /** Whether there is a live line at all: without one, an epoch is one plain line. */
  readonly live: boolean;
  readonly batchSize: number;
}

/** What earlier events leave behind. */
export interface State {
  /** The epoch whose heading stands. */
  readonly headed: number;
  /** Seconds of epochs that were too quick to be worth lines of their own. */
  readonly hurried: number;
  /** What validation rows gave at the end: shown in brief above the test rows' report, in full where there is none. */
  readonly validation?: MetricsEvent;
}

export interface Frame {
  readonly lines: readonly string[];
  /** Replaces the live line; "" clears it. */
  readonly live: string;
  readonly state: State;
}

export const startState: State = { headed: 0, hurried: 0 };
export const plainView: View = { width: Number.POSITIVE_INFINITY, colours: noColours, live: false, batchSize: 32 };

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
  switch (event.type) {
    case "progress":
      return { lines: [], live: progressLine(event, view) };
    case "stage":
      return { lines: stageLines(event, view) };
    case "model":
      return { lines: modelLines(event, view) };
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
    case "artifact":
      return { lines: [] };
  }
}

function progressLine({ stage, what, done, total }: ProgressEvent, { colours }: View): string {
  const count = what.startsWith("downloading") ? megabytes : grouped;
  const amount = total > 0 ? `${bar(done / total, BAR, colours)} ${count(done)}/${count(total)}` : count(done);
  return `  ${colours.dim(stage)} ${what} ${amount}`;
}

function stageLines({ stage, kind, rowsIn, rowsOut, changed, removed, note, seconds }: StageEvent, { colours }: View): string[] {
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
  return [parts.filter((part) => part !== "").join("  "), ...reason];
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
  const { epoch, epochs, seconds, samplesPerSecond, train, validation = {} } = event;
  const rows = Math.round(samplesPerSecond * seconds);
  const batchSize = Math.max(1, Math.min(view.batchSize, rows));
  const scalars = scalarTexts({ ...train, ...prefixed(validation) }, view);
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

const prefixed = (scalars: Scalars): Scalars => Object.fromEntries(Object.entries(scalars).map(([name, value]) => [`val_${name}`, value]));

/** Accuracy first, as Keras has it: names in alphabetical order, those of validation after those of training. */
function scalarTexts(scalars: Scalars, { colours }: View): string[] {
  const names = Object.keys(scalars).sort((a, b) => Number(a.startsWith("val_")) - Number(b.startsWith("val_")) || (a < b ? -1 : 1));
  return names.map((name) => `${colours.dim(`${name}:`)} ${numberText(scalars[name] as number)}`);
}

function metricsLines({ set, evaluation }: MetricsEvent, { width, colours }: View): string[] {
  const title = { train: "Training", validation: "Validation", test: "Test" }[set];
  return ["", colours.bold(title), ...tableLines(formatEvaluation(evaluation), width)];
}

const tableLines = (text: string, width: number): string[] => text.split("\n").map((line) => cutTo(line, width));

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
