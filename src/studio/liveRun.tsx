// A run that goes on: how far it is, its curves as they grow, and the buttons that hold, continue and end it. Once it has ended, its report.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { LiveStatus } from "../records/protocol.ts";
import { curves, paceCharts } from "../report/curves.ts";
import { flow } from "../report/flow.ts";
import { plannedSteps } from "../report/flowSteps.ts";
import { grouped, numberText, percent, spaced } from "../report/format.ts";
import { modelTable } from "../report/model.ts";
import { announce } from "./announce.tsx";
import { api } from "./api.ts";
import { Drawn } from "./drawn.tsx";
import { GoOn } from "./goOn.tsx";
import { Report, ReportLink } from "./report.tsx";
import { Progress, whatNow } from "./runProgress.tsx";
import { type RunState, recordOf } from "./runState.ts";
import { isOver, type Session, type SessionView } from "./session.ts";
import { useCommands } from "./shortcuts.tsx";
import { useLoaded, useStore } from "./store.ts";
import { SessionTrial } from "./try/sessionTrial.tsx";

const words: Readonly<Record<LiveStatus, string>> = {
  running: "Running",
  paused: "Paused",
  done: "Finished",
  cancelled: "Cancelled",
  failed: "Failed",
};

export function LiveRun({ session }: { readonly session: Session }): JSX.Element {
  const view = useStore(session.view);
  const { status, state, error } = view;
  const over = isOver(status);
  useAnnouncements(session, view);
  useTicks(!over);
  return (
    <>
      <p class="eyebrow">Run {session.where === "page" ? "in this page" : "in Node"}</p>
      <div class="head">
        <h1>{session.name}</h1>
        <p class={`status ${status}`}>
          <span class={`light ${status}`} /> {words[status]}
        </p>
        <Controls session={session} status={status} />
        {over && status !== "done" && view.run !== undefined && state.history.length > 0 && <GoOn run={view.run} />}
      </div>
      <Kept session={session} view={view} />
      {error !== undefined && (
        <p class="problem" role="alert">
          {error}
        </p>
      )}
      {!over && <Progress session={session} state={state} />}
      {status === "done" && <SessionTrial session={session} run={view.run} />}
      {status === "done" ? <Ended session={session} view={view} /> : <Unfinished session={session} state={state} />}
    </>
  );
}

function Controls({ session, status }: { readonly session: Session; readonly status: LiveStatus }): JSX.Element {
  const hold = status === "paused" ? session.resume : session.pause;
  const commands = isOver(status)
    ? []
    : [
        { key: "p", name: status === "paused" ? "Resume" : "Pause", act: hold },
        { key: "X", name: "Cancel", act: session.cancel },
      ];
  useCommands(commands);
  return (
    <div class="controls">
      {commands.map(({ key, name, act }) => (
        <button key={key} type="button" onClick={act} class={name === "Cancel" ? "quiet" : "main"}>
          {name}
        </button>
      ))}
    </div>
  );
}

function Kept({
  session,
  view: { run, notKept, status, state },
}: {
  readonly session: Session;
  readonly view: SessionView;
}): JSX.Element | null {
  const [asked, setAsked] = useState(false);
  if (notKept !== undefined) return <p class="problem">It could not be kept: {notKept}</p>;
  const reported = status === "done" || (isOver(status) && session.where === "node" && state.history.length > 0);
  if (run !== undefined)
    return (
      <p class="path">
        {run}
        {reported && (
          <>
            {" · "}
            <ReportLink run={run} />
          </>
        )}
      </p>
    );
  if (!isOver(status) || session.keep === undefined || !session.files.has("pipeline.json")) return null;
  const keep = (): void => {
    setAsked(true);
    void session.keep?.();
  };
  return (
    <p class="path">
      It is in this page only.{" "}
      <button type="button" class="link" disabled={asked} onClick={keep}>
        Keep it in runs/
      </button>
    </p>
  );
}

