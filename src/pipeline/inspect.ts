// A pipeline up to where it would begin to train: its network is built and holds the rows.
import { type Built, build } from "./build.ts";
import type { RunContext } from "./context.ts";
import type { RunEvent } from "./events.ts";
import { clean, loadSource, normalize, split } from "./prepare.ts";

export async function* buildOnly(context: RunContext): AsyncGenerator<RunEvent, Built, undefined> {
  const table = yield* loadSource(context)();
  const cleaned = yield* clean(context)(table);
  const divided = yield* split(context)(cleaned);
  const prepared = yield* normalize(context)(divided);
  return yield* build(context)(prepared);
}
