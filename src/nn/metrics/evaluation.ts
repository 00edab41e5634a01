// What evaluating a model on rows it has predicted gives, as plain data.

export interface ClassReport {
  readonly class: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows that truly are of this class. */
  readonly support: number;
}

export interface Evaluation {
  readonly rows: number;
  /** By the name of the metric. */
  readonly scalars: Readonly<Record<string, number>>;
  /** Rows: true class; columns: predicted class. */
  readonly confusionMatrix?: readonly (readonly number[])[];
  readonly classes?: readonly string[];
  readonly perClass?: readonly ClassReport[];
}
