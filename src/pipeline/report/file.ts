// report.json: what a report shows and the other files of a run folder do not hold. It is bounded: some rows, not all; the first removed
// rows, not each. Everything that was NaN is null, as JSON has it.
import type {
  ClassReport,
  CrossValidation,
  EpochEvent,
  MetricsEvent,
  ModelEvent,
  PictureView,
  RowView,
  StageEvent,
  ValuesView,
  WarningEvent,
} from "../events.ts";

/** Where a run was computed. */
export interface Environment {
  /** The version of this package. */
  readonly lanewise: string;
  /** Such as "Node 26.10.0", or what a browser calls itself. */
  readonly runtime: string;
  readonly system: string;
  readonly processor?: string;
  readonly cores: number;
}

/** A file that the source read. */
export interface DataFile {
  readonly name: string;
  readonly bytes: number;
  /** Missing where the platform cannot compute one. */
  readonly sha256?: string;
}

export type { PictureView, RowView, ValuesView };

/** A training row, and what became of it. */
export interface Example {
  /** The row's number in the source. */
  readonly id: number;
  readonly label: string;
  readonly source: RowView;
  /** What the network reads, where that looks different. */
  readonly reads?: RowView;
  /** What augmentation made of it, several times. */
  readonly augmented: readonly RowView[];
}

/** A row that the model gets wrong. */
export interface Mistake {
  readonly id: number;
  readonly actual: string;
  readonly predicted: string;
  /** The probability of what was predicted; missing where outputs are no probabilities. */
  readonly confidence?: number;
  readonly loss?: number;
  readonly view: RowView;
}

/** What the model does to the rows that it is measured on in the end. */
export interface Verdict {
  readonly set: "test" | "validation";
  readonly rows: number;
  /** Rows of another class than predicted; missing where the target is no class. */
  readonly wrong?: number;
  /** Those it is surest of, or whose loss is largest, first. */
  readonly mistakes: readonly Mistake[];
  readonly classes?: readonly string[];
  /** Rows: true class; columns: predicted class. Missing where there are very many classes. */
  readonly confusionMatrix?: readonly (readonly number[])[];
  readonly perClass?: readonly ClassReport[];
}

export type PlotPoint = readonly [x: number, y: number];

/** Rows whose probabilities are about the same. */
export interface Calibration {
  readonly rows: number;
  /** Their mean probability. */
  readonly predicted: number;
  /** Of how many of them it came true. */
  readonly observed: number;
}

/** Predictions beside the truth, at most a hundred points each. */
export interface Plots {
  readonly rows: number;
  /** Where each row was predicted by the model of the fold that had set it aside: how many folds there were. */
  readonly folds?: number;
  /** Of two classes: what class 1 is called, and how many rows are of it. */
  readonly positive?: string;
  readonly positives?: number;
  /** The share of other rows, and of class 1's, that a threshold lets through. */
  readonly roc?: readonly PlotPoint[];
  /** Recall and precision, the highest threshold first. */
  readonly precisionRecall?: readonly PlotPoint[];
  /** Of two classes for class 1, of more for the class that was predicted. */
  readonly calibration?: readonly Calibration[];
  /** Of amounts: the prediction and the truth. */
  readonly values?: readonly PlotPoint[];
}

export interface ReportFile {
  readonly lanewise: 1;
  /** When the run began, as ISO 8601. */
  readonly started: string;
  readonly environment: Environment;
  readonly files: readonly DataFile[];
  /** Those of folds are not among them. */
  readonly stages: readonly StageEvent[];
  readonly warnings: readonly WarningEvent[];
  /** Missing where a run with folds keeps no model. */
  readonly trained?: {
    readonly model: Omit<ModelEvent, "type">;
    readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
    readonly examples: readonly Example[];
  };
  /** Missing where the run did not come to its end. */
  readonly verdict?: Verdict;
  readonly plots?: Plots;
}

/** What the files of a run folder hold, as far as they are there. */
export interface RunRecord {
  /** pipeline.json */
  readonly pipeline: Readonly<Record<string, unknown>>;
  readonly build: string;
  /** report.json; older runs have none. */
  readonly report?: ReportFile;
  readonly history: readonly EpochEvent[];
  /** metrics.json; missing where the run did not come to its end. */
  readonly metrics?: FinalNumbers;
}

/** metrics.json. */
export interface FinalNumbers {
  readonly seconds: number;
  readonly epochs: number;
  readonly reason: "epochs" | "earlyStopping" | "nan";
  readonly evaluation: Partial<Record<MetricsEvent["set"], MetricsEvent["evaluation"]>>;
  readonly crossValidation?: CrossValidation;
}
