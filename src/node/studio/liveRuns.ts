// The runs that this server carries out. They do not belong to a page: any number of pages may follow one, and one that is reloaded
// finds it again.
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { PipelineError } from "../../errors.ts";
import { asTrained, readPipelineFile } from "../../pipeline/artifacts.ts";
import type { Pipeline } from "../../pipeline/define.ts";
import type { EpochEvent } from "../../pipeline/events.ts";
import { PauseController } from "../../pipeline/pause.ts";
import { readRecord } from "../../pipeline/report/readRecord.ts";
import type { LiveControl, LiveInfo, LiveMessage, LiveStatus, StudioOptions } from "../../records/protocol.ts";
import { failureOf } from "../cli/failure.ts";
import { writeReport } from "../cli/report.ts";
import { placeOf, removeIfEmpty } from "../cli/runFolder.ts";
import { readStore } from "../store.ts";
import { createEventLog, type EventLog } from "./eventLog.ts";
import { nodeRun } from "./nodeRun.ts";

export interface LiveRuns {
  start(file: string, pipeline: Pipeline, options: StudioOptions): LiveInfo;
  /** Goes on with a run that was cut off, after its last checkpoint. */
  goOn(run: string): Promise<LiveInfo>;
  list(): LiveInfo[];
  control(run: string, what: LiveControl): Promise<LiveInfo>;
  /** From the beginning; ends with the run, or when `signal` fires. */
  follow(run: string, signal: AbortSignal): AsyncIterable<LiveMessage>;
  /** Ends all that run; each keeps its last checkpoint. */
  close(): Promise<void>;
}

const RUNS = "runs";

interface Live {
  info: LiveInfo;
  readonly log: EventLog;
  readonly followers: Set<(message: LiveMessage) => void>;
  readonly pause: PauseController;
  stop(): Promise<void>;
}

export function openLiveRuns(data: string | undefined): LiveRuns {
  const runs = new Map<string, Live>();
  /** Runs whose folder is being read, to go on. */
  const opening = new Set<string>();
  const find = (run: string): Live => {
    const live = runs.get(run);
    if (live === undefined) throw new PipelineError("config", run, "this server carries out no such run");
    return live;
  };
  const tell = (live: Live, message: LiveMessage): void => {
    for (const follower of live.followers) follower(message);
  };
  const turn = (live: Live, status: LiveStatus, error?: string): void => {
    live.info = { ...live.info, status, ...(error !== undefined && { error }) };
    tell(live, { info: live.info });
  };

  /** `before` are the epochs that the folder holds already, where the run goes on from there. */
  function carryOut(file: string, pipeline: Pipeline, options: StudioOptions, out: string, before?: readonly EpochEvent[]): LiveInfo {
    const end = async (status: LiveStatus, error?: string): Promise<void> => {
      if (status !== "done") {
        if (existsSync(join(out, "pipeline.json"))) await writeReport(out).catch(() => undefined);
        else removeIfEmpty(out);
      }
      turn(live, status, error);
    };
    const live: Live = {
      info: { run: basename(out), file, name: pipeline.name ?? basename(file), started: new Date().toISOString(), status: "running" },
      log: createEventLog(),
      followers: new Set(),
      pause: new PauseController(),
      async stop() {
        if (isOver(live.info.status)) return;
        subscription.unsubscribe();
        await end("cancelled");
      },
    };
    runs.set(live.info.run, live);
    for (const epoch of before ?? []) live.log.add(epoch);
    const subscription = nodeRun(pipeline, {
      ...options,
      out,
      resume: before !== undefined,
      pause: live.pause.signal,
      ...(data !== undefined && { data }),
    }).subscribe({
      next(event) {
        live.log.add(event);
        tell(live, { event });
      },
      error: (error: unknown) => void end("failed", failureOf(error).line),
      complete: () => void end("done"),
    });
    return live.info;
  }

  return {
    start: (file, pipeline, options) =>
      carryOut(file, pipeline, options, placeOf(pipeline.name ?? basename(file), undefined, undefined).out),
    async goOn(run) {
      const before = runs.get(run);
      if (opening.has(run) || (before !== undefined && !isOver(before.info.status)))
        throw new PipelineError("config", run, "it goes on already");
      opening.add(run);
      try {
        const { out } = placeOf("", undefined, join(RUNS, run));
        const file = await readPipelineFile(readStore(out));
        const { history } = await readRecord(readStore(out));
        return carryOut(before?.info.file ?? "", file.pipeline, asTrained(file), out, history);
      } finally {
        opening.delete(run);
      }
    },
    list: () => [...runs.values()].map(({ info }) => info),
    async control(run, what) {
      const live = find(run);
      if (what === "cancel") await live.stop();
      else if (!isOver(live.info.status)) {
        live.pause[what]();
        turn(live, what === "pause" ? "paused" : "running");
      }
      return live.info;
    },
    async *follow(run, signal) {
      const live = find(run);
      const queue: LiveMessage[] = [{ info: live.info }, ...live.log.events().map((event) => ({ event }))];
      let wake: () => void = () => {};
      const follower = (message: LiveMessage): void => {
        queue.push(message);
        wake();
      };
      live.followers.add(follower);
      const abort = (): void => wake();
      signal.addEventListener("abort", abort);
      try {
        while (!signal.aborted) {
          for (let message = queue.shift(); message !== undefined; message = queue.shift()) yield message;
          if (isOver(live.info.status)) return;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        live.followers.delete(follower);
        signal.removeEventListener("abort", abort);
      }
    },
    async close() {
      await Promise.all([...runs.values()].map((live) => live.stop()));
    },
  };
}

const isOver = (status: LiveStatus): boolean => status !== "running" && status !== "paused";
