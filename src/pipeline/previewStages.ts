// What a pipeline makes of some of its rows, stage by stage, up to where it would begin to train: for somebody to look at before a run.
import type { Table } from "../data/table.ts";
import { take } from "../data/take.ts";
import { build } from "./build.ts";
import type { RunContext } from "./context.ts";
import { describeTable } from "./describeTable.ts";
import type { RunEvent, StageEvent } from "./events.ts";
import { clean, loadSource, normalize, split } from "./prepare.ts";
import { examplesOf } from "./report/examples.ts";
import { excerptsOf } from "./report/excerpts.ts";
import type { Example } from "./report/file.ts";
import { augments, readingOf } from "./report/readingOf.ts";
import { resample } from "./resample.ts";
import { samplesOf, showing } from "./samples.ts";

/** Training rows as the network reads them, and as augmentation makes them. */
export interface ExamplesEvent {
  readonly type: "examples";
  readonly examples: readonly Example[];
}

export interface PreviewOptions {
  /** How many rows are followed through the stages. Default 6. */
  readonly rows?: number;
  /** Of more rows than this the source gives, evenly spread ones are taken, so that it is quick. Default 4000. */
  readonly limit?: number;
}

/** Events as of a run. Throws what a run would throw, after the stages that went well. */
export async function* previewStages(
  context: RunContext,
  { rows = 6, limit = 4000 }: PreviewOptions = {},
): AsyncGenerator<RunEvent | ExamplesEvent, void, undefined> {
  const source = loadSource({ ...context, options: { ...context.options, samples: 0 } })();
  let loaded = await source.next();
  let read: StageEvent | undefined;
  while (loaded.done !== true) {
    if (loaded.value.type === "stage") read = loaded.value;
    else yield loaded.value;
    loaded = await source.next();
  }
  const whole = loaded.value;
  const table = showing(some(whole, limit), rows);
  if (read !== undefined) yield { ...read, rowsOut: table.rows, note: describeTable(table), ...samplesOf(table) };
  const excerpts = excerptsOf(table);
  const cleaned = yield* clean(context)(table);
  const prepared = yield* normalize(context)(yield* split(context)(cleaned));
  const reading = readingOf(prepared);
  const built = yield* build(context)(yield* resample(context)(prepared));
  try {
    yield { type: "examples", examples: examplesOf(built, reading, excerpts, augments(context.pipeline)) };
  } finally {
    await built.session.executor.close();
  }
}

function some(table: Table, limit: number): Table {
  if (table.rows <= limit) return table;
  return take(
    table,
    Uint32Array.from({ length: limit }, (_, i) => Math.floor((i * table.rows) / limit)),
  );
}