function Unfinished({ session, state }: { readonly session: Session; readonly state: RunState }): JSX.Element {
  const { history, trail, stages, model, warnings, progress } = state;
  const { report } = recordOf(state, session.pipeline, session.started);
  const over = isOver(session.view.get().status);
  const now = over ? undefined : whatNow(state);
  return (
    <>
      <Numbers state={state} />
      {warnings.map(({ at, message }, i) => (
        <p key={i} class="note">
          {at}: {message}
        </p>
      ))}
      {trail.length > 0 && (
        <section aria-labelledby="live-curves">
          <h2 id="live-curves">Learning curves</h2>
          <Drawn what={curves(history, trail)} class="growing" />
        </section>
      )}
      {history.length > 1 && (
        <section aria-labelledby="live-pace">
          <h2 id="live-pace">Pace</h2>
          <Drawn what={paceCharts(history)} />
        </section>
      )}
      {model && (
        <section aria-labelledby="live-model">
          <h2 id="live-model">Model</h2>
          <Drawn what={modelTable(model.summary)} />
        </section>
      )}
      <section aria-labelledby="live-flow">
        <h2 id="live-flow">Pipeline</h2>
        {report && (
          <Drawn
            what={flow(
              report,
              { ...session.pipeline },
              plannedSteps(stages, { ...session.pipeline }, { trains: model !== undefined && progress === undefined, doing: now }),
            )}
          />
        )}
      </section>
    </>
  );
}

function Numbers({ state: { batch, history } }: { readonly state: RunState }): JSX.Element | null {
  const last = history.at(-1);
  const train = batch?.metrics ?? last?.train;
  if (train === undefined) return null;
  const speed = batch?.samplesPerSecond ?? last?.samplesPerSecond;
  const tiles = [
    ...Object.entries(train).map(([name, value]) => ({ what: `training ${spaced(name)}`, text: shown(name, value), now: true })),
    ...Object.entries(last?.validation ?? {}).map(([name, value]) => ({
      what: `validation ${spaced(name)}`,
      text: shown(name, value),
      now: false,
    })),
    ...(speed === undefined ? [] : [{ what: "samples a second", text: grouped(speed), now: true }]),
    ...(last === undefined ? [] : [{ what: "learning rate", text: String(Number(last.learningRate.toPrecision(3))), now: false }]),
  ];
  return (
    <dl class="tiles">
      {tiles.map(({ what, text }) => (
        <div key={what} class="tile">
          <dt>{what}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const shown = (name: string, value: number): string => (/accuracy/i.test(name) ? percent(value, 2) : numberText(value));

/** The report, from this page's own events or from the folder. */
function Ended({ session, view: { state, run } }: { readonly session: Session; readonly view: SessionView }): JSX.Element {
  const own = useMemo(() => recordOf(state, session.pipeline, session.started), [state]);
  const inFolder = session.where === "node" ? run : undefined;
  const { value: detail, error } = useLoaded(async () => (inFolder === undefined ? undefined : api.run(inFolder)), [inFolder]);
  if (error !== undefined) return <p class="problem">{error}</p>;
  if (inFolder !== undefined && detail === undefined) return <p class="soft">Reading its report…</p>;
  return <Report record={detail?.record ?? own} />;
}

function useAnnouncements({ name }: Session, { status, state, error }: SessionView): void {
  useEffect(() => announce(`${name}: ${words[status]}${error === undefined ? "" : `, ${error}`}`), [status]);
  const { history, epochs } = state;
  useEffect(() => {
    const last = history.at(-1);
    if (last === undefined || isOver(status)) return;
    // Quick epochs would talk without end.
    if (last.seconds < 2 && last.epoch % Math.ceil(epochs / 4) !== 0) return;
    const { loss = Number.NaN } = last.validation ?? last.train;
    announce(`Epoch ${last.epoch} of ${epochs}, ${last.validation ? "validation" : "training"} loss ${numberText(loss)}`);
  }, [history.length]);
}

/** The clock goes on where no event comes. */
function useTicks(ticking: boolean): void {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
}
