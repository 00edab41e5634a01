// A finished run measured again: its source is read anew, and the rows that were test rows then are test rows now, since the same seed
// divides them. Statistics and weights are those of the run.
import { numericColumn, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { NamedTensor } from "../nn/memory.ts";
import { asTrained, type PipelineFile, readPipelineFile, readWeights } from "./artifacts.ts";
import { type Built, build } from "./build.ts";
import { pacer, type RunContext } from "./context.ts";
import type { Pipeline } from "./define.ts";
import { inPerspective, measurePart } from "./evaluate.ts";
import type { MetricsEvent, RunEvent } from "./events.ts";
import { evaluateSettingsOf, measuresOf } from "./measures.ts";
import { normalizedParts } from "./normalize.ts";
import type { RunOptions } from "./options.ts";
import type { Platform, Store } from "./platform.ts";
import { clean, loadSource, measuredRows, split } from "./prepare.ts";
import { inputText, type RawInput } from "./rawInput.ts";
import { ending } from "./session.ts";

/** Yields what happens, and returns what the test rows gave (the validation rows, where there are no test rows). */
export async function* evaluateRun(
  store: Pick<Store, "name" | "read">,
  platform: Platform,
  { importance, ...options }: Pick<RunOptions, "data" | "backend" | "strict" | "salt"> & { readonly importance?: boolean },
  signal: AbortSignal,
): AsyncGenerator<RunEvent, MetricsEvent, undefined> {
  const file = await readPipelineFile(store);
  const weights = await readWeights(store);
  const pipeline = importance === true ? withImportance(file.pipeline) : file.pipeline;
  requireData(pipeline, store.name);
  const context: RunContext = {
    pipeline,
    platform,
    signal,
    store: undefined,
    started: performance.now(),
    options: { ...asTrained(file), ...options },
  };
  const table = yield* loadSource(context)();
  const { fits: _, raw, ...divided } = yield* split(context)(yield* clean(context)(table));
  requireSame(file, raw, divided.train);
  const parts = yield* normalizedParts(context, file.fitted.normalize, divided);
  const built = yield* build(context)({ ...parts, ...measuredRows(context, divided), raw, fitted: file.fitted });
  return yield* ending(built.session, measure(context, built, weights, store.name));
}

/** Asked for, whatever the run asked for. */
function withImportance(pipeline: Pipeline): Pipeline {
  const { evaluate } = pipeline;
  const settings = evaluateSettingsOf(evaluate);
  return { ...pipeline, evaluate: { ...settings, importance: settings.importance || true } };
}

async function* measure(
  context: RunContext,
  built: Built,
  weights: readonly NamedTensor[],
  name: string,
): AsyncGenerator<RunEvent, MetricsEvent, undefined> {
  const { session, prepared } = built;
  session.network.write(weights);
  const set = prepared.test !== undefined ? "test" : "validation";
  if (prepared[set] === undefined) {
    const problem = "this run set no rows aside, so there is nothing to measure it on; set split.test, such as 0.2";
    throw new PipelineError("config", `${name} split`, problem);
  }
  const measures = measuresOf(context.pipeline.evaluate, session.network);
  const measurement = await measurePart(built, set, measures.metrics, pacer(context));
  const evaluation = yield* inPerspective(built, context, measures, measurement);
  const event: MetricsEvent = { type: "metrics", set, evaluation };
  yield event;
  return event;
}

/** Large data that a pipeline holds itself, and schemas, which are code, are not kept in its run folder. */
function requireData({ source, clean = [] }: Pipeline, name: string): void {
  for (const part of [source, ...clean]) {
    const omitted = /\{"omitted":"([^"]*)"\}/.exec(JSON.stringify(part))?.[1];
    if (omitted === undefined) continue;
    const [place, what] = part === source ? ["source", "large inline data"] : ["clean", "code"];
    throw new PipelineError(
      "data",
      `${name} ${place} ${part.kind}`,
      `the run folder does not keep ${what} (${omitted}); measure it in code, as in (await loadModel("${name}")).evaluate(table)`,
    );
  }
}

function requireSame({ input, target }: PipelineFile, raw: RawInput, table: Table): void {
  const truth = numericColumn(table, table.target);
  const [then, now] = [inputText(input), inputText(raw)];
  if (then !== now)
    throw new PipelineError("data", "source", `the model was trained on rows ${then}, now they are ${now}; is it the same data?`);
  const names = truth.classes;
  if (target.names !== undefined && names !== undefined && String(target.names) !== String(names)) {
    throw new PipelineError(
      "data",
      "source",
      `the model knows the classes ${target.names.join(", ")}, now they are ${names.join(", ")}; is it the same data?`,
    );
  }
}
