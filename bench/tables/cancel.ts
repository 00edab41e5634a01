// node bench/tables/cancel.ts [ROWS] [TIMES]: a run of the generated table (default 1,000,000 rows) from reading to evaluation. First the longest pieces
// of work, in the processor's time, between which a cancellation gets through; then the run is cancelled at random moments (default 20 times),
// and what is told is how long after the moment it has ended.
import { type RunEvent, run } from "../../src/node/index.ts";
import { random } from "../../src/random.ts";
import { pipelineOf, withTable } from "./bigTable.ts";
import { watchThread } from "./watchThread.ts";

const [rows = "1000000", times = "20"] = process.argv.slice(2);

const whatOf = (event: RunEvent): string =>
  event.type === "stage" || event.type === "progress" ? `${event.stage} ${"what" in event ? event.what : event.kind}` : event.type;

/** Resolves when the run is over, however. */
function follow(path: string, signal: AbortSignal, seen: (event: RunEvent) => void): Promise<void> {
  return new Promise((resolve) => {
    run(pipelineOf(path), { signal, threads: 1 }).subscribe({ next: seen, error: () => resolve(), complete: resolve });
  });
}

await withTable(Number(rows), async (path) => {
  const started = performance.now();
  let watch = watchThread();
  const pieces: [milliseconds: number, what: string][] = [];
  let before = "the beginning";
  await follow(path, new AbortController().signal, (event) => {
    const { longest } = watch.stop();
    pieces.push([longest, before === whatOf(event) ? before : `${before} → ${whatOf(event)}`]);
    before = whatOf(event);
    watch = watchThread();
  });
  watch.stop();
  const seconds = (performance.now() - started) / 1000;
  console.log(`${rows} rows, ${seconds.toFixed(1)} s; the longest pieces of work:`);
  for (const [length, what] of pieces.toSorted(([a], [b]) => b - a).slice(0, 8))
    console.log(`${length.toFixed(0).padStart(6)} ms  ${what}`);

  const source = random(1, 0);
  const late: [milliseconds: number, what: string][] = [];
  for (let i = 0; i < Number(times); i++) {
    const leave = new AbortController();
    const moment = performance.now() + source.uniform() * seconds * 1000;
    const timer = setTimeout(() => leave.abort(), moment - performance.now());
    let at = "the beginning";
    await follow(path, leave.signal, (event) => {
      at = whatOf(event);
    });
    clearTimeout(timer);
    if (leave.signal.aborted) late.push([performance.now() - moment, at]);
    // What is left of the cancelled run has its turn now.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const [[longest, where] = [0, ""]] = late.toSorted(([a], [b]) => b - a);
  const middle = late.map(([delay]) => delay).toSorted((a, b) => a - b)[late.length >> 1] ?? 0;
  console.log(`cancelled ${late.length} times: ended ${middle.toFixed(0)} ms after (median), at most ${longest.toFixed(0)} ms (${where})`);
});
