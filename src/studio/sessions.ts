// The runs that this page knows to go on: its own, and those of the server.
import { api } from "./api.ts";
import { followNodeRun } from "./nodeRun.ts";
import { isOver, type Session } from "./session.ts";
import { createStore } from "./store.ts";

export const sessions = createStore<readonly Session[]>([]);

export function addSession(session: Session): Session {
  sessions.set([...sessions.get(), session]);
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

/** Finds the runs that the server carries out: this page may have been loaded anew. */
export async function findSessions(): Promise<void> {
  for (const info of await api.live()) {
    if (isOver(info.status) || sessionOf(info.run) !== undefined) continue;
    const pipeline = await api.pipeline(info.file).catch(() => ({}));
    if (sessionOf(info.run) === undefined) addSession(followNodeRun(info, pipeline));
  }
}

addEventListener("beforeunload", (event) => {
  if (sessions.get().some(({ where, view }) => where === "page" && !isOver(view.get().status))) event.preventDefault();
});
