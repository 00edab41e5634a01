// Measures the model: quickly after each epoch on validation rows, and with all metrics at the end on the test rows.
import { numericColumn } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { evaluate as evaluateMetrics } from "../nn/metrics/evaluate.ts";
import type { Evaluation } from "../nn/metrics/evaluation.ts";
import type { Metric } from "../nn/metrics/index.ts";
import { artifact, historyBytes, jsonBytes, modelBytes } from "./artifacts.ts";
import type { Built, Part } from "./build.ts";
import { pacer, type RunContext } from "./context.ts";
import type { Pipeline } from "./define.ts";
import type { DoneEvent, MetricsEvent, RunEvent, Scalars } from "./events.ts";
import { metricsOf, quickMetrics } from "./measures.ts";
import { ending, judge, truthOf } from "./session.ts";
import type { Trained } from "./train.ts";

/** The validation rows after an epoch; NaN all of it where training has diverged. */
export async function quickScores(pipeline: Pipeline, built: Built, pause: () => Promise<void>): Promise<Scalars> {
  const metrics = quickMetrics(pipeline, built.session.network).validation;
  const evaluation = await unlessDiverged(evaluatePart(built, "validation", metrics, pause));
  return evaluation?.scalars ?? Object.fromEntries(metrics.map((name) => [name, Number.NaN]));
}

/** Undefined where the model's outputs, or their loss, are no longer numbers. */
async function unlessDiverged(evaluation: Promise<Evaluation>): Promise<Evaluation | undefined> {
  try {
    const measured = await evaluation;
    return Number.isFinite(measured.scalars.loss) ? measured : undefined;
  } catch (error) {
    if (error instanceof PipelineError && error.code === "numeric") return undefined;
    throw error;
  }
}

export async function evaluatePart(
  { session, prepared, starts }: Built,
  part: Part,
  metrics: readonly Metric[],
  pause: () => Promise<void>,
): Promise<Evaluation> {
  const table = prepared[part];
  if (table === undefined) throw new Error(`there are no ${part} rows`);
  const result = await session.predict(starts[part], table.rows, pause);
  return evaluateMetrics(metrics, judge(truthOf(session.network, numericColumn(table, table.target), table.rows), result));
}

export const evaluate = (context: RunContext) => (trained: Trained) => ending(trained.session, measure(context, trained));

async function* measure(context: RunContext, trained: Trained): AsyncGenerator<RunEvent, DoneEvent, undefined> {
  const { pipeline, signal, store } = context;
  const { session, prepared, state } = trained;
  const pause = pacer(signal);
  const metrics = metricsOf(pipeline, session.network);
  const weights = session.network.read();
  let sound = weights.every(({ data }) => data.every(Number.isFinite));
  const sets: Partial<Record<Part, Evaluation>> = {};
  for (const part of ["validation", "test"] as const) {
    if (!sound || prepared[part] === undefined) continue;
    const evaluation = await unlessDiverged(evaluatePart(trained, part, metrics, pause));
    if (evaluation === undefined) {
      sound = false;
      break;
    }
    sets[part] = evaluation;
    const event: MetricsEvent = { type: "metrics", set: part, evaluation };
    yield event;
  }
  if (!sound) {
    const message =
      "weights or outputs are no longer numbers: the model is neither measured nor written; the checkpoint of the last good epoch stays";
    yield { type: "warning", at: "evaluate", message };
  } else if (sets.test === undefined) {
    yield {
      type: "warning",
      at: "split.test",
      message: "there are no test rows, so nothing says how the model does on rows it has not seen; set split.test, such as 0.2",
    };
  }
  if (sound) yield* artifact(context, "model.safetensors", modelBytes(weights));
  yield* artifact(context, "history.jsonl", historyBytes(state.history));
  const last = state.history.at(-1);
  const done: DoneEvent = {
    type: "done",
    ...(store && { run: store.name }),
    seconds: (performance.now() - context.started) / 1000,
    epochs: state.epoch,
    reason: state.ended ?? "epochs",
    train: last?.train ?? {},
    ...(sets.validation && { validation: sets.validation.scalars }),
    ...(sets.test && { test: sets.test.scalars }),
  };
  yield* artifact(context, "metrics.json", jsonBytes({ ...done, type: undefined, run: undefined, evaluation: sets }));
  yield done;
  return done;
}
