// What has happened in a run, for those who come later: all that matters, and of the rest so much that it can be drawn.
import type { RunEvent } from "../../pipeline/events.ts";

/** More reports from within epochs than these are thinned. */
const MOST_BATCHES = 600;

export interface EventLog {
  add(event: RunEvent): void;
  events(): readonly RunEvent[];
}

export function createEventLog(): EventLog {
  let events: RunEvent[] = [];
  let batches = 0;
  return {
    add(event) {
      // Of progress the latest says all.
      if (events.at(-1)?.type === "progress") events.pop();
      events.push(event.type === "artifact" ? withoutContent(event) : event);
      if (event.type !== "batch" || ++batches <= MOST_BATCHES) return;
      let nth = 0;
      events = events.filter(({ type }) => type !== "batch" || nth++ % 2 === 0);
      batches = events.filter(({ type }) => type === "batch").length;
    },
    events: () => events,
  };
}

const withoutContent = ({ content: _, ...event }: Extract<RunEvent, { type: "artifact" }>): RunEvent => event;
