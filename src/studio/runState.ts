// What is known of a run while it goes on: events → state. Pure.
import type {
  BatchEvent,
  EpochEvent,
  FoldPlace,
  ModelEvent,
  ProgressEvent,
  RunEvent,
  StageEvent,
  WarningEvent,
} from "../pipeline/events.ts";
import type { FinalNumbers, ReportFile, RunRecord } from "../pipeline/report/file.ts";
import type { Point } from "../report/curves.ts";

export interface RunState {
  readonly stages: readonly StageEvent[];
  readonly warnings: readonly WarningEvent[];
  readonly history: readonly EpochEvent[];
  readonly trail: readonly Point[];
  readonly epochs: number;
  readonly progress?: ProgressEvent;
  readonly model?: ModelEvent;
  readonly batch?: BatchEvent;
  readonly fold?: FoldPlace;
  /** What its files tell, as far as they have come. */
  readonly report?: ReportFile;
  readonly metrics?: FinalNumbers;
  readonly done: boolean;
}

export const startState = (epochs: number): RunState => ({
  stages: [],
  warnings: [],
  history: [],
  trail: [],
  epochs,
  done: false,
});

const MOST_POINTS = 600;

export function reduce(state: RunState, event: RunEvent): RunState {
  // What happens in a fold is told as progress; the charts are those of the model that is kept.
  if (event.fold !== undefined && event.type !== "fold") return inFold(state, event, event.fold);
  switch (event.type) {
    case "stage":
      return { ...without(state, "progress", "fold"), stages: [...state.stages, event] };
    case "progress":
      return { ...state, progress: event };
    case "model":
      return { ...without(state, "progress", "fold"), model: event };
    case "batch": {
      const point = { at: event.epoch - 1 + event.step / event.steps, metrics: event.metrics };
      return { ...without(state, "progress"), batch: event, epochs: event.epochs, trail: thinned([...state.trail, point]) };
    }
    case "epoch": {
      const point = { at: event.epoch, metrics: event.train };
      return {
        ...without(state, "batch"),
        epochs: event.epochs,
        history: [...state.history.filter(({ epoch }) => epoch < event.epoch), event],
        trail: thinned([...state.trail, point]),
      };
    }
    case "warning":
      return { ...state, warnings: [...state.warnings, event] };
    case "artifact":
      return event.content === undefined ? state : withFile(state, event.name, event.content);
    case "done":
      return { ...without(state, "progress", "batch"), done: true };
    default:
      return state;
  }
}

function inFold(state: RunState, event: RunEvent, fold: FoldPlace): RunState {
  if (event.type === "model") return { ...state, fold, model: state.model ?? event };
  return event.type === "progress" ? { ...state, fold, progress: event } : { ...state, fold };
}

function without<K extends keyof RunState>(state: RunState, ...keys: readonly K[]): RunState {
  const rest = { ...state };
  for (const key of keys) delete rest[key];
  return rest;
}

/** Of many points every second goes: a curve of hundreds looks the same. */
const thinned = (points: readonly Point[]): readonly Point[] =>
  points.length <= MOST_POINTS ? points : points.filter((_, i) => i % 2 === 0 || i === points.length - 1);

function withFile(state: RunState, name: string, content: Uint8Array): RunState {
  const parsed = (): unknown => JSON.parse(new TextDecoder().decode(content));
  if (name === "report.json") return { ...state, report: parsed() as ReportFile };
  if (name === "metrics.json") return { ...state, metrics: parsed() as FinalNumbers };
  return state;
}

/** The run as a report has it, as far as it has come. */
export function recordOf({ stages, warnings, history, model, report, metrics }: RunState, pipeline: object, started: string): RunRecord {
  const sofar: ReportFile = report ?? {
    lanewise: 1,
    started,
    environment: { lanewise: "", runtime: "", system: "", cores: 0 },
    files: [],
    stages,
    warnings,
  };
  return {
    pipeline: pipeline as Readonly<Record<string, unknown>>,
    build: model?.build ?? "",
    report: sofar,
    history,
    ...(metrics && { metrics }),
  };
}
