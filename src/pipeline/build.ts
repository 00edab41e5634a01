// The step between data and training: the network is built for the rows that there are, and the rows go into its memory.
import { inputColumn, type NumericColumn, numericColumn, size, type Table } from "../data/table.ts";
import { rowRange, takeColumn } from "../data/take.ts";
import type { Truth } from "../nn/metrics/predictions.ts";
import type { LayerInfo } from "../nn/model.ts";
import type { Network } from "../nn/network.ts";
import { artifact, FORMAT, type PipelineFile, pipelineBytes } from "./artifacts.ts";
import { fitBaseline } from "./baseline.ts";
import { type Checkpoint, identityOf, readCheckpoint } from "./checkpoint.ts";
import { pacer, type RunContext } from "./context.ts";
import type { ModelEvent, ModelSummary, RunEvent } from "./events.ts";
import { columnType } from "./feed.ts";
import { requireIds, requireLabels } from "./ids.ts";
import { checkMeasures } from "./measures.ts";
import type { Fitted } from "./normalize.ts";
import { openExecutor } from "./openExecutor.ts";
import type { Prepared } from "./prepare.ts";
import { batchSizeOf, classWeightsOf, holding, judge, type Session, sessionOn, targetOf, truthOf } from "./session.ts";

export type Part = "train" | "validation" | "test";

export interface Built {
  readonly session: Session;
  readonly prepared: Prepared;
  /** Where the rows of each part begin in memory. */
  readonly starts: Readonly<Record<Part, number>>;
  /** What a checkpoint must have been written for to be this run's; undefined where none is kept. */
  readonly identity: string | undefined;
  /** What an earlier run left to go on from. */
  readonly before: Checkpoint | undefined;
  /** What a trivial model puts out. */
  readonly baseline: readonly number[];
}

export const build = (context: RunContext) =>
  async function* (prepared: Prepared): AsyncGenerator<RunEvent, Built, undefined> {
    const { pipeline } = context;
    const { train, validation, test, fitted } = prepared;
    const batch = batchSizeOf(pipeline.train);
    if (batch > train.rows) {
      yield {
        type: "warning",
        at: "train.batchSize",
        message: `${batch} is more than the ${train.rows} training rows; every batch holds all of them`,
      };
    }
    const input = inputColumn(train);
    const parts = [train, validation, test].filter((t) => t !== undefined);
    const target = targetOf(...parts.map((part) => numericColumn(part, part.target)));
    const classWeights = classWeightsOf(pipeline.train, target, train);
    const session = await sessionOn(yield* openExecutor(context), {
      pipeline,
      shape: input.shape,
      type: columnType(input),
      target,
      fitted,
      capacity: parts.reduce((n, t) => n + t.rows, 0),
      ...(classWeights && { classWeights }),
      ...(input.vocabulary && { vocabulary: input.vocabulary }),
    });
    return yield* holding(session, fill(context, session, prepared));
  };

async function* fill(context: RunContext, session: Session, prepared: Prepared): AsyncGenerator<RunEvent, Built, undefined> {
  const { pipeline, options, store } = context;
  const { train, validation, test, fitted, raw, real = train.rows } = prepared;
  const input = inputColumn(train);
  const truth = numericColumn(train, train.target);
  checkMeasures(pipeline, session.network, prepared);
  const starts = { train: 0, validation: train.rows, test: train.rows + (validation?.rows ?? 0) };
  const pause = pacer(context);
  for (const [part, table] of Object.entries({ train, validation, test })) {
    if (table !== undefined) await loadPart(session, starts[part as Part], table, fitted, pause);
  }

  const event: ModelEvent = {
    type: "model",
    summary: summaryOf(session.network, pipeline.name ?? "model"),
    backend: session.executor.build === "js" ? "js" : "wasm",
    build: session.executor.build,
    threads: session.executor.threads,
    wide: session.executor.wide,
  };
  yield event;
  // A checkpoint that does not belong here is refused before anything of its run is written over.
  const identity = store && identityOf(pipeline, session.executor.build);
  const left = options.resume === true && store && identity !== undefined ? await readCheckpoint(store, identity) : undefined;
  const before = (left?.finished?.length ?? 0) === (context.finished?.length ?? 0) ? left : undefined;
  const baseline = fitBaseline(await trainingTruth(session, truth, real, context));
  const file: PipelineFile = {
    lanewise: FORMAT,
    pipeline,
    build: session.executor.build,
    input: raw,
    reads: { shape: input.shape, type: columnType(input), ...(input.features && { features: input.features }) },
    target: { ...session.feed.target, ...(truth.classes && { names: truth.classes }) },
    fitted,
    baseline,
  };
  if (context.fold === undefined) yield* artifact(context, "pipeline.json", pipelineBytes(file));
  // The rows are in the network's memory now; what later steps still ask for is their number and the truth.
  return {
    session,
    prepared: { ...prepared, train: withoutInputs(train), validation: withoutInputs(validation), test: withoutInputs(test) },
    starts,
    identity,
    before,
    baseline,
  };
}

/** Without the steps that are padding, which the model alone can tell. */
async function trainingTruth(session: Session, truth: NumericColumn, rows: number, context: RunContext): Promise<Truth> {
  const known = takeColumn(
    truth,
    Uint32Array.from({ length: rows }, (_, i) => i),
  ) as NumericColumn;
  const whole = truthOf(session.network, known, rows);
  return session.network.masked ? judge(whole, await session.predict(0, rows, pacer(context))) : whole;
}

/** So many numbers take about a hundredth of a second. */
const LOADED_AT_ONCE = 1 << 22;

async function loadPart(session: Session, start: number, table: Table, { affine }: Fitted, pause: () => Promise<void>): Promise<void> {
  const [name] = table.inputs as readonly [string];
  const rowName = (i: number): string => `row ${table.ids[i]}`;
  const truth = numericColumn(table, table.target);
  requireIds(session.network.ids, inputColumn(table), affine, name, rowName);
  requireLabels(session.feed.target, truth, table.target, rowName);
  const input = inputColumn(table);
  const some = Math.ceil(LOADED_AT_ONCE / size(input.shape));
  for (let row = 0; row < table.rows; row += some) {
    const rows = Math.min(some, table.rows - row);
    session.feed.load(start + row, rowRange(input, row, rows), rowRange(truth, row, rows));
    await pause();
  }
}

function withoutInputs<T extends Table | undefined>(table: T): T {
  if (table === undefined) return table;
  return { ...table, inputs: [], columns: { [table.target]: numericColumn(table, table.target) } };
}

export function summaryOf(network: Network, name: string): ModelSummary {
  return {
    name,
    layers: network.layers.map(({ name, kind, output, parameters }: LayerInfo) => ({ name, kind, output: [null, ...output], parameters })),
    parameters: network.parameters,
    trainable: network.trainable,
  };
}
