// Measures the model: quickly after each epoch on validation rows, and with all metrics at the end on the test rows.
import { inputColumn, type NumericColumn, numericColumn, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { resampleCount } from "../nn/metrics/bootstrap.ts";
import { type Measurement, measure } from "../nn/metrics/evaluate.ts";
import type { Evaluation, Importance } from "../nn/metrics/evaluation.ts";
import type { Metric } from "../nn/metrics/index.ts";
import { artifact, historyBytes, jsonBytes, modelBytes } from "./artifacts.ts";
import type { Built, Part } from "./build.ts";
import { driven, paced, pacer, type RunContext, seedOf } from "./context.ts";
import type { Pipeline } from "./define.ts";
import type { DoneEvent, MetricsEvent, RunEvent, Scalars } from "./events.ts";
import { importanceSteps, permutationImportance, scoreOf } from "./importance.ts";
import { type Measures, measuresOf, quickMetrics } from "./measures.ts";
import { normalizedTable } from "./normalize.ts";
import { runningTime } from "./pause.ts";
import { perspective } from "./perspective.ts";
import type { Recorder } from "./report/recorder.ts";
import { ending, judge, truthOf } from "./session.ts";
import { boardTest } from "./tensorBoard/boardLog.ts";
import type { Trained } from "./train.ts";

/** The validation rows after an epoch; NaN all of it where training has diverged. */
export async function quickScores(pipeline: Pipeline, built: Built, pause: () => Promise<void>): Promise<Scalars> {
  const metrics = quickMetrics(pipeline, built.session.network).validation;
  const measurement = await unlessDiverged(measurePart(built, "validation", metrics, pause));
  return measurement?.evaluation.scalars ?? Object.fromEntries(metrics.map((name) => [name, Number.NaN]));
}

/** Undefined where the model's outputs, or their loss, are no longer numbers. */
export async function unlessDiverged(measurement: Promise<Measurement>): Promise<Measurement | undefined> {
  try {
    const measured = await measurement;
    return Number.isFinite(measured.evaluation.scalars.loss) ? measured : undefined;
  } catch (error) {
    if (error instanceof PipelineError && error.code === "numeric") return undefined;
    throw error;
  }
}

export async function measurePart(
  { session, prepared, starts }: Built,
  part: Part,
  metrics: readonly Metric[],
  pause: () => Promise<void>,
): Promise<Measurement> {
  const table = prepared[part];
  if (table === undefined) throw new Error(`there are no ${part} rows`);
  const result = await session.predict(starts[part], table.rows, pause);
  return measure(metrics, judge(truthOf(session.network, numericColumn(table, table.target), table.rows), result));
}

/** The evaluation of the final rows; what it does not tell by itself is said in warnings. */
export async function* inPerspective(
  built: Built,
  context: RunContext,
  measures: Measures,
  measurement: Measurement,
): AsyncGenerator<RunEvent, Evaluation, undefined> {
  const { session, baseline } = built;
  const work = perspective(measurement, session, baseline, context.pipeline, measures);
  const placed = yield* driven(context, "evaluate", "drawing rows again", resampleCount(measurement.evaluation.rows), work);
  const importance = yield* shuffling(built, context, measures);
  const evaluation = { ...placed, ...(importance && { importance }) };
  for (const message of evaluation.notes ?? []) yield { type: "warning", at: "evaluate", message };
  return evaluation;
}

/** The rows of the last part are shuffled in the network's memory, and lie there as they were afterwards. */
async function* shuffling(
  { session, prepared, starts }: Built,
  context: RunContext,
  { importance: plan }: Measures,
): AsyncGenerator<RunEvent, Importance | undefined, undefined> {
  const { measured, fitted } = prepared;
  if (measured === undefined || plan === undefined) return undefined;
  const pause = pacer(context);
  const start = starts[prepared.test === undefined ? "validation" : "test"];
  const load = async (table: Table): Promise<NumericColumn> => {
    const made = await paced(normalizedTable(context.pipeline.normalize ?? [], fitted.normalize, table), pause);
    const truth = numericColumn(made, made.target);
    session.feed.load(start, inputColumn(made), truth);
    return truth;
  };
  const score = async (table: Table): Promise<number> => {
    const truth = truthOf(session.network, await load(table), table.rows);
    return scoreOf(plan, judge(truth, await session.predict(start, table.rows, pause)));
  };
  const total = importanceSteps(measured, plan);
  const work = permutationImportance(measured, plan, seedOf(context.pipeline), score);
  for (;;) {
    const next = await work.next();
    if (next.done !== true) {
      yield { type: "progress", stage: "evaluate", what: "shuffling columns", done: next.value, total };
      continue;
    }
    await load(measured);
    return next.value;
  }
}

export const evaluate = (context: RunContext, report?: Recorder) => (trained: Trained) =>
  ending(trained.session, finish(context, trained, report));

async function* finish(context: RunContext, trained: Trained, report?: Recorder): AsyncGenerator<RunEvent, DoneEvent, undefined> {
  const { pipeline, options, store, crossValidation } = context;
  const { session, prepared, state } = trained;
  const pause = pacer(context);
  const measures = measuresOf(pipeline.evaluate, session.network);
  const weights = session.network.read();
  let sound = weights.every(({ data }) => data.every(Number.isFinite));
  const sets: Partial<Record<Part, Evaluation>> = {};
  const last = prepared.test !== undefined ? "test" : "validation";
  for (const part of ["validation", "test"] as const) {
    if (!sound || prepared[part] === undefined) continue;
    const measurement = await unlessDiverged(measurePart(trained, part, measures.metrics, pause));
    if (measurement === undefined) {
      sound = false;
      break;
    }
    const evaluation = part === last ? yield* inPerspective(trained, context, measures, measurement) : measurement.evaluation;
    sets[part] = evaluation;
    if (part === last) report?.judge(trained, part, measurement.predictions);
    const event: MetricsEvent = { type: "metrics", set: part, evaluation };
    yield event;
  }
  if (!sound) {
    const message =
      "weights or outputs are no longer numbers: the model is neither measured nor written; the checkpoint of the last good epoch stays";
    yield { type: "warning", at: "evaluate", message };
  } else if (sets.test === undefined && crossValidation === undefined) {
    yield {
      type: "warning",
      at: "split.test",
      message: "there are no test rows, so nothing says how the model does on rows it has not seen; set split.test, such as 0.2",
    };
  }
  if (sound) yield* artifact(context, "model.safetensors", modelBytes(weights));
  yield* artifact(context, "history.jsonl", historyBytes(state.history));
  if (sets.test !== undefined) yield* boardTest(context, sets.test.scalars, state.epoch);
  const epoch = state.history.at(-1);
  const own = sets.test !== undefined || crossValidation === undefined ? sets[last] : undefined;
  const test = sets.test?.scalars ?? crossValidation?.mean;
  const baseline = own?.baseline?.scalars ?? crossValidation?.baseline;
  const done: DoneEvent = {
    type: "done",
    ...(store && { run: store.name }),
    seconds: (runningTime(options.pause) - context.started) / 1000,
    epochs: state.epoch,
    reason: state.ended ?? "epochs",
    train: epoch?.train ?? {},
    ...(sets.validation && { validation: sets.validation.scalars }),
    ...(test && { test }),
    ...(baseline && { baseline }),
    ...(own?.intervals && { intervals: own.intervals.scalars }),
    ...(crossValidation && { crossValidation }),
  };
  yield* artifact(context, "metrics.json", jsonBytes({ ...done, type: undefined, run: undefined, evaluation: sets }));
  if (report !== undefined) yield* report.end();
  yield done;
  return done;
}
