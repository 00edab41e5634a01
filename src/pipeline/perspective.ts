// What a final number means: how far chance in the rows may have moved it, and what a trivial model would have got.
import { intervalsOf, resampleCount, resamples } from "../nn/metrics/bootstrap.ts";
import type { Measurement } from "../nn/metrics/evaluate.ts";
import type { Evaluation } from "../nn/metrics/evaluation.ts";
import type { Work } from "../stages/work.ts";
import { baselineOf } from "./baseline.ts";
import { seedOf } from "./context.ts";
import type { Pipeline } from "./define.ts";
import type { Measures } from "./measures.ts";
import type { Session } from "./session.ts";

/** The evaluation with a baseline and, unless they are declined, intervals beside its numbers; counts the samples that it has drawn. */
export function* perspective(
  { evaluation, predictions, computed }: Measurement,
  session: Session,
  trivial: readonly number[],
  pipeline: Pipeline,
  { metrics, confidence }: Measures,
): Work<Evaluation> {
  const baseline = baselineOf(trivial, predictions, session, metrics);
  if (confidence === false) return { ...evaluation, baseline };
  const values = new Map([...computed.keys()].map((name) => [name, new Float64Array(resampleCount(evaluation.rows))]));
  let done = 0;
  for (const sample of resamples(predictions, seedOf(pipeline))) {
    for (const [name, compute] of computed) (values.get(name) as Float64Array)[done] = compute(sample);
    yield ++done;
  }
  return { ...evaluation, baseline, intervals: intervalsOf(values, confidence) };
}
