// Writes frames to a stream: lines that stay, and on a terminal one line that is rewritten in place, with the cursor hidden meanwhile.
import type { WriteStream } from "node:tty";
import type { RunEvent } from "../../pipeline/events.ts";
import { coloursFor } from "./colours.ts";
import { render, startState } from "./render.ts";
import type { View } from "./view.ts";

const HIDE = "\u001b[?25l";
const SHOW = "\u001b[?25h";
const CLEAR = "\r\u001b[K";

type Stream = NodeJS.WritableStream & Partial<Pick<WriteStream, "isTTY" | "columns">>;

export interface Screen {
  show(event: RunEvent): void;
  line(text: string): void;
  /** Takes the live line away and gives the cursor back. */
  close(): void;
}

/** A screen that shows only the events that `shows` lets through. */
export function openScreen(stream: Stream, batchSize: number, shows: (event: RunEvent) => boolean = () => true): Screen {
  const live = stream.isTTY === true && process.env.TERM !== "dumb";
  const colours = coloursFor(stream);
  let state = startState;
  let drawn = "";

  const write = (lines: readonly string[], next: string): void => {
    if (next === drawn && lines.length === 0) return;
    const cursor = drawn === "" && next !== "" ? HIDE : drawn !== "" && next === "" ? SHOW : "";
    stream.write((drawn === "" ? "" : CLEAR) + lines.map((line) => `${line}\n`).join("") + next + cursor);
    drawn = next;
  };
  const close = (): void => write([], "");
  // Whatever ends the process, the cursor comes back.
  process.once("exit", close);

  return {
    show(event) {
      if (!shows(event)) return;
      const view: View = { width: live ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY, colours, live, batchSize };
      const frame = render(event, state, view);
      state = frame.state;
      write(frame.lines, frame.live);
    },
    line: (text) => write([text], ""),
    close() {
      close();
      process.removeListener("exit", close);
    },
  };
}
