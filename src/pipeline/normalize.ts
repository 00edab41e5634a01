// Fits the normalize stages on training rows, one after the other. Stages that make another column (words → numbers) or another table make
// it for the rows of all parts; those that scale are merged into one map, y = x · scale + shift, that the batch kernel applies, as far as no
// curve comes after them. A table of many columns is changed column by column instead, and put together at the end. What was fitted is plain
// data: it is stored with the model, and prediction does the very same.
import type { Descriptor } from "../check.ts";
import { column, inputColumn, inputName, isTabular, type NumericColumn, size, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { purpose, random } from "../random.ts";
import { normalizeStages } from "../stages/index.ts";
import type { Affine, NormalizeStage, Samples } from "../stages/stage.ts";
import type { Work } from "../stages/work.ts";
import { assembled } from "./assemble.ts";
import { breathe, driven, type RunContext, seedOf, stageEvent } from "./context.ts";
import type { RunEvent } from "./events.ts";
import { changeColumns, changeWhole, fitColumns, identity, type NumberColumns } from "./numbers.ts";
import { samplesOf } from "./samples.ts";

/** What prediction needs to know of the training rows. */
export interface Fitted {
  readonly clean: readonly unknown[];
  readonly normalize: readonly unknown[];
  readonly affine: Affine;
}

/** The rows of each part. */
export interface Divided {
  readonly train: Table;
  readonly validation: Table | undefined;
  readonly test: Table | undefined;
}

interface Normalized extends Omit<Fitted, "clean"> {
  readonly parts: Divided;
}

/** `parts` is the only name for the rows, so that each stage's are free for memory once the next has made its own. */
export async function* fitNormalize(context: RunContext, parts: Divided): AsyncGenerator<RunEvent, Normalized, undefined> {
  const { pipeline, signal } = context;
  const fits: unknown[] = [];
  const tabular = isTabular(parts.train);
  let affine = identity;
  type Change = (table: Table) => Work<Table>;
  type Part = "train" | "validation" | "test";
  const changePart = async function* (part: Part, what: string, by: Change): AsyncGenerator<RunEvent, void, undefined> {
    const table = parts[part];
    if (table !== undefined) parts = { ...parts, [part]: yield* driven(context, "normalize", what, table.rows, by(table)) };
  };
  /** One part after the other: once a part has its new rows, nothing holds its old ones any more. */
  const change = async function* (what: string, by: Change, trainBy = by): AsyncGenerator<RunEvent, void, undefined> {
    yield* changePart("train", what, trainBy);
    yield* changePart("validation", what, by);
    yield* changePart("test", what, by);
  };
  for (const [i, stage] of (pipeline.normalize ?? []).entries()) {
    await breathe();
    signal.throwIfAborted();
    const started = performance.now();
    const kind = stageOf(stage, i);
    const { rows } = parts.train;
    const ofNumbers = kind.changes === "scale" || kind.changes === "curve";
    if (!tabular && ofNumbers) refuseColumns(stage, i);
    if (affine !== identity && !ofNumbers)
      throw new PipelineError("config", `normalize[${i}] ${stage.kind}`, "put it before the stages that scale numbers");
    const before = tabular ? undefined : affine;
    const fitted = yield* driven(context, "normalize", stage.kind, rows, learned(kind, stage, parts.train, before));
    const later = before !== undefined && kind.changes === "scale";
    if (!later) {
      const by: Change = (table) => changed(kind, stage, table, fitted, before);
      const trainBy: Change = (train) =>
        kind.changes === "table" && kind.applyTrain !== undefined
          ? kind.applyTrain(stage, train, fitted, random(seedOf(pipeline), purpose.crossFit, i))
          : by(train);
      yield* change(stage.kind, by, trainBy);
    }
    if (before !== undefined) affine = after(kind, stage, fitted, before);
    fits.push(fitted);
    const samples = later ? {} : samplesOf(parts.train, parts.validation, parts.test);
    yield stageEvent("normalize", stage.kind, started, {
      rowsIn: rows,
      rowsOut: rows,
      note: note(kind, fitted, rows, tabular),
      ...samples,
    });
  }
  if (tabular) yield* change("putting columns together", assembled);
  return { parts, normalize: fits, affine };
}

/** What a stage learns of training rows; `before` are the lines that numbers have gone through, of a table that is one column. */
function* learned(kind: NormalizeStage<Descriptor, unknown>, stage: Descriptor, train: Table, before: Affine | undefined): Work<unknown> {
  if (kind.changes === "table") return yield* kind.fit(stage, train);
  if (kind.changes === "column") return kind.fit(stage, column(train, wordsName(train, stage)));
  if (before === undefined) return yield* fitColumns(kind, stage, train);
  return yield* kind.fit(stage, samples(inputName(train), scalable(stage, train), train.rows, before));
}

/** What it makes of a table. */
function* changed(
  kind: NormalizeStage<Descriptor, unknown>,
  stage: Descriptor,
  table: Table,
  fitted: unknown,
  before: Affine | undefined,
): Work<Table> {
  if (kind.changes === "table") return yield* kind.apply(stage, table, fitted);
  if (kind.changes === "column") {
    const name = wordsName(table, stage);
    return { ...table, columns: { ...table.columns, [name]: kind.apply(stage, column(table, name), fitted) } };
  }
  if (before === undefined) return yield* changeColumns(kind, stage, table, fitted as NumberColumns);
  return kind.changes === "scale" ? table : yield* changeWhole(kind, stage, table, fitted, before);
}

/** The lines that the batch kernel is to apply, after this stage. */
function after(kind: NormalizeStage<Descriptor, unknown>, stage: Descriptor, fitted: unknown, before: Affine): Affine {
  return kind.changes === "scale" ? compose(before, kind.affine(stage, fitted)) : identity;
}

/** A table as the network reads it, by what an earlier run has fitted. */
export function* normalizedTable(stages: readonly Descriptor[], fits: readonly unknown[], table: Table): Work<Table> {
  const tabular = isTabular(table);
  let affine = identity;
  for (const [i, stage] of stages.entries()) {
    const kind = stageOf(stage, i);
    table = yield* changed(kind, stage, table, fits[i], tabular ? undefined : affine);
    if (!tabular) affine = after(kind, stage, fits[i], affine);
  }
  return tabular ? yield* assembled(table) : table;
}

/** The parts as the network reads them, by what an earlier run has fitted. */
export async function* normalizedParts(
  context: RunContext,
  fits: readonly unknown[],
  { train, validation, test }: Divided,
): AsyncGenerator<RunEvent, Divided, undefined> {
  const { normalize = [] } = context.pipeline;
  const map = (table: Table) =>
    driven(context, "normalize", "applying what was fitted", table.rows, normalizedTable(normalize, fits, table));
  return { train: yield* map(train), validation: validation && (yield* map(validation)), test: test && (yield* map(test)) };
}

/** Throws where what was read back from a file is not what the stages had learned. */
export function checkFits(stages: readonly Descriptor[], fits: readonly unknown[], at: string): void {
  for (const [i, stage] of stages.entries()) {
    const kind = stageOf(stage, i);
    if (kind.changes === "column" || kind.changes === "table") kind.check?.(fits[i], `${at} fitted.normalize[${i}]`);
  }
}

function stageOf(stage: Descriptor, i: number): NormalizeStage<Descriptor, unknown> {
  const kind = normalizeStages[stage.kind];
  if (kind === undefined) throw new PipelineError("config", `normalize[${i}]`, `unknown normalize stage "${stage.kind}"`);
  return kind;
}

/** The one column that a stage for words works on: the only input, or the only one among many that holds words. */
function wordsName(table: Table, { kind }: Descriptor): string {
  if (table.inputs.length === 1) return inputName(table);
  const wordy = table.inputs.filter((name) => ["text", "tokens", "sequences"].includes(column(table, name).type));
  if (wordy.length === 1) return wordy[0] as string;
  const found = wordy.length === 0 ? "there is none" : `there are ${wordy.length}: ${wordy.join(", ")}`;
  throw new PipelineError("config", kind, `expected one input of words, but ${found}`);
}

function refuseColumns(stage: Descriptor, i: number): void {
  if (!("columns" in stage)) return;
  throw new PipelineError(
    "config",
    `normalize[${i}] ${stage.kind}.columns`,
    "the rows are one column, which is scaled whole; leave it out",
  );
}

function scalable(stage: Descriptor, train: Table): NumericColumn {
  const numbers = inputColumn(train);
  if (numbers.vocabulary === undefined) return numbers;
  throw new PipelineError("config", stage.kind, "the rows are word numbers, which are names rather than amounts; leave it out");
}

function note(kind: NormalizeStage<Descriptor, unknown>, fitted: unknown, rows: number, tabular: boolean): string {
  const trained = `fitted on ${rows} training rows`;
  if (kind.changes === "column" || kind.changes === "table") return fitted === null ? "" : (kind.note?.(fitted) ?? trained);
  if (tabular) return columnsNote(fitted as NumberColumns, trained);
  const text = JSON.stringify(fitted);
  return fitted === null ? "" : `${trained}${text.length < 80 ? `: ${text}` : ""}`;
}

const SHOWN = 8;

function columnsNote({ columns, fitted }: NumberColumns, trained: string): string {
  if (columns.length === 0) return "there is no column of numbers";
  const names = columns.slice(0, SHOWN).join(", ") + (columns.length > SHOWN ? `, … (${columns.length} columns)` : "");
  return fitted === null ? names : `${trained}: ${names}`;
}

/** First `a`, then `b`. */
function compose(a: Affine, b: Affine): Affine {
  const n = Math.max(a.scale.length, b.scale.length);
  const at = (list: readonly number[], j: number): number => list[list.length === 1 ? 0 : j] as number;
  const indices = Array.from({ length: n }, (_, j) => j);
  return {
    scale: indices.map((j) => at(a.scale, j) * at(b.scale, j)),
    shift: indices.map((j) => at(a.shift, j) * at(b.scale, j) + at(b.shift, j)),
  };
}

export function samples(name: string, from: NumericColumn, rows: number, { scale, shift }: Affine): Samples {
  const width = size(from.shape);
  const { data } = from;
  return {
    column: name,
    rows,
    shape: from.shape,
    read(row, into) {
      const start = row * width;
      for (let j = 0; j < width; j++) {
        const k = scale.length === 1 ? 0 : j;
        into[j] = (data[start + j] as number) * (scale[k] as number) + (shift[k] as number);
      }
    },
  };
}
