// Cross-validation: the pipeline from the first stage that learns up to its evaluation, once a fold, over one cleaned table. A fold
// shares nothing with another but the rows: whatever is fitted is fitted anew on its own training rows.
import { PipelineError } from "../errors.ts";
import { foldTags } from "../stages/split/folds.ts";
import type { SplitSettings } from "../stages/split/settings.ts";
import { artifact, FORMAT, historyBytes, jsonBytes, pipelineBytes } from "./artifacts.ts";
import { build } from "./build.ts";
import { finishedFolds } from "./checkpoint.ts";
import { pacer, type RunContext, seedOf, stageEvent } from "./context.ts";
import { crossValidationOf, mean } from "./crossValidation.ts";
import { inPerspective, measurePart, unlessDiverged } from "./evaluate.ts";
import type {
  CrossValidation,
  CrossValidationEvent,
  DoneEvent,
  FoldEvent,
  FoldPlace,
  FoldResult,
  MetricsEvent,
  RunEvent,
  Scalars,
} from "./events.ts";
import { measuresOf } from "./measures.ts";
import { runningTime } from "./pause.ts";
import { type Cleaning, cleanRest, normalize, split } from "./prepare.ts";
import type { Recorder } from "./report/recorder.ts";
import { resample } from "./resample.ts";
import { ending } from "./session.ts";
import { boardTest } from "./tensorBoard/boardLog.ts";
import { type Trained, train } from "./train.ts";

/** What the model that is kept is made from. */
export interface Refit {
  readonly context: RunContext;
  readonly cleaning: Cleaning;
}

/** Undefined where no model is to be kept: the run is done then. */
export const crossValidate = (context: RunContext, report: Recorder) =>
  async function* (cleaning: Cleaning): AsyncGenerator<RunEvent, Refit | undefined, undefined> {
    const { pipeline, store, options } = context;
    const { split: settings = {} } = pipeline;
    const { folds = 0, repeats = 1 } = settings;
    const seed = seedOf(pipeline);
    const left = options.resume === true && store !== undefined ? await finishedFolds(store) : [];
    // Whose folds they are is checked where the next model is built, so one is left to build.
    const results = left.slice(0, folds * repeats - Number(settings.refit === false));
    yield stageEvent("split", "split", performance.now(), {
      rowsIn: cleaning.table.rows,
      rowsOut: cleaning.table.rows,
      note: foldsText(settings),
    });
    for (let i = 0; i < folds * repeats; i++) {
      const [repeat, fold] = [Math.floor(i / folds), i % folds];
      const place: FoldPlace = { fold: fold + 1, folds, repeat: repeat + 1, repeats };
      const before = results[i];
      if (before === undefined) {
        const tags: NonNullable<RunContext["fold"]>["tags"] = (table) => foldTags(table, settings, seed, repeat, fold);
        results.push(yield* within(place, runFold({ ...context, fold: { place, tags }, finished: [...results] }, cleaning, place, report)));
        yield* artifact(context, "folds.jsonl", historyBytes(results));
      }
      yield eventOf(results[i] as FoldResult, place);
    }
    const crossValidation = crossValidationOf(results, folds, repeats);
    const event: CrossValidationEvent = { type: "crossValidation", ...crossValidation };
    yield event;
    if (settings.refit !== false) return { context: { ...context, finished: results, crossValidation }, cleaning };
    yield* end(context, results, crossValidation, report);
    return undefined;
  };

async function* runFold(
  context: RunContext,
  cleaning: Cleaning,
  place: FoldPlace,
  report: Recorder,
): AsyncGenerator<RunEvent, FoldResult, undefined> {
  const started = performance.now();
  const { train: rows, validation, test, ...learned } = yield* split(context)(yield* cleanRest(context)(cleaning));
  if (test === undefined) throw new PipelineError("data", "clean", "no row of the fold is left to measure on; loosen its stages");
  const counts = { train: rows.rows, validation: validation?.rows ?? 0, test: test.rows };
  const prepared = yield* normalize(context)({ ...learned, train: rows, validation, test });
  const trained = yield* train(context)(yield* build(context)(yield* resample(context)(prepared)));
  const { fold, repeat } = place;
  const measured = yield* ending(trained.session, measure(context, trained, report));
  return { fold, repeat, rows: counts, seconds: (performance.now() - started) / 1000, ...measured };
}

