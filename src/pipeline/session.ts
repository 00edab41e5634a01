// The network of one run with its rows in memory: built once, then trained, evaluated and asked. Rows of all three parts lie one after
// the other, so one program evaluates any of them.
import { type NumericColumn, numericColumn, size, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { loadTwins } from "../js/load.ts";
import { createRowLosses } from "../nn/losses/rowLosses.ts";
import type { Target } from "../nn/losses/target.ts";
import type { Predictions, Truth } from "../nn/metrics/predictions.ts";
import { createNetwork, type Network, type NetworkMemory, networkMemory } from "../nn/network.ts";
import { resolveOptimizer } from "../nn/optimizers/index.ts";
import type { Executor } from "../wasm/abi.ts";
import { type LoadOptions, loadWasm } from "../wasm/load.ts";
import { createAugmenter } from "./augment.ts";
import { createWordAugmenter } from "./augmentWords.ts";
import { DEFAULT_OPTIMIZER, type Pipeline, type TrainSettings } from "./define.ts";
import type { RunEvent } from "./events.ts";
import { type BatchFeed, createFeed, type FeedSpec } from "./feed.ts";
import type { Fitted } from "./normalize.ts";
import type { RunOptions } from "./options.ts";
import { createPreview, type Preview } from "./preview.ts";

export interface Session {
  readonly executor: Executor;
  readonly network: Network;
  readonly feed: BatchFeed;
  /** What the model makes of the rows [start, start + rows); gives way to the event loop between batches. */
  predict(start: number, rows: number, pause: () => Promise<void>): Promise<Outputs>;
  readonly preview: Preview;
  /** The losses of outputs from elsewhere, without penalties. */
  rowLosses(predictions: Predictions): Float32Array;
}

export interface Outputs {
  readonly outputs: Float32Array;
  /** `network.steps` a row. */
  readonly losses: Float32Array;
  /** 1 for each real step and 0 for padding, where steps are masked. */
  readonly mask?: Float32Array;
}

export interface SessionSpec {
  readonly pipeline: Pipeline;
  readonly shape: readonly number[];
  readonly type: FeedSpec["type"];
  readonly target: Target;
  readonly fitted: Pick<Fitted, "affine">;
  readonly capacity: number;
  readonly classWeights?: readonly number[];
  /** Where rows are word numbers: the words. */
  readonly vocabulary?: readonly string[];
}

const EVALUATION_BATCH = 256;

export const batchSizeOf = (train: TrainSettings): number => train.batchSize ?? 32;

export async function openSession(
  spec: SessionSpec,
  options: Pick<RunOptions, "backend" | "strict"> & Pick<LoadOptions, "threads" | "startThread">,
): Promise<Session> {
  return sessionOn(options.backend === "js" ? await loadTwins() : await loadWasm({ ...options, strict: options.strict === true }), spec);
}

/** The executor is the session's from now on: it is closed if there can be none. */
export async function sessionOn(executor: Executor, spec: SessionSpec): Promise<Session> {
  try {
    return assemble(executor, spec);
  } catch (error) {
    await executor.close();
    throw error;
  }
}

function assemble(executor: Executor, spec: SessionSpec): Session {
  const { pipeline, fitted } = spec;
  const seed = pipeline.seed ?? 0;
  const memory = networkMemory(executor, seed);
  const largestBatch = Math.max(EVALUATION_BATCH, batchSizeOf(pipeline.train));
  const fill = fitted.affine.shift.length === 1 ? (fitted.affine.shift[0] as number) : 0;
  const feed = createFeed(memory, { ...spec, affine: fitted.affine, largestBatch, ...augmenters(memory, spec, seed, largestBatch, fill) });
  const network = createNetwork(
    memory,
    { layers: pipeline.model, loss: pipeline.train.loss, optimizer: resolveOptimizer(pipeline.train.optimizer ?? DEFAULT_OPTIMIZER), seed },
    feed,
  );
  const width = size(network.outputShape);

  return {
    executor,
    network,
    feed,
    preview: createPreview(memory, feed, size(spec.shape)),
    rowLosses: createRowLosses(memory.arena, pipeline.train.loss, width / network.steps),
    async predict(start, rows, pause) {
      const outputs = new Float32Array(rows * width);
      const { steps } = network;
      const losses = new Float32Array(rows * steps);
      let mask: Float32Array | undefined;
      const penalty = network.penalty();
      for (let done = 0; done < rows; ) {
        const count = Math.min(EVALUATION_BATCH, rows - done);
        // A program is kept for each size, so there are few sizes; rows do not mix, and those beyond repeat the last.
        const room = 2 ** Math.ceil(Math.log2(count));
        feed.point(Uint32Array.from({ length: room }, (_, i) => start + done + Math.min(i, count - 1)));
        const program = network.evaluateProgram(room);
        program.run();
        const { f32 } = executor.views;
        outputs.set(f32.subarray(program.output >>> 2, (program.output >>> 2) + count * width), done * width);
        for (let i = 0; i < count * steps; i++) losses[done * steps + i] = (f32[(program.losses >>> 2) + i] as number) + penalty;
        if (program.mask !== undefined) {
          mask ??= new Float32Array(rows * steps);
          mask.set(f32.subarray(program.mask >>> 2, (program.mask >>> 2) + count * steps), done * steps);
        }
        done += count;
        await pause();
      }
      return { outputs, losses, ...(mask && { mask }) };
    },
  };
}

function augmenters(
  memory: NetworkMemory,
  { pipeline, shape, vocabulary }: SessionSpec,
  seed: number,
  largestBatch: number,
  fill: number,
): Pick<FeedSpec, "augmenter" | "wordAugmenter"> {
  const stages = pipeline.augment ?? [];
  if (vocabulary !== undefined) {
    const wordAugmenter = createWordAugmenter(memory, stages, vocabulary, size(shape), seed, largestBatch);
    return wordAugmenter === undefined ? {} : { wordAugmenter };
  }
  const augmenter = createAugmenter(memory, stages, shape, seed, largestBatch, fill);
  return augmenter === undefined ? {} : { augmenter };
}

/** Closes the session of a result that nobody waits for any more. */
export const release = ({ session }: { readonly session: Session }): Promise<void> => session.executor.close();

/** A step that uses a session: closes it unless the step ends well and hands it on. */
export async function* holding<T>(
  { executor }: Session,
  step: AsyncGenerator<RunEvent, T, undefined>,
): AsyncGenerator<RunEvent, T, undefined> {
  let handedOn = false;
  try {
    const result = yield* step;
    handedOn = true;
    return result;
  } finally {
    if (!handedOn) await executor.close();
  }
}

/** The last step that uses a session. */
export async function* ending<T>(
  { executor }: Session,
  step: AsyncGenerator<RunEvent, T, undefined>,
): AsyncGenerator<RunEvent, T, undefined> {
  try {
    return yield* step;
  } finally {
    await executor.close();
  }
}

/** What a target asks of the model: values, or as many classes as it names, or else as its parts hold; a list of them for sequences. */
export function targetOf(...parts: readonly NumericColumn[]): Target {
  const { data, shape, classes } = parts[0] as NumericColumn;
  if (!(data instanceof Int32Array) || shape.length > 1) return { kind: "values", shape };
  let held = 0;
  for (const part of parts) for (const label of part.data) held = Math.max(held, label + 1);
  return { kind: "labels", classes: classes?.length ?? held, ...(shape.length === 1 && { steps: shape[0] as number }) };
}

/** Weights of the classes as the pipeline asks for them; "balanced" counts training rows. */
export function classWeightsOf(train: TrainSettings, target: Target, table: Table): readonly number[] | undefined {
  const { classWeight } = train;
  if (classWeight === undefined) return undefined;
  if (target.kind !== "labels")
    throw new PipelineError("config", "train.classWeight", "the target holds values, not classes; leave it out");
  if (classWeight !== "balanced") {
    if (classWeight.length !== target.classes)
      throw new PipelineError(
        "config",
        "train.classWeight",
        `expected one number for each of the ${target.classes} classes, got ${classWeight.length}`,
      );
    return classWeight;
  }
  const counts = new Array<number>(target.classes).fill(0);
  const { data } = numericColumn(table, table.target);
  for (const label of data) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => (count === 0 ? 0 : data.length / (target.classes * count)));
}

