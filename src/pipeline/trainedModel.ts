// A model read back from its run folder. What `predict` does to a row is exactly what training did to it: the same stages, the same
// fitted map, the same gather, the same kernels.
import { inputColumn, type NumericColumn, numericColumn, size, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { evaluate } from "../nn/metrics/evaluate.ts";
import type { Evaluation } from "../nn/metrics/evaluation.ts";
import type { Metric } from "../nn/metrics/index.ts";
import { cleanStages } from "../stages/index.ts";
import { type PipelineFile, readPipelineFile, readWeights } from "./artifacts.ts";
import { summaryOf } from "./build.ts";
import { breathe } from "./context.ts";
import type { ModelSummary } from "./events.ts";
import { columnType } from "./feed.ts";
import type { RunOptions } from "./options.ts";
import type { Store } from "./platform.ts";
import { openSession, predictionsOf, type Session } from "./session.ts";

/** Rows as numbers: nested lists, or a typed array of whole rows. */
export type Rows = Uint8Array | Float32Array | readonly unknown[];

export interface Prediction {
  /** What the model puts out for the row: a probability for each class, or values. */
  readonly output: readonly number[];
  /** For classifiers: the likeliest class and its probability. */
  readonly class?: string;
  readonly probability?: number;
}

export interface TrainedModel {
  readonly file: PipelineFile;
  readonly summary: ModelSummary;
  readonly session: Session;
  /** `rows` hold raw values, as the source had them, each of shape `file.input.shape`. */
  predict(rows: Rows): Promise<Prediction[]>;
  /** Measures the model on a table as a source gives it; `tags` are not looked at. */
  evaluate(table: Table, metrics?: readonly Metric[]): Promise<Evaluation>;
}

const CHUNK = 1024;

export async function openModel(
  store: Pick<Store, "name" | "read">,
  options: Pick<RunOptions, "backend" | "strict"> = {},
): Promise<TrainedModel> {
  const file = await readPipelineFile(store);
  const weights = await readWeights(store);
  const { pipeline, input, target, fitted } = file;
  const session = await openSession({ pipeline, shape: input.shape, type: input.type, target, fitted, capacity: CHUNK }, options);
  session.network.write(weights);

  const outputs = async (
    column: NumericColumn,
    truth: NumericColumn | undefined,
    rows: number,
  ): Promise<{ outputs: Float32Array; losses: Float32Array }> => {
    const width = size(column.shape);
    const cols = size(session.network.outputShape);
    const all = { outputs: new Float32Array(rows * cols), losses: new Float32Array(rows) };
    for (let start = 0; start < rows; start += CHUNK) {
      const count = Math.min(CHUNK, rows - start);
      session.feed.load(0, slice(column, start, count, width), truth && slice(truth, start, count, size(truth.shape)));
      const part = await session.predict(0, count, breathe);
      all.outputs.set(part.outputs, start * cols);
      all.losses.set(part.losses, start);
    }
    return all;
  };

  return {
    file,
    session,
    summary: summaryOf(session.network, pipeline.name ?? "model"),
    async predict(rows) {
      const column = cleaned(file, columnOf(rows, file));
      const count = column.data.length / size(column.shape);
      const { outputs: values } = await outputs(column, undefined, count);
      const cols = size(session.network.outputShape);
      return Array.from({ length: count }, (_, i) => predictionOf(file, [...values.subarray(i * cols, (i + 1) * cols)]));
    },
    async evaluate(table, metrics) {
      const column = cleaned(file, inputColumn(table));
      if (columnType(column) !== input.type || String(column.shape) !== String(input.shape)) {
        throw new PipelineError(
          "shape",
          "evaluate",
          `the model was trained on rows [${input.shape}] of ${input.type}, got [${column.shape}] of ${columnType(column)}`,
        );
      }
      const truth = numericColumn(table, table.target);
      const result = await outputs(column, truth, table.rows);
      const asked = metrics ?? file.pipeline.evaluate ?? (session.network.classifies ? ["accuracy"] : []);
      return evaluate(asked.includes("loss") ? asked : ["loss", ...asked], predictionsOf(session.network, truth, table.rows, result));
    },
  };
}

function slice(column: NumericColumn, start: number, rows: number, width: number): NumericColumn {
  return { ...column, data: column.data.subarray(start * width, (start + rows) * width) };
}

function predictionOf({ target }: PipelineFile, output: readonly number[]): Prediction {
  if (target.kind !== "labels" && !(output.length > 1)) return { output };
  const names = target.names;
  if (output.length === 1) {
    const p = output[0] as number;
    const yes = p > 0.5 ? 1 : 0;
    return { output, class: names?.[yes] ?? String(yes), probability: yes === 1 ? p : 1 - p };
  }
  if (target.kind !== "labels") return { output };
  const best = output.reduce((top, p, i) => (p > (output[top] as number) ? i : top), 0);
  return { output, class: names?.[best] ?? String(best), probability: output[best] as number };
}

/** Applies the clean stages that work on each row by itself. */
function cleaned({ pipeline, fitted }: PipelineFile, column: NumericColumn): NumericColumn {
  const rows = column.data.length / size(column.shape);
  let table: Table = {
    rows,
    columns: { input: column, target: { type: "numeric", shape: [], data: new Int32Array(rows) } },
    inputs: ["input"],
    target: "target",
    ids: Uint32Array.from({ length: rows }, (_, i) => i),
  };
  (pipeline.clean ?? []).forEach((stage, i) => {
    const kind = cleanStages[stage.kind];
    if (kind?.rowwise === true) table = kind.apply(stage, table, fitted.clean[i]).table;
  });
  return inputColumn(table);
}

/** Checks the rows' shape and values, and gives them the type that training rows had. */
function columnOf(rows: Rows, { input }: PipelineFile): NumericColumn {
  const width = size(input.shape);
  const make = (values: ArrayLike<number>): NumericColumn => {
    const data = input.type === "u8" ? Uint8Array.from(values) : input.type === "i32" ? Int32Array.from(values) : Float32Array.from(values);
    return { type: "numeric", shape: input.shape, data, ...(input.features && { features: input.features }) };
  };
  if (ArrayBuffer.isView(rows)) {
    const { length } = rows as Uint8Array;
    if (length === 0 || length % width !== 0)
      throw new PipelineError("data", "predict", `rows of [${input.shape}] need a multiple of ${width} values, got ${length}`);
    return make(rows as Uint8Array);
  }
  const flat: number[] = [];
  (rows as readonly unknown[]).forEach((row, i) => {
    const values = [row].flat(Number.POSITIVE_INFINITY) as unknown[];
    if (values.length !== width)
      throw new PipelineError("data", `predict row ${i}`, `expected ${width} values [${input.shape}], got ${values.length}`);
    for (const value of values) {
      const bad = typeof value !== "number" || !Number.isFinite(value) || (input.type === "u8" && !(value >= 0 && value <= 255));
      if (bad)
        throw new PipelineError(
          "data",
          `predict row ${i}`,
          `expected ${input.type === "u8" ? "numbers from 0 to 255" : "numbers"}, got ${JSON.stringify(value)}`,
        );
      flat.push(value as number);
    }
  });
  if (flat.length === 0) throw new PipelineError("data", "predict", "there are no rows");
  return make(flat);
}
