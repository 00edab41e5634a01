// What reaches a terminal: the live line is taken away before lines that stay, and the cursor always comes back.
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openScreen } from "../../src/node/cli/screen.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";

const HIDE = "\u001b[?25l";
const SHOW = "\u001b[?25h";
const CLEAR = "\r\u001b[K";
const progress: RunEvent = { type: "progress", stage: "source", what: "drawing digits", done: 1, total: 0 };
const warning: RunEvent = { type: "warning", at: "here", message: "look" };

function stream(isTTY: boolean) {
  const written: string[] = [];
  const writable = new Writable({
    write(chunk: Buffer, _, done) {
      written.push(chunk.toString());
      done();
    },
  });
  return { written, stream: Object.assign(writable, { isTTY, columns: 80 }) };
}

describe("a screen", () => {
  beforeEach(() => {
    vi.stubEnv("NO_COLOR", "1");
    vi.stubEnv("TERM", "xterm");
  });
  afterEach(() => vi.unstubAllEnvs());

  it("hides the cursor while there is a live line, and gives it back", () => {
    const { written, stream: terminal } = stream(true);
    const screen = openScreen(terminal, 32);
    screen.show(progress);
    screen.show({ ...progress, done: 2 });
    screen.show(warning);
    screen.show(progress);
    screen.close();
    expect(written).toEqual([
      `  source drawing digits 1${HIDE}`,
      `${CLEAR}  source drawing digits 2`,
      `${CLEAR}⚠ here: look\n${SHOW}`,
      `  source drawing digits 1${HIDE}`,
      `${CLEAR}${SHOW}`,
    ]);
  });

  it("gives the cursor back however the process ends, and leaves no listener once closed", () => {
    const before = process.listenerCount("exit");
    const { written, stream: terminal } = stream(true);
    const screen = openScreen(terminal, 32);
    screen.show(progress);
    (process.listeners("exit").at(-1) as () => void)();
    expect(written.at(-1)).toBe(`${CLEAR}${SHOW}`);
    screen.close();
    expect(process.listenerCount("exit")).toBe(before);
  });

  it("writes lines only where there is no terminal, or a dumb one", () => {
    const { written, stream: file } = stream(false);
    const screen = openScreen(file, 32);
    screen.show(progress);
    screen.show(warning);
    screen.close();
    expect(written).toEqual(["⚠ here: look\n"]);
    vi.stubEnv("TERM", "dumb");
    const dumb = stream(true);
    openScreen(dumb.stream, 32).show(progress);
    expect(dumb.written).toEqual([]);
  });

  it("shows only what is let through", () => {
    const { written, stream: file } = stream(false);
    openScreen(file, 32, (event) => event.type !== "warning").show(warning);
    expect(written).toEqual([]);
  });
});
