// What the studio's server can be asked. Each route gives an answer; what goes wrong is told in one line.
import { availableParallelism } from "node:os";
import { PipelineError } from "../../errors.ts";
import { checkPipeline, type Pipeline } from "../../pipeline/define.ts";
import { version } from "../../pipeline/generated/version.ts";
import { controls, type LiveControl, type LiveOrder, type RunRow, type StudioFacts } from "../../records/protocol.ts";
import { fromWire, toWire } from "../../records/wire.ts";
import { type Answer, bytesAnswer, json, jsonLines, refused } from "./answer.ts";
import type { DataFiles } from "./dataFiles.ts";
import { reportPolicy } from "./headers.ts";
import type { LiveRuns } from "./liveRuns.ts";
import type { Pipelines } from "./pipelines.ts";
import type { RunFolders } from "./runFolders.ts";

export interface Studio {
  readonly pipelines: Pipelines;
  readonly runs: RunFolders;
  readonly live: LiveRuns;
  readonly data: DataFiles;
  readonly facts: Pick<StudioFacts, "node" | "runs">;
}

export interface Call {
  readonly url: URL;
  /** What the parts of the path are, where the route leaves them open. */
  readonly parts: readonly string[];
  /** Fires when whoever asked has gone. */
  readonly signal: AbortSignal;
  body(): Promise<Uint8Array<ArrayBuffer>>;
}

type Handler = (studio: Studio, call: Call) => Promise<Answer> | Answer;

const OCTETS = "application/octet-stream";

/** `*` stands for a part of the path. */
const routes: Readonly<Record<string, Handler>> = {
  "GET /api/studio": ({ facts }) =>
    json({ ...facts, version, runtime: `Node ${process.versions.node}`, cores: availableParallelism() } satisfies StudioFacts),
  "GET /api/pipelines": async ({ pipelines }) => json(await pipelines.list()),
  "GET /api/pipelines/*": async ({ pipelines }, { parts: [file = ""] }) => json(toWire(await pipelines.load(file))),
  "GET /api/runs": async ({ runs, live }) => {
    const statuses = new Map(live.list().map(({ run, status }) => [run, status]));
    const rows = (await runs.list()).map((row): RunRow => {
      const status = statuses.get(row.folder);
      return status === "running" || status === "paused" ? { ...row, live: status } : row;
    });
    return json(rows);
  },
  "POST /api/runs": async ({ runs }, call) => json({ run: runs.create(String((await bodyOf<{ name: unknown }>(call)).name ?? "run")) }),
  "GET /api/runs/*": async ({ runs }, { parts: [run = ""] }) => json(await runs.read(run)),
  "POST /api/runs/*/report": async ({ runs }, { parts: [run = ""] }) => {
    await runs.finish(run);
    return json({});
  },
  "GET /api/runs/*/files/*": async ({ runs }, { parts: [run = "", name = ""] }) => {
    const bytes = await runs.file(run, name);
    if (bytes === undefined) return refused(404, `${run} has no ${name}`);
    if (name === "report.html") return bytesAnswer(bytes, "text/html; charset=utf-8", { "content-security-policy": reportPolicy });
    return bytesAnswer(bytes, name.endsWith(".json") ? "application/json" : OCTETS);
  },
  "PUT /api/runs/*/files/*": async ({ runs }, { parts: [run = "", name = ""], body }) => {
    await runs.write(run, name, await body());
    return json({});
  },
  "GET /api/live": ({ live }) => json(live.list()),
  "POST /api/live": async ({ live, pipelines }, call) => {
    const { file, changes, options } = await bodyOf<LiveOrder>(call);
    const pipeline = withChanges(await pipelines.load(String(file)), changes);
    return json(live.start(file, pipeline, options ?? {}));
  },
  "GET /api/live/*/events": ({ live }, { parts: [run = ""], signal }) => jsonLines(live.follow(run, signal)),
  "POST /api/live/*/continue": async ({ live, runs }, { parts: [run = ""] }) => {
    await runs.read(run);
    return json(await live.goOn(run));
  },
  "POST /api/live/*/*": async ({ live }, { parts: [run = "", what = ""] }) => {
    if (!controls.includes(what as LiveControl)) return refused(404, `a run cannot be told to ${what}`);
    return json(await live.control(run, what as LiveControl));
  },
  "POST /api/data/file": async ({ data }, call) => bytesAnswer(await data.file(await bodyOf(call), call.signal), OCTETS),
  "GET /api/data/read": async ({ data }, { url, signal }) => bytesAnswer(await data.read(pathOf(url), signal), OCTETS),
  "GET /api/data/list": async ({ data }, { url }) => json(await data.list(pathOf(url))),
};

const patterns = Object.entries(routes).map(([route, handler]) => ({
  pattern: new RegExp(`^${route.replaceAll("*", "([^/]+)")}$`),
  handler,
}));

/** Undefined where there is no such route. */
export function route(method: string, path: string): { readonly handler: Handler; readonly parts: string[] } | undefined {
  for (const { pattern, handler } of patterns) {
    const found = pattern.exec(`${method} ${path}`);
    if (found !== null) return { handler, parts: found.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}

async function bodyOf<T>({ body }: Call): Promise<T> {
  try {
    return JSON.parse(new TextDecoder().decode(await body())) as T;
  } catch (cause) {
    throw new PipelineError("config", "body", `not JSON: ${(cause as Error).message}`, cause);
  }
}

function pathOf(url: URL): string {
  const path = url.searchParams.get("path");
  if (path === null) throw new PipelineError("config", "path", "it is missing");
  return path;
}

/** A section that is null in `changes` is gone. */
function withChanges(pipeline: Pipeline, changes: LiveOrder["changes"] = {}): Pipeline {
  const merged = { ...pipeline, ...(fromWire(changes) as object) };
  return checkPipeline(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)));
}