async function* measure(
  context: RunContext,
  trained: Trained,
  report: Recorder,
): AsyncGenerator<RunEvent, Omit<FoldResult, "fold" | "repeat" | "rows" | "seconds">, undefined> {
  const { state, session } = trained;
  const measures = { ...measuresOf(context.pipeline.evaluate, session.network), confidence: false as const };
  const last = state.history.at(-1);
  const training = {
    epochs: state.epoch,
    reason: state.ended ?? ("epochs" as const),
    train: last?.train ?? {},
    ...(last?.validation && { validation: last.validation }),
    history: state.history,
  };
  const measurement = await unlessDiverged(measurePart(trained, "test", measures.metrics, pacer(context)));
  report.fold(measurement?.predictions);
  if (measurement === undefined) {
    const message = "weights or outputs are no longer numbers: this fold counts as NaN";
    yield { type: "warning", at: "evaluate", message };
    return { ...training, test: {} };
  }
  const evaluation = yield* inPerspective(trained, context, measures, measurement);
  const event: MetricsEvent = { type: "metrics", set: "test", evaluation };
  yield event;
  yield* boardTest(context, evaluation.scalars, state.epoch);
  const { scalars, baseline, importance, confusionMatrix, classes } = evaluation;
  return {
    ...training,
    test: scalars,
    ...(baseline && { baseline: baseline.scalars }),
    ...(importance && { importance }),
    ...(confusionMatrix && { confusionMatrix }),
    ...(confusionMatrix && classes && { classes }),
  };
}

/** The events of a fold say that they are; so does what fails because of its rows. */
async function* within<T>(place: FoldPlace, step: AsyncGenerator<RunEvent, T, undefined>): AsyncGenerator<RunEvent, T, undefined> {
  try {
    for (;;) {
      const next = await step.next();
      if (next.done === true) return next.value;
      yield { ...next.value, fold: place };
    }
  } catch (error) {
    if (!(error instanceof PipelineError) || (error.code !== "data" && error.code !== "numeric")) throw error;
    const problem = error.message.slice(error.at === "" ? 0 : error.at.length + 2);
    throw new PipelineError(error.code, `${placeText(place)}, ${error.at}`, problem, error);
  } finally {
    await step.return(undefined as T);
  }
}

/** `5 folds by "patient", stratified, 3 times`. */
function foldsText({ folds, repeats = 1, group, orderBy, stratify }: SplitSettings): string {
  const key = group ?? orderBy;
  const parts = [`${folds} folds${key === undefined ? "" : ` ${orderBy === undefined ? "by" : "in the order of"} ${JSON.stringify(key)}`}`];
  if (stratify === true) parts.push("stratified");
  if (repeats > 1) parts.push(`${repeats} times`);
  return parts.join(", ");
}

const placeText = ({ fold, folds, repeat, repeats }: FoldPlace): string =>
  `fold ${fold} of ${folds}${repeats > 1 ? ` in repeat ${repeat}` : ""}`;

function eventOf({ history: _, fold: _fold, repeat: _repeat, ...result }: FoldResult, fold: FoldPlace): FoldEvent {
  return { type: "fold", ...result, fold };
}

/** The end of a run that keeps no model. */
async function* end(
  context: RunContext,
  results: readonly FoldResult[],
  crossValidation: CrossValidation,
  report: Recorder,
): AsyncGenerator<RunEvent, void, undefined> {
  const { store } = context;
  const { mean: test, baseline } = crossValidation;
  const done: DoneEvent = {
    type: "done",
    ...(store && { run: store.name }),
    seconds: (runningTime(context.options.pause) - context.started) / 1000,
    epochs: Math.max(...results.map(({ epochs }) => epochs)),
    reason: (["nan", "earlyStopping"] as const).find((reason) => results.some((result) => result.reason === reason)) ?? "epochs",
    train: meanOf(results.map((result) => result.train)),
    test,
    ...(baseline && { baseline }),
    crossValidation,
  };
  yield* artifact(context, "pipeline.json", pipelineBytes({ lanewise: FORMAT, pipeline: context.pipeline }));
  yield* artifact(context, "metrics.json", jsonBytes({ ...done, type: undefined, run: undefined, evaluation: {} }));
  yield* report.end();
  yield done;
}

const meanOf = (scalars: readonly Scalars[]): Scalars =>
  Object.fromEntries(Object.keys(scalars[0] ?? {}).map((name) => [name, mean(scalars.map((of) => of[name] ?? Number.NaN))]));
