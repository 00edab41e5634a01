// The frame of every view: where one is, what runs, and what is said aloud.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Announcer } from "./announce.tsx";
import { ComparePage } from "./comparePage.tsx";
import { PipelinePage } from "./pipelinePage.tsx";
import { PipelinesPage } from "./pipelinesPage.tsx";
import { linkTo, type Route, useRoute } from "./route.ts";
import { RunPage } from "./runPage.tsx";
import { RunsPage } from "./runsPage.tsx";
import { isOver } from "./session.ts";
import { findSessions, sessions } from "./sessions.ts";
import { Shortcuts } from "./shortcuts.tsx";
import { useStore } from "./store.ts";

export function App(): JSX.Element {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // Another page may have started one meanwhile.
  useEffect(() => {
    const find = (): void => void findSessions().catch(() => undefined);
    find();
    addEventListener("focus", find);
    return () => removeEventListener("focus", find);
  }, []);
  // A new view is read from its beginning.
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    if (!first.current) scrollTo(0, 0);
    first.current = false;
  }, [JSON.stringify({ ...route, tab: "" })]);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header class="bar">
        <a class="brand" href={linkTo.pipelines}>
          <Mark /> lanewise <span>studio</span>
        </a>
        <nav aria-label="Studio">
          <NavLink to={linkTo.pipelines} here={route.page === "pipelines" || route.page === "pipeline"}>
            Pipelines
          </NavLink>
          <NavLink to={linkTo.runs} here={route.page === "runs" || route.page === "run" || route.page === "compare"}>
            Runs
          </NavLink>
        </nav>
        <Running />
        <Shortcuts />
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <View route={route} />
      </main>
      <Announcer />
    </>
  );
}

function View({ route }: { readonly route: Route }): JSX.Element {
  switch (route.page) {
    case "pipelines":
      return <PipelinesPage />;
    case "pipeline":
      return <PipelinePage key={route.file} file={route.file} tab={route.tab} />;
    case "runs":
      return <RunsPage />;
    case "run":
      return <RunPage key={route.run} run={route.run} />;
    case "compare":
      return <ComparePage key={route.runs.join("/")} runs={route.runs} />;
  }
}

const NavLink = ({ to, here, children }: { readonly to: string; readonly here: boolean; readonly children: string }): JSX.Element => (
  <a href={to} aria-current={here ? "page" : undefined}>
    {children}
  </a>
);

/** The runs that go on, from wherever one is. */
function Running(): JSX.Element {
  const going = useStore(sessions).filter(({ view }) => !isOver(view.get().status));
  return (
    <div class="running">
      {going.map(({ id, name, view }) => (
        <a key={id} class="chip" href={linkTo.run(id)}>
          <span class={`light ${view.get().status}`} /> {name}
        </a>
      ))}
    </div>
  );
}

const Mark = (): JSX.Element => (
  <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
    <rect width="32" height="32" rx="8" class="mark-box" />
    <path d="M6 10c7 0 6 6 10 6s4-4 10-4" class="mark-one" />
    <path d="M6 17c7 0 6 5 10 5s4-3 10-3" class="mark-two" />
  </svg>
);
