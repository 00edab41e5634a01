// How far a run is, in a bar and in words.
import type { JSX } from "preact";
import { duration, grouped, percent } from "../report/format.ts";
import type { RunState } from "./runState.ts";
import type { Session } from "./session.ts";

export function Progress({ session, state }: { readonly session: Session; readonly state: RunState }): JSX.Element {
  const { batch, progress, history, epochs, fold } = state;
  const done = batch === undefined ? history.length : batch.epoch - 1 + batch.step / batch.steps;
  const value = progress !== undefined ? (progress.total > 0 ? progress.done / progress.total : undefined) : done / epochs;
  const elapsed = session.elapsed();
  const trained = state.trail.length > 0;
  return (
    <div class="progress">
      <progress aria-label="Progress of the run" max={1} {...(value === undefined ? {} : { value })} />
      <p>
        <span>
          {fold && `Fold ${fold.fold} of ${fold.folds}: `}
          {whatNow(state)}
        </span>
        <span class="soft">
          {duration(elapsed)}
          {trained && batch && done > 0 && ` · about ${duration(secondsLeft(state, done))} left`}
        </span>
      </p>
    </div>
  );
}

function secondsLeft({ batch, history, epochs }: RunState, done: number): number {
  const perEpoch = history.length > 0 ? history.reduce((sum, { seconds }) => sum + seconds, 0) / history.length : undefined;
  return perEpoch === undefined && batch !== undefined
    ? batch.secondsLeft * (1 + (epochs - 1) / (1 - (done % 1) || 1))
    : (perEpoch ?? 0) * (epochs - done);
}

export function whatNow({ progress, batch, history, epochs, model }: RunState): string {
  if (progress !== undefined)
    return `${progress.stage}: ${progress.what}${progress.total > 0 ? ` ${percent(progress.done / progress.total, 0)}` : ""}`;
  if (batch !== undefined) return `Epoch ${batch.epoch} of ${epochs}, batch ${grouped(batch.step)} of ${grouped(batch.steps)}`;
  if (history.length >= epochs) return "Measuring";
  return model === undefined ? "Preparing rows" : `Epoch ${history.length + 1} of ${epochs}`;
}
