// Fits the normalize stages on training rows, one after the other. Stages that make another column (words → numbers) make it for the
// rows of all parts; those that scale are merged into one map, y = x · scale + shift, that the batch kernel applies. What was fitted is
// plain data: it is stored with the model, and prediction does the very same.
import type { Descriptor } from "../check.ts";
import { type Column, column, inputColumn, inputName, type NumericColumn, size, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { normalizeStages } from "../stages/index.ts";
import type { Affine, AffineStage, ColumnStage, NormalizeStage, Samples } from "../stages/stage.ts";
import { breathe, type RunContext, stageEvent } from "./context.ts";
import type { RunEvent } from "./events.ts";
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

export const identity: Affine = { scale: [1], shift: [0] };

interface Normalized extends Omit<Fitted, "clean"> {
  readonly parts: Divided;
}

/** `parts` is the only name for the rows, so that each stage's are free for memory once the next has made its own. */
export async function* fitNormalize({ pipeline, signal }: RunContext, parts: Divided): AsyncGenerator<RunEvent, Normalized, undefined> {
  const fits: unknown[] = [];
  let affine = identity;
  for (const [i, stage] of (pipeline.normalize ?? []).entries()) {
    await breathe();
    signal.throwIfAborted();
    const started = performance.now();
    const kind = stageOf(stage, i);
    const { train } = parts;
    let fitted: unknown;
    if (kind.changes === "column") {
      if (affine !== identity)
        throw new PipelineError("config", `normalize[${i}] ${stage.kind}`, "put it before the stages that scale numbers");
      fitted = kind.fit(stage, column(train, inputName(train)));
      parts = mapInputs(parts, (from) => kind.apply(stage, from, fitted));
    } else {
      fitted = kind.fit(stage, samples(inputName(train), scalable(stage, train), train.rows, affine));
      affine = compose(affine, kind.affine(stage, fitted));
    }
    fits.push(fitted);
    const { rows } = train;
    const seen = kind.changes === "column" ? samplesOf(parts.train, parts.validation, parts.test) : {};
    yield stageEvent("normalize", stage.kind, started, { rowsIn: rows, rowsOut: rows, note: note(kind, fitted, rows), ...seen });
  }
  return { parts, normalize: fits, affine };
}

/** What the stages that make another column make of this one. */
export function normalizedColumn(stages: readonly Descriptor[], fits: readonly unknown[], from: Column): Column {
  return stages.reduce((made, stage, i) => {
    const kind = stageOf(stage, i);
    return kind.changes === "column" ? kind.apply(stage, made, fits[i]) : made;
  }, from);
}

/** The parts as the network reads them, by what an earlier run has fitted. */
export const normalizedParts = (stages: readonly Descriptor[], fits: readonly unknown[], parts: Divided): Divided =>
  mapInputs(parts, (from) => normalizedColumn(stages, fits, from));

/** Throws where what was read back from a file is not what the stages had learned. */
export function checkFits(stages: readonly Descriptor[], fits: readonly unknown[], at: string): void {
  for (const [i, stage] of stages.entries()) {
    const kind = stageOf(stage, i);
    if (kind.changes === "column") kind.check?.(fits[i], `${at} fitted.normalize[${i}]`);
  }
}

function stageOf(stage: Descriptor, i: number): NormalizeStage<Descriptor, unknown> {
  const kind = normalizeStages[stage.kind];
  if (kind === undefined) throw new PipelineError("config", `normalize[${i}]`, `unknown normalize stage "${stage.kind}"`);
  return kind;
}

function mapInputs({ train, validation, test }: Divided, change: (from: Column) => Column): Divided {
  const name = inputName(train);
  const mapped = <T extends Table | undefined>(table: T): T =>
    table && { ...table, columns: { ...table.columns, [name]: change(column(table, name)) } };
  return { train: mapped(train), validation: mapped(validation), test: mapped(test) };
}

function scalable(stage: Descriptor, train: Table): NumericColumn {
  const numbers = inputColumn(train);
  if (numbers.vocabulary === undefined) return numbers;
  throw new PipelineError("config", stage.kind, "the rows are word numbers, which are names rather than amounts; leave it out");
}

function note(kind: ColumnStage<Descriptor, unknown> | AffineStage<Descriptor, unknown>, fitted: unknown, rows: number): string {
  if (kind.changes === "column") return fitted === null ? "" : (kind.note?.(fitted) ?? `fitted on ${rows} training rows`);
  const text = JSON.stringify(fitted);
  return `fitted on ${rows} training rows${text.length < 80 ? `: ${text}` : ""}`;
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

function samples(name: string, from: NumericColumn, rows: number, { scale, shift }: Affine): Samples {
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
