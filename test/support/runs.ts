// What tests of whole runs need: their events, a folder in memory, and the steps one by one.
import { nodePlatform } from "../../src/node/platform.ts";
import type { Built } from "../../src/pipeline/build.ts";
import type { RunContext } from "../../src/pipeline/context.ts";
import type { Pipeline } from "../../src/pipeline/define.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { buildOnly } from "../../src/pipeline/inspect.ts";
import type { RunOptions } from "../../src/pipeline/options.ts";
import type { Store } from "../../src/pipeline/platform.ts";

export async function all(run: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

/** The events of one type, in order. */
export function ofType<T extends RunEvent["type"]>(events: readonly RunEvent[], type: T): Extract<RunEvent, { type: T }>[] {
  return events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
}

/** The bytes of a file of a run without a folder. */
export function fileOf(events: readonly RunEvent[], name: string): Buffer {
  const found = ofType(events, "artifact").findLast((event) => event.name === name)?.content;
  if (found === undefined) throw new Error(`the run left no ${name}`);
  return Buffer.from(found);
}

/** What a generator returns; its events are added to `events`. */
export async function resultOf<T>(generator: AsyncGenerator<RunEvent, T, undefined>, events: RunEvent[] = []): Promise<T> {
  for (;;) {
    const next = await generator.next();
    if (next.done === true) return next.value;
    events.push(next.value);
  }
}

export function memoryStore(files = new Map<string, Uint8Array<ArrayBuffer>>()): Store & { readonly files: typeof files } {
  return {
    files,
    name: "memory",
    read: async (name) => files.get(name),
    async write(name, bytes) {
      files.set(name, bytes.slice());
    },
    async append(name, bytes) {
      const before = files.get(name) ?? new Uint8Array();
      const whole = new Uint8Array(before.length + bytes.length);
      whole.set(before);
      whole.set(bytes, before.length);
      files.set(name, whole);
    },
  };
}

export function contextOf(pipeline: Pipeline, options: RunOptions = {}, store?: Store, signal = new AbortController().signal): RunContext {
  return { pipeline, options, platform: nodePlatform, signal, store, started: performance.now() };
}

/** A pipeline up to where it would begin to train. */
export const builtOf = (context: RunContext): Promise<Built> => resultOf(buildOnly(context));

/** The message that a run, or anything else, fails with. */
export async function failure(of: AsyncIterable<RunEvent> | Promise<unknown>): Promise<string> {
  try {
    await (Symbol.asyncIterator in of ? all(of) : of);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it did not fail");
}
