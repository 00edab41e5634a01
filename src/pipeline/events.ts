// Everything that happens in a run, as plain data. The terminal bar, the run folder, the report and the browser page are all
// just subscribers to this stream.
import type { Baseline, ClassReport, Evaluation, Importance, Intervals } from "../nn/metrics/evaluation.ts";

export type { Baseline, ClassReport, Evaluation, Importance, Intervals };

/** One row as a person sees it. */
export type RowView = PictureView | { readonly kind: "text"; readonly text: string } | ValuesView;

export interface PictureView {
  readonly kind: "picture";
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 red, green and blue. */
  readonly channels: 1 | 3;
  /** [height, width, channels] bytes, in base64. */
  readonly pixels: string;
}

export interface ValuesView {
  readonly kind: "values";
  readonly values: readonly { readonly name: string; readonly value: number | string }[];
  /** Values that are not in the list. */
  readonly more: number;
}

export type StageName = "source" | "clean" | "split" | "normalize" | "augment" | "model" | "train" | "evaluate";

/** Metric names are those of `evaluate`, and `loss`. */
export type Scalars = Readonly<Record<string, number>>;

/** A stage has finished: `kind` is the descriptor's, or the stage's own name. */
export interface StageEvent {
  readonly type: "stage";
  readonly stage: StageName;
  readonly kind: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** Values replaced in rows that stayed. */
  readonly changed: number;
  /** The first few removed rows: their number in the source and why. */
  readonly removed: readonly { readonly id: number; readonly reason: string }[];
  /** How many rows each part has, where the stage has divided them. */
  readonly parts?: { readonly train: number; readonly validation: number; readonly test: number };
  /** A few of the values that were replaced. */
  readonly examples?: readonly CellExample[];
  /** One line for a person. */
  readonly note: string;
  /** What the stage made of a few rows, where the run's `samples` asks for them. */
  readonly samples?: readonly RowSample[];
  readonly seconds: number;
}

/** A value that a stage has replaced, as a person reads it. */
export interface CellExample {
  /** The row's number in the source. */
  readonly id: number;
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

export interface RowSample {
  /** The row's number in the source. */
  readonly id: number;
  /** The input, on one line. */
  readonly text: string;
  /** As it looks, where it is a picture or has many columns. */
  readonly view?: RowView;
}

/** Work that takes a while: a download, decoding, a pass over the test rows. `total` is 0 when it is not known. */
export interface ProgressEvent {
  readonly type: "progress";
  readonly stage: StageName;
  readonly what: string;
  readonly done: number;
  readonly total: number;
}

/** The model is built: its summary, and which build of the kernels runs it. */
export interface ModelEvent {
  readonly type: "model";
  readonly summary: ModelSummary;
  readonly backend: "wasm" | "js";
  readonly build: "relaxed" | "simd" | "js";
  readonly threads: number;
  /** Whether they compute with vectors of 256 bits. */
  readonly wide: boolean;
}

export interface ModelSummary {
  readonly name: string;
  readonly layers: readonly {
    readonly name: string;
    readonly kind: string;
    readonly output: readonly (number | null)[];
    readonly parameters: number;
  }[];
  readonly parameters: number;
  readonly trainable: number;
}

/** A few times a second while an epoch runs; `metrics` are means over the epoch so far. */
export interface BatchEvent {
  readonly type: "batch";
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  readonly samplesPerSecond: number;
  readonly secondsLeft: number;
  readonly metrics: Scalars;
}

/** An epoch has ended; counted from 1. This is a line of history.jsonl. */
export interface EpochEvent {
  readonly type: "epoch";
  readonly epoch: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly samplesPerSecond: number;
  readonly learningRate: number;
  readonly train: Scalars;
  readonly validation?: Scalars;
}

export interface MetricsEvent {
  readonly type: "metrics";
  readonly set: "train" | "validation" | "test";
  readonly evaluation: Evaluation;
}

/** A file of the run folder. With `out` it has been written when this arrives; otherwise the bytes are here and nowhere else. */
export interface ArtifactEvent {
  readonly type: "artifact";
  readonly name: string;
  readonly bytes: number;
  /** How many rows it holds, where it is a list of rows. */
  readonly rows?: number;
  readonly content?: Uint8Array<ArrayBuffer>;
}

/** Counted from 1. */
export interface FoldPlace {
  readonly fold: number;
  readonly folds: number;
  readonly repeat: number;
  readonly repeats: number;
}

/** A fold has been trained and measured. This is a line of folds.jsonl, where `history` is the fold's epochs. */
export interface FoldResult {
  readonly fold: number;
  readonly repeat: number;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly seconds: number;
  readonly epochs: number;
  readonly reason: DoneEvent["reason"];
  readonly train: Scalars;
  readonly validation?: Scalars;
  /** Empty where the model diverged. */
  readonly test: Scalars;
  /** What a trivial model gets on the same rows. */
  readonly baseline?: Scalars;
  readonly importance?: Importance;
  /** Rows: true class; columns: predicted class. */
  readonly confusionMatrix?: Evaluation["confusionMatrix"];
  readonly classes?: readonly string[];
  readonly history: readonly EpochEvent[];
}

export interface FoldEvent extends Omit<FoldResult, "fold" | "repeat" | "history"> {
  readonly type: "fold";
  readonly fold: FoldPlace;
}

/** Every number of the folds' test rows. */
export interface CrossValidation {
  readonly folds: number;
  readonly repeats: number;
  readonly mean: Scalars;
  /** The standard deviation over the folds, divided by their number as NumPy's `std` is. */
  readonly deviation: Scalars;
  /** One by one: repeat after repeat, fold after fold. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** The mean of what a trivial model gets. */
  readonly baseline?: Scalars;
  /** The means over the folds. */
  readonly importance?: Importance;
  /** The sum over the folds, in which each row is once a repeat. */
  readonly confusionMatrix?: Evaluation["confusionMatrix"];
  readonly classes?: readonly string[];
}

export interface CrossValidationEvent extends CrossValidation {
  readonly type: "crossValidation";
}

export interface WarningEvent {
  readonly type: "warning";
  readonly at: string;
  readonly message: string;
}

export interface DoneEvent {
  readonly type: "done";
  readonly run?: string;
  readonly seconds: number;
  readonly epochs: number;
  /** Why training ended: all epochs, early stopping, or a loss that was no longer a number. */
  readonly reason: "epochs" | "earlyStopping" | "nan";
  readonly train: Scalars;
  readonly validation?: Scalars;
  /** With folds and no test rows besides, the means over the folds; `baseline` is theirs, too. */
  readonly test?: Scalars;
  /** What the trivial baseline gets on the test rows (on the validation rows, where there are no test rows). */
  readonly baseline?: Scalars;
  /** Between which values each number of those rows lies. */
  readonly intervals?: Intervals["scalars"];
  readonly crossValidation?: CrossValidation;
}

/** What belongs to one fold of several says which. */
export type RunEvent = AnyEvent & { readonly fold?: FoldPlace };

type AnyEvent =
  | StageEvent
  | ProgressEvent
  | ModelEvent
  | BatchEvent
  | EpochEvent
  | MetricsEvent
  | ArtifactEvent
  | WarningEvent
  | FoldEvent
  | CrossValidationEvent
  | DoneEvent;
