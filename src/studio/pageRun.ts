// A run in this page: in a Worker of its own, whose source asks the studio's server for its files.
import { PauseController, run } from "../browser/index.ts";
import type { Pipeline } from "../pipeline/define.ts";
import type { StudioOptions } from "../records/protocol.ts";
import { api } from "./api.ts";
import { linkTo } from "./route.ts";
import { createView, isOver, type Session, stopwatch, take, turn } from "./session.ts";
import workerUrl from "./worker.ts?worker&url";

let count = 0;

export function startPageRun(file: string, pipeline: Pipeline, options: StudioOptions, keepAtEnd: boolean): Session {
  const name = pipeline.name ?? "run";
  const view = createView(pipeline.train.epochs ?? 1);
  const clock = stopwatch();
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const controller = new PauseController();
  const subscription = run(pipeline, { ...options, workerUrl, pause: controller.signal }).subscribe({
    next(event) {
      if (event.type === "artifact" && event.content !== undefined) files.set(event.name, event.content);
      take(view, event);
    },
    error(error: unknown) {
      clock.run(false);
      turn(view, { status: "failed", error: (error as Error).message });
    },
    complete() {
      clock.run(false);
      turn(view, { status: "done" });
      if (keepAtEnd) void keep();
    },
  });

  async function keep(): Promise<void> {
    const lines = view.get().state.history.map((epoch) => `${JSON.stringify(epoch)}\n`);
    files.set("history.jsonl", new TextEncoder().encode(lines.join("")));
    try {
      const run = await api.keep(name, files);
      turn(view, { run });
      // Loaded anew, the page finds it in its folder.
      if (location.hash === linkTo.run(session.id)) history.replaceState(null, "", linkTo.run(run));
    } catch (error) {
      turn(view, { notKept: (error as Error).message });
    }
  }

  const session: Session = {
    id: `page-${++count}`,
    where: "page",
    file,
    name,
    started: new Date().toISOString(),
    pipeline,
    view,
    elapsed: clock.elapsed,
    pause() {
      if (view.get().status !== "running") return;
      controller.pause();
      clock.run(false);
      turn(view, { status: "paused" });
    },
    resume() {
      if (view.get().status !== "paused") return;
      controller.resume();
      clock.run(true);
      turn(view, { status: "running" });
    },
    cancel() {
      if (isOver(view.get().status)) return;
      subscription.unsubscribe();
      clock.run(false);
      turn(view, { status: "cancelled" });
    },
    files,
    keep,
  };
  return session;
}
