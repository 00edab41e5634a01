// The runs that this page knows to go on: its own, and those of the server.
import type { Pipeline } from "../pipeline/define.ts";
import type { LiveInfo } from "../records/protocol.ts";
import { api } from "./api.ts";
import { followNodeRun } from "./nodeRun.ts";
import { isOver, type Session } from "./session.ts";
import { createStore } from "./store.ts";

export const sessions = createStore<readonly Session[]>([]);

export function addSession(session: Session): Session {
  // A run that goes on takes the place of itself.
  sessions.set([...sessions.get().filter(({ id, view }) => id !== session.id && view.get().run !== session.id), session]);
  // Who follows the list sees a run pause and end.
  let { status } = session.view.get();
  const end = session.view.follow(() => {
    const now = session.view.get().status;
    if (now === status) return;
    status = now;
    if (isOver(status)) end();
    sessions.set([...sessions.get()]);
  });
  return session;
}

/** By what its address, or its folder, is called. */
export const sessionOf = (id: string): Session | undefined =>
  sessions.get().find((session) => session.id === id || session.view.get().run === id);

/** Of a run that goes on after it was cut off, what its folder says. */
const pipelineOf = async ({ run, file }: LiveInfo): Promise<Partial<Pipeline>> =>
  file === "" ? ((await api.run(run)).record.pipeline as Partial<Pipeline>) : api.pipeline(file);

/** Goes on, in Node, with a run that was cut off. */
export async function goOn(run: string): Promise<void> {
  const { record } = await api.run(run);
  addSession(followNodeRun(await api.goOn(run), record.pipeline as Partial<Pipeline>));
}

/** Finds the runs that the server carries out: this page may have been loaded anew. */
export async function findSessions(): Promise<void> {
  for (const info of await api.live()) {
    if (isOver(info.status) || sessionOf(info.run) !== undefined) continue;
    const pipeline = await pipelineOf(info).catch(() => ({}));
    if (sessionOf(info.run) === undefined) addSession(followNodeRun(info, pipeline));
  }
}

addEventListener("beforeunload", (event) => {
  if (sessions.get().some(({ where, view }) => where === "page" && !isOver(view.get().status))) event.preventDefault();
});
