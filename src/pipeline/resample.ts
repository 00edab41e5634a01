// How often training rows of each class are seen: stages of `augment` that choose the rows of an epoch, or make rows. They stand beside those
// that change the rows of a batch, which come later, whatever their order. Validation and test rows are not theirs.
import type { Descriptor } from "../check.ts";
import { inputColumn, inputName, type NumericColumn, numericColumn, size, type Table } from "../data/table.ts";
import { take } from "../data/take.ts";
import { PipelineError } from "../errors.ts";
import { purpose, random } from "../random.ts";
import { augmentStages } from "../stages/index.ts";
import type { AugmentStage, Blend } from "../stages/stage.ts";
import { driven, type RunContext, seedOf, stageEvent } from "./context.ts";
import type { Pipeline } from "./define.ts";
import type { RunEvent } from "./events.ts";
import { samples } from "./normalize.ts";
import type { Prepared } from "./prepare.ts";

interface Stage {
  readonly at: number;
  readonly descriptor: Descriptor;
  readonly kind: AugmentStage<Descriptor>;
}

function stagesOf({ augment = [] }: Pipeline): Stage[] {
  return augment.flatMap((descriptor, at) => {
    const kind = augmentStages[descriptor.kind];
    return kind?.order === undefined && kind?.blend === undefined ? [] : [{ at, descriptor, kind }];
  });
}

/** Makes the rows that are made before training, and tells what epochs will be like. */
export const resample = (context: RunContext) =>
  async function* (prepared: Prepared): AsyncGenerator<RunEvent, Prepared, undefined> {
    const { pipeline } = context;
    const stages = stagesOf(pipeline);
    if (stages.length === 0) return prepared;
    let { train } = prepared;
    const real = train.rows;
    for (const { at, descriptor, kind } of stages) {
      const started = performance.now();
      const name = `augment[${at}] ${descriptor.kind}`;
      const labels = labelsOf(train, name, pipeline);
      const rowsIn = train.rows;
      if (kind.blend !== undefined) {
        const input = inputColumn(train);
        if (input.vocabulary !== undefined)
          throw new PipelineError("config", name, "the rows are word numbers, between which there is nothing; use oversample()");
        const source = random(seedOf(pipeline), purpose.resample, 0, at);
        const className = (label: number): string => JSON.stringify(labels.classes?.[label] ?? String(label));
        const reader = samples(inputName(train), input, train.rows, prepared.fitted.affine);
        const work = kind.blend(descriptor, strataOf(labels, everyRow(train.rows)), reader, source, className);
        train = withBlends(train, input, yield* driven(context, "augment", descriptor.kind, 0, work));
        yield stageEvent("augment", descriptor.kind, started, { rowsIn, rowsOut: train.rows, note: "" });
      }
    }
    const last = stages.findLast(({ kind }) => kind.order !== undefined)?.descriptor.kind;
    if (last !== undefined) {
      const started = performance.now();
      const rowsOut = epochRows(pipeline, train, 0).length;
      yield stageEvent("augment", last, started, { rowsIn: train.rows, rowsOut, note: "in each epoch" });
    }
    return { ...prepared, train, real };
  };

/** The training rows of an epoch, in the order of the table. */
export function epochRows(pipeline: Pipeline, train: Table, epoch: number): Uint32Array {
  let rows = everyRow(train.rows);
  for (const { at, descriptor, kind } of stagesOf(pipeline)) {
    if (kind.order === undefined) continue;
    const strata = strataOf(numericColumn(train, train.target), rows);
    const chosen = kind.order(descriptor, strata, random(seedOf(pipeline), purpose.resample, 1 + epoch, at));
    rows = Uint32Array.from(chosen.flatMap((some) => Array.from(some))).sort();
  }
  return rows;
}

const everyRow = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, i) => i);

function labelsOf(train: Table, name: string, { train: { classWeight } }: Pipeline): NumericColumn {
  const target = numericColumn(train, train.target);
  if (!(target.data instanceof Int32Array) || target.shape.length > 0)
    throw new PipelineError("config", name, `the target "${train.target}" does not hold one class a row; leave it out`);
  if (classWeight === "balanced")
    throw new PipelineError("config", name, 'rare classes would count twice, by train.classWeight "balanced" too; leave one of them out');
  return target;
}

/** The rows of each class, by its number. */
function strataOf({ data, classes }: NumericColumn, rows: Uint32Array): Uint32Array[] {
  const strata: number[][] = Array.from({ length: classes?.length ?? 0 }, () => []);
  for (const row of rows) {
    const label = data[row] as number;
    while (strata.length <= label) strata.push([]);
    strata[label]?.push(row);
  }
  return strata.map((stratum) => Uint32Array.from(stratum));
}

/** The rows that were made stand behind the others; each has the class, and the number in the source, of the row that it began with. */
function withBlends(train: Table, { data, shape }: NumericColumn, { from, towards, share }: Blend): Table {
  if (from.length === 0) return train;
  const name = inputName(train);
  const all = take(train, Uint32Array.from([...everyRow(train.rows), ...from]));
  const made = inputColumn(all);
  const width = size(shape);
  const whole = !(data instanceof Float32Array || data instanceof Float64Array);
  for (let i = 0; i < from.length; i++) {
    const [a, b, to] = [(from[i] as number) * width, (towards[i] as number) * width, (train.rows + i) * width];
    for (let j = 0; j < width; j++) {
      const [x, y] = [data[a + j] as number, data[b + j] as number];
      const value = x + (share[i] as number) * (y - x);
      made.data[to + j] = whole ? Math.round(value) : value;
    }
  }
  return { ...all, columns: { ...all.columns, [name]: made } };
}