/** What metrics compare with. Each step of a sequence that has a loss of its own is a row to them. */
export function truthOf(network: Network, truth: NumericColumn, rows: number): Truth {
  const labels = truth.data instanceof Int32Array && truth.shape.length <= 1 ? truth.data : undefined;
  const { steps } = network;
  const sequence = steps === 1 ? undefined : Uint32Array.from({ length: rows * steps }, (_, i) => Math.floor(i / steps));
  return {
    rows: rows * steps,
    cols: size(network.outputShape) / steps,
    ...(labels ? { labels } : { targets: truth.data as Float32Array }),
    ...(truth.classes && { classes: truth.classes }),
    ...(sequence && { sequence }),
  };
}

/** What metrics measure: the predictions beside the truth, without the steps that are padding. */
export function judge(truth: Truth, { outputs, losses, mask }: Outputs): Predictions {
  if (mask === undefined) return { ...truth, outputs, losses };
  const real = mask.reduce<number[]>((found, m, i) => {
    if (m !== 0) found.push(i);
    return found;
  }, []);
  const { cols } = truth;
  const pick = <T extends Float32Array | Int32Array | Uint32Array>(from: T, width: number): T => {
    const picked = new (from.constructor as new (n: number) => T)(real.length * width);
    real.forEach((i, to) => {
      picked.set(from.subarray(i * width, (i + 1) * width), to * width);
    });
    return picked;
  };
  const target = truth.labels === undefined ? { targets: pick(truth.targets, cols) } : { labels: pick(truth.labels, 1) };
  const sequence = truth.sequence && { sequence: pick(truth.sequence, 1) };
  return { ...truth, ...target, ...sequence, rows: real.length, outputs: pick(outputs, cols), losses: pick(losses, 1) } as Predictions;
}
