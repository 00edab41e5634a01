// One run: while it goes on, and after it has ended.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { subtitle } from "../report/sections.ts";
import { api, folderOf } from "./api.ts";
import { Drawn } from "./drawn.tsx";
import { GoOn } from "./goOn.tsx";
import { LiveRun } from "./liveRun.tsx";
import { Report, ReportLink } from "./report.tsx";
import { findSessions, sessionOf, sessions } from "./sessions.ts";
import { useLoaded, useStore } from "./store.ts";
import { TryModel } from "./try/tryModel.tsx";

export function RunPage({ run }: { readonly run: string }): JSX.Element {
  useStore(sessions);
  const [looked, setLooked] = useState(sessionOf(run) !== undefined);
  useEffect(() => {
    if (!looked) void findSessions().finally(() => setLooked(true));
  }, [run]);
  const session = sessionOf(run);
  if (session !== undefined) return <LiveRun key={session.started} session={session} />;
  return looked ? <KeptRun run={run} /> : <p class="soft">Looking for the run…</p>;
}

function KeptRun({ run }: { readonly run: string }): JSX.Element {
  const { value: detail, error } = useLoaded(() => api.run(run), [run]);
  if (error !== undefined) return <p class="problem">{error}</p>;
  if (detail === undefined) return <p class="soft">Reading the run…</p>;
  return (
    <>
      <p class="eyebrow">Run</p>
      <div class="head">
        <h1>{detail.summary.pipeline}</h1>
        {detail.summary.state === "interrupted" && <GoOn run={run} />}
      </div>
      <Drawn what={subtitle(detail.record)} />
      <p class="path">
        {run} · <ReportLink run={run} />
      </p>
      {detail.record.report?.trained !== undefined && detail.record.metrics !== undefined && <TryModel files={folderOf(run)} />}
      <Report record={detail.record} />
    </>
  );
}
