// What a stage is. A descriptor names it (`kind`); these are the behaviours behind the name. No stage ever sees a row that it
// must not: the runner hands `fit` training rows only, and `augment` training batches only.
import type { Descriptor, Rules } from "../check.ts";
import type { Column, Table } from "../data/table.ts";
import type { Buffer, Emit } from "../graph/emit.ts";
import type { Random } from "../random.ts";
import type { WaitingWork, Work } from "./work.ts";

export interface Removed {
  /** The row's place in its source. */
  readonly id: number;
  readonly reason: string;
}

export interface CleanResult {
  readonly table: Table;
  readonly removed: readonly Removed[];
  /** Values that were replaced in rows that stay. */
  readonly changed: number;
  /** One line for a person about what the numbers do not tell. */
  readonly note?: string;
  /** What somebody should know before the run goes on. */
  readonly warnings?: readonly string[];
}

/** What is known while a run lasts, and is not written down. */
export interface Secrets {
  readonly salt?: string | undefined;
}

/**
 * A stage sees the whole table: all inputs, and the target, which the source has made into classes or values. One with `fit` learns from
 * training rows: the table is split before the first such stage runs, and `fitted` (plain data) is stored with the model. A `rowwise` stage changes the values of each row by itself and removes none, so prediction applies it too: its table has
 * a target column there, of which every value is missing. Only stages that are not rowwise may wait for something.
 */
export interface CleanStage<D extends Descriptor, Fitted = undefined> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  readonly rowwise: boolean;
  fit?(stage: D, train: Table): Work<Fitted>;
  /** `secrets` are those of a run; rows that are predicted come without. */
  apply(stage: D, table: Table, fitted: Fitted, secrets?: Secrets): WaitingWork<CleanResult>;
  /** The columns whose values, as they are before it, are not to get into files. `recast` may be of another type by then. */
  hides?(stage: D, table: Table, recast: readonly string[]): readonly string[];
  /** The columns of which it makes another type. */
  recasts?(stage: D): readonly string[];
  /** The reasons that it gives are somebody else's words, and may tell any value of the row. */
  readonly quotes?: true;
}

/**
 * Training rows of one numeric column, read one at a time with every earlier normalization applied. In a table of many columns a row is a
 * vector of the numbers of those that are scaled.
 */
export interface Samples {
  readonly column: string;
  readonly rows: number;
  readonly shape: readonly number[];
  /** Writes row `row` as float64 into `into`, of length product(shape). */
  read(row: number, into: Float64Array): void;
}

/** y = x · scale + shift; one number for all features, or one a feature. */
export interface Affine {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

/**
 * Scales numbers: `fit` returns plain data (it is stored with the model), from which `affine` makes the map that the batch kernel applies.
 * In a table of many columns it scales those that the descriptor's `columns` choose (default: all numbers but the 0 and 1 of `oneHot`), each
 * as one feature, in float64.
 */
export interface AffineStage<D extends Descriptor, Fitted> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  readonly changes: "scale";
  fit(stage: D, train: Samples): Work<Fitted>;
  affine(stage: D, fitted: Fitted): Affine;
}

/**
 * Changes numbers one by one, as an `AffineStage` does and in the same columns, but by a curve where that has a line. It makes its numbers
 * itself, so what it reads are those that the stages before it have made.
 */
export interface CurveStage<D extends Descriptor, Fitted> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  readonly changes: "curve";
  fit(stage: D, train: Samples): Work<Fitted>;
  /** What becomes of the numbers of feature number `feature` of the samples; NaN where a number has no place on the curve. */
  curve(stage: D, fitted: Fitted, feature: number): (value: number) => number;
  /** Which numbers have one, and the way out for others: `takes numbers above -1; …`. */
  readonly domain?: string;
}

/**
 * Turns the input column into another, each row by itself. What `fit` learns from the training rows' column is plain data, stored
 * with the model; null where there is nothing to learn.
 */
