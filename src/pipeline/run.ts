// The pipeline as one stream: cold, cancellable, resumable.
import {
  concatMap,
  defer,
  EMPTY,
  filter,
  finalize,
  type MonoTypeOperatorFunction,
  map,
  mergeMap,
  type Observable,
  type OperatorFunction,
  of,
  pipe,
  takeUntil,
  tap,
} from "rxjs";
import { aborted } from "./aborted.ts";
import { build } from "./build.ts";
import type { RunContext } from "./context.ts";
import { crossValidate } from "./crossValidate.ts";
import { checkPipeline, type Pipeline } from "./define.ts";
import { evaluate } from "./evaluate.ts";
import type { RunEvent } from "./events.ts";
import { withFiles } from "./givenFiles.ts";
import { type AsyncRun, iterable } from "./iterate.ts";
import { checkOptions, type RunOptions } from "./options.ts";
import { runningTime } from "./pause.ts";
import type { Platform } from "./platform.ts";
import { type Cleaned, clean, cleanRest, cleanShared, loadSource, normalize, split } from "./prepare.ts";
import { type Recorder, recorder } from "./report/recorder.ts";
import { resample } from "./resample.ts";
import { holding, release } from "./session.ts";
import { andThen, type Emission, emissions } from "./step.ts";
import { train } from "./train.ts";

export type Run = (pipeline: Pipeline, options?: RunOptions) => AsyncRun;

/** `run` for this platform. Nothing happens until the result is subscribed to (or iterated); leaving cancels. */
export function createRun(platform: Platform): Run {
  return (definition, options = {}) =>
    iterable(
      defer(() => {
        const pipeline = checkPipeline(definition);
        checkOptions(options);
        const cancel = new AbortController();
        const signal = options.signal === undefined ? cancel.signal : AbortSignal.any([cancel.signal, options.signal]);
        return emissions(openContext(pipeline, options, platform, signal)).pipe(
          mergeMap((opened) => ("event" in opened ? EMPTY : stages(opened.result))),
          filter((emission): emission is { event: RunEvent } => "event" in emission),
          map(({ event }) => event),
          takeUntil(aborted(options.signal)),
          finalize(() => cancel.abort()),
        );
      }),
    );
}

/** The run, and a report of it. */
function stages(context: RunContext): Observable<Emission<unknown>> {
  const report = recorder(context);
  return steps(context, report).pipe(
    tap((emission) => {
      if ("event" in emission) report.note(emission.event);
    }),
  );
}

/** source → clean → split → normalize → build → train → evaluate; with folds, all from the first stage that learns once a fold before that. */
function steps(context: RunContext, report: Recorder): Observable<Emission<unknown>> {
  const source = emissions(loadSource({ ...context, platform: report.platform })).pipe(seen(report.source));
  if (context.pipeline.split?.folds === undefined) return source.pipe(andThen(clean(context)), toModel(context, report));
  return source.pipe(
    andThen(cleanShared(context)),
    andThen(crossValidate(context, report)),
    concatMap((emission) => {
      if ("event" in emission) return of(emission);
      if (emission.result === undefined) return EMPTY;
      const { context: last, cleaning } = emission.result;
      return emissions(() => cleanRest(last)(cleaning)).pipe(toModel(last, report));
    }),
  );
}

const toModel = (context: RunContext, report: Recorder): OperatorFunction<Emission<Cleaned>, Emission<unknown>> =>
  pipe(
    andThen(split(context)),
    andThen(normalize(context)),
    andThen(resample(context)),
    seen(report.prepared),
    andThen(build(context), release),
    andThen((built) => holding(built.session, report.begin(built)), release),
    andThen(train(context), release),
    andThen(evaluate(context, report)),
  );

/** Lets somebody look at a result on its way. */
const seen = <O>(look: (result: O) => void): MonoTypeOperatorFunction<Emission<O>> =>
  tap((emission) => {
    if ("result" in emission) look(emission.result);
  });

const openContext = (pipeline: Pipeline, options: RunOptions, platform: Platform, signal: AbortSignal) =>
  async function* (): AsyncGenerator<RunEvent, RunContext, undefined> {
    const started = runningTime(options.pause);
    const store = options.out === undefined ? undefined : await platform.store(options.out);
    return { pipeline, options, platform: withFiles(platform, options.files), signal, store, started };
  };
