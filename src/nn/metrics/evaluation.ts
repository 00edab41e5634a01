// What evaluating a model on rows it has predicted gives, as plain data.

export interface ClassReport {
  readonly class: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows that truly are of this class. */
  readonly support: number;
}

/** What a model without an eye on the inputs gets on the same rows: it was fitted on the targets of the training rows alone. */
export interface Baseline {
  /** The most frequent class, with the frequencies of all classes as probabilities; or the mean. */
  readonly predicts: "mostFrequentClass" | "mean";
  /** The name of that class. */
  readonly class?: string;
  readonly scalars: Readonly<Record<string, number>>;
}

/** From `low` to `high`, by the percentiles of a bootstrap over the rows. */
export interface Intervals {
  /** Such as 0.95. */
  readonly confidence: number;
  readonly resamples: number;
  readonly scalars: Readonly<Record<string, readonly [low: number, high: number]>>;
}

/** What a metric loses when the values of one column are dealt out anew among the rows. */
export interface Importance {
  readonly metric: string;
  /** The metric's value with nothing shuffled. */
  readonly score: number;
  readonly rows: number;
  /** How often each column was shuffled. */
  readonly repeats: number;
  /** Where means and deviations are over so many folds, not over the repeats. */
  readonly folds?: number;
  /** The most important first. Below 0: the metric was better without what the column tells. */
  readonly columns: readonly { readonly column: string; readonly mean: number; readonly deviation: number }[];
}

export interface Evaluation {
  readonly rows: number;
  /** By the name of the metric. NaN (null in JSON) where it is not defined on these rows: `notes` say why. */
  readonly scalars: Readonly<Record<string, number>>;
  readonly baseline?: Baseline;
  readonly intervals?: Intervals;
  readonly importance?: Importance;
  /** What the numbers do not tell by themselves, a line each. */
  readonly notes?: readonly string[];
  /** Rows: true class; columns: predicted class. */
  readonly confusionMatrix?: readonly (readonly number[])[];
  readonly classes?: readonly string[];
  readonly perClass?: readonly ClassReport[];
}