export interface ColumnStage<D extends Descriptor, Fitted = null> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  readonly changes: "column";
  fit(stage: D, train: Column): Fitted;
  apply(stage: D, column: Column, fitted: Fitted): Column;
  /** Throws where data read back from a file is not what `fit` returned. */
  check?(fitted: unknown, at: string): void;
  /** One line about what was learned. */
  note?(fitted: Fitted): string;
}

/**
 * Turns a table into another, each row by itself: it adds, replaces or drops input columns, and leaves rows, the target and other columns
 * alone. `fit` sees training rows only, and what it returns is plain data. Names of categories are learned by `heldCategories`.
 */
export interface TableStage<D extends Descriptor, Fitted = null> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  readonly changes: "table";
  fit(stage: D, train: Table): Work<Fitted>;
  apply(stage: D, table: Table, fitted: Fitted): Work<Table>;
  /**
   * What it makes of the training rows that it was fitted on, where that is not what it makes of others: one that learns from the target must
   * not tell a row its own.
   */
  applyTrain?(stage: D, train: Table, fitted: Fitted, source: Random): Work<Table>;
  /** Throws where data read back from a file is not what `fit` returned. */
  check?(fitted: unknown, at: string): void;
  /** One line about what was learned. */
  note?(fitted: Fitted): string;
}

export type NumbersStage<D extends Descriptor, Fitted> = AffineStage<D, Fitted> | CurveStage<D, Fitted>;

export type NormalizeStage<D extends Descriptor, Fitted> = NumbersStage<D, Fitted> | ColumnStage<D, Fitted> | TableStage<D, Fitted>;

/** Rows of a batch as pictures; a feature vector is 1 × n × 1. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Maps an output pixel to the input pixel it shows: x' = a x + b y + c, y' = d x + e y + f, as [a, b, c, d, e, f], pixels from 0. */
export type Matrix = readonly [number, number, number, number, number, number];

/** The next uniform number in [0, 1) of this row's own stream. */
export type Draw = () => number;

/** A rectangle of a picture, in pixels: top, left, height, width. */
export type Rect = readonly [number, number, number, number];

export interface AugmentContext {
  readonly rows: number;
  readonly image: ImageShape;
  /** Counter words of the random kernels: this stage's stream number and the {seed, step} block. */
  readonly stream: number;
  readonly rng: Buffer;
  /** What an empty pixel holds after normalization. */
  readonly fill: number;
  /** i32 [rows, 4], when the stage has `rect`: what it drew for each row. */
  readonly rects?: Buffer;
}

/** Changes the word numbers of one row, in place. Padding before and behind them is not among them. */
export type ChangeWords = (row: Int32Array, draw: Draw) => void;

/** Rows to be made: each a share of the way from one row to another. */
export interface Blend {
  readonly from: Uint32Array;
  readonly towards: Uint32Array;
  readonly share: Float64Array;
}

/**
 * Moves pixels (`warp`; neighbouring warps are merged into one resampling), works on the whole batch (`batch`), changes word numbers
 * (`words`), chooses the rows of an epoch (`order`), or makes rows before training (`blend`).
 */
export interface AugmentStage<D extends Descriptor> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  warp?(stage: D, draw: Draw, image: ImageShape): Matrix;
  /** The rectangle of one row that `batch` will use; drawn for every row before the batch runs. */
  rect?(stage: D, draw: Draw, image: ImageShape): Rect;
  batch?(stage: D, emit: Emit, x: Buffer, context: AugmentContext): Buffer;
  /** What it does to a row; number i stands for `vocabulary[i]`. */
  words?(stage: D, vocabulary: readonly string[]): ChangeWords;
  /** The rows that an epoch trains on, in pieces, a row as often as it stands there. `strata` are the training rows of each class. */
  order?(stage: D, strata: readonly Uint32Array[], source: Random): readonly Uint32Array[];
  blend?(stage: D, strata: readonly Uint32Array[], train: Samples, source: Random, className: (label: number) => string): Work<Blend>;
}
