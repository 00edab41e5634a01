// The training step of the pipeline: epochs of batches, validation, callbacks, checkpoints.
import type { NamedTensor } from "../nn/memory.ts";
import { optimizers, resolveOptimizer } from "../nn/optimizers/index.ts";
import { learningRate } from "../nn/schedules/index.ts";
import { purpose, random, shuffle } from "../random.ts";
import { artifact, historyBytes } from "./artifacts.ts";
import type { Built } from "./build.ts";
import { nextCallbacks, rateScale, startCallbacks } from "./callbacks.ts";
import { type Checkpoint, checkpointBytes, checkpointName, type TrainState } from "./checkpoint.ts";
import { pacer, type RunContext, seedOf } from "./context.ts";
import { DEFAULT_OPTIMIZER } from "./define.ts";
import { quickScores } from "./evaluate.ts";
import type { BatchEvent, EpochEvent, RunEvent, Scalars } from "./events.ts";
import { runningTime } from "./pause.ts";
import { epochRows } from "./resample.ts";
import { batchSizeOf, holding } from "./session.ts";
import { openBoard } from "./tensorBoard/boardLog.ts";

export interface Trained extends Built {
  readonly state: TrainState;
}

/** How often an epoch says how far it is. */
const REPORT_MS = 100;

export const train = (context: RunContext) => (built: Built) => holding(built.session, learn(context, built));

async function* learn(context: RunContext, built: Built): AsyncGenerator<RunEvent, Trained, undefined> {
  const { pipeline } = context;
  const { session, prepared, before } = built;
  const settings = pipeline.train;
  const epochs = settings.epochs ?? 1;
  const callbacks = settings.callbacks ?? [];
  const stopOnNaN = settings.stopOnNaN !== false;
  let state: TrainState = before ?? { epoch: 0, steps: 0, callbacks: startCallbacks(callbacks), history: [] };
  let best: readonly NamedTensor[] | undefined = before?.best;
  const pause = pacer(context);
  const board = openBoard(context);
  if (before !== undefined) {
    session.network.write(before.tensors);
    // A run that had all its epochs goes on with more. One that stopped early would have stopped there with more epochs, too.
    if (before.ended === "epochs") state = withoutEnd(state);
    yield { type: "warning", at: "--resume", message: `continuing after epoch ${state.epoch} of ${epochs}` };
  }

  while (state.epoch < epochs && state.ended === undefined) {
    const started = runningTime(context.options.pause);
    const { scalars, rows, steps, rate, nan } = yield* trainEpoch(context, built, state, epochs, pause);
    const seconds = (runningTime(context.options.pause) - started) / 1000;
    const validation = prepared.validation === undefined || (nan && stopOnNaN) ? undefined : await quickScores(pipeline, built, pause);
    const epoch: EpochEvent = {
      type: "epoch",
      epoch: state.epoch + 1,
      epochs,
      seconds,
      samplesPerSecond: rows / seconds,
      learningRate: rate,
      train: scalars,
      ...(validation && { validation }),
    };
    if (stopOnNaN && (nan || Number.isNaN(validation?.loss))) {
      yield {
        type: "warning",
        at: "train",
        message: `the loss of epoch ${epoch.epoch} is no longer a number; lower the learning rate, clip gradients, or look for extreme values`,
      };
      state = { ...state, history: [...state.history, epoch], ended: "nan" };
      yield epoch;
      break;
    }
    const verdict = nextCallbacks(callbacks, state.callbacks, epoch, epoch.epoch, rate);
    if (verdict.keep) best = session.network.read();
    state = {
      epoch: epoch.epoch,
      steps: state.steps + steps,
      callbacks: verdict.states,
      history: [...state.history, epoch],
      ...(verdict.stop ? { ended: "earlyStopping" as const } : epoch.epoch === epochs ? { ended: "epochs" as const } : {}),
    };
    yield epoch;
    await board?.epoch(epoch);
    if (settings.checkpoint !== false) yield* save(context, built, state, best);
  }
  if (best !== undefined) session.network.write(best);
  if (board !== undefined) yield* board.end();
  return { ...built, state };
}

const withoutEnd = ({ ended: _, ...state }: TrainState): TrainState => state;

async function* save(
  context: RunContext,
  { session, identity }: Built,
  state: TrainState,
  best: readonly NamedTensor[] | undefined,
): AsyncGenerator<RunEvent, void, undefined> {
  if (identity === undefined) return;
  const { finished, fold } = context;
  const checkpoint: Checkpoint = { ...state, ...(finished && { finished }), tensors: session.network.read(true), ...(best && { best }) };
  yield* artifact(context, checkpointName, checkpointBytes(identity, checkpoint));
  if (fold === undefined) yield* artifact(context, "history.jsonl", historyBytes(state.history));
}

interface EpochResult {
  readonly scalars: Scalars;
  readonly rows: number;
  readonly steps: number;
  readonly rate: number;
  readonly nan: boolean;
}

async function* trainEpoch(
  context: RunContext,
  { session, prepared }: Built,
  state: TrainState,
  epochs: number,
  pause: () => Promise<void>,
): AsyncGenerator<RunEvent, EpochResult, undefined> {
  const { pipeline, options } = context;
  const { network, feed } = session;
  const order = epochRows(pipeline, prepared.train, state.epoch);
  const rows = order.length;
  const batch = Math.min(batchSizeOf(pipeline.train), rows);
  const steps = Math.ceil(rows / batch);
  if (pipeline.train.shuffle !== false) shuffle(order, random(seedOf(pipeline), purpose.shuffle, state.epoch));
  const optimizer = resolveOptimizer(pipeline.train.optimizer ?? DEFAULT_OPTIMIZER);
  const schedule = optimizer.learningRate ?? optimizers.get(optimizer.kind)?.learningRate ?? 0;
  const scale = rateScale(state.callbacks);

  let loss = 0;
  let hits = 0;
  let judged = 0;
  let seen = 0;
  let rate = 0;
  const scalars = (): Scalars => ({ loss: loss / seen, ...(network.classifies && { accuracy: hits / judged }) });
  const started = runningTime(options.pause);
  let reported = started;
  for (let step = 0; step < steps; step++) {
    const count = Math.min(batch, rows - step * batch);
    const t = state.steps + step + 1;
    rate = learningRate(schedule, t - 1, { stepsPerEpoch: steps }) * scale;
    feed.point(order.subarray(step * batch, step * batch + count), t);
    const result = network.train(count, rate, t);
    loss += result.loss * count;
    hits += result.hits;
    judged += result.judged;
    seen += count;
    if (!Number.isFinite(result.loss) && pipeline.train.stopOnNaN !== false)
      return { scalars: scalars(), rows, steps: step + 1, rate, nan: true };
    await pause();
    const now = runningTime(options.pause);
    if (now - reported < REPORT_MS) continue;
    reported = now;
    const samplesPerSecond = (seen / (now - started)) * 1000;
    const event: BatchEvent = {
      type: "batch",
      epoch: state.epoch + 1,
      epochs,
      step: step + 1,
      steps,
      samplesPerSecond,
      secondsLeft: (rows - seen) / samplesPerSecond,
      metrics: scalars(),
    };
    yield event;
  }
  return { scalars: scalars(), rows, steps, rate, nan: !Number.isFinite(loss) };
}
