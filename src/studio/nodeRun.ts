// A run that the server carries out, followed from here.
import type { Pipeline } from "../pipeline/define.ts";
import type { LiveInfo, LiveOrder } from "../records/protocol.ts";
import { changesBetween, toWire } from "../records/wire.ts";
import { api, follow } from "./api.ts";
import { createView, isOver, type Session, stopwatch, take, turn } from "./session.ts";

export async function startNodeRun(file: string, from: Pipeline, to: Pipeline, options: LiveOrder["options"]): Promise<Session> {
  const changes = Object.fromEntries(Object.entries(changesBetween(from, to)).map(([key, value]) => [key, toWire(value ?? null)]));
  return followNodeRun(await api.start({ file, changes, options }), to);
}

export function followNodeRun(info: LiveInfo, pipeline: Partial<Pipeline> = {}): Session {
  const { run, file, name, started } = info;
  const view = createView(pipeline.train?.epochs ?? 1);
  const clock = stopwatch();
  const before = Math.max(0, (Date.now() - Date.parse(started)) / 1000);
  const told = (next: LiveInfo): void => {
    clock.run(next.status === "running");
    turn(view, { status: next.status, ...(next.error !== undefined && { error: next.error }) });
  };
  turn(view, { run });
  const listen = async (): Promise<void> => {
    for await (const message of follow(run, new AbortController().signal)) {
      if ("info" in message) told(message.info);
      else take(view, message.event);
    }
  };
  listen().catch((error: unknown) => {
    if (!isOver(view.get().status)) turn(view, { status: "failed", error: (error as Error).message });
  });
  const control = (what: "pause" | "resume" | "cancel") => (): void =>
    void api.control(run, what).catch((error: unknown) => turn(view, { error: (error as Error).message }));
  return {
    id: run,
    where: "node",
    file,
    name,
    started,
    pipeline,
    view,
    elapsed: () => before + clock.elapsed(),
    pause: control("pause"),
    resume: control("resume"),
    cancel: control("cancel"),
    files: new Map(),
  };
}
