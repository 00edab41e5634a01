// A checkpoint is everything that the next epoch depends on: weights, the optimizer's memory, the best weights so far, and where
// training stood. A run that is killed and resumed ends in the same bytes as one that was not.
import { writeSafetensors } from "../data/safetensors.ts";
import { PipelineError, show } from "../errors.ts";
import type { NamedTensor } from "../nn/memory.ts";
import { tensorsOf } from "./artifacts.ts";
import type { CallbackState } from "./callbacks.ts";
import type { Pipeline } from "./define.ts";
import type { DoneEvent, EpochEvent } from "./events.ts";
import type { Store } from "./platform.ts";

export interface TrainState {
  /** Epochs that are finished, and the optimizer steps that they took. */
  readonly epoch: number;
  readonly steps: number;
  readonly callbacks: readonly CallbackState[];
  readonly history: readonly EpochEvent[];
  /** Set when training is over. */
  readonly ended?: DoneEvent["reason"];
}

export interface Checkpoint extends TrainState {
  readonly tensors: readonly NamedTensor[];
  readonly best?: readonly NamedTensor[];
}

const NAME = "checkpoint.safetensors";
const BEST = "best/";

/** What may differ when a run is resumed: how long it goes on. */
const identityOf = (pipeline: Pipeline, build: string): string =>
  JSON.stringify(
    { ...pipeline, name: undefined, evaluate: undefined, train: { ...pipeline.train, epochs: undefined }, build },
    (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value),
  );

export function checkpointBytes(pipeline: Pipeline, build: string, { tensors, best, ...state }: Checkpoint): Uint8Array<ArrayBuffer> {
  const all = [...tensors, ...(best ?? []).map((t) => ({ ...t, name: BEST + t.name }))];
  return writeSafetensors(
    all.map((t) => ({ ...t, dtype: "F32" as const })),
    { format: "lanewise", state: JSON.stringify(state), pipeline: identityOf(pipeline, build) },
  );
}

export { NAME as checkpointName };

/** The checkpoint of an earlier run of this very pipeline, or undefined where there is none. */
export async function readCheckpoint(store: Store, pipeline: Pipeline, build: string): Promise<Checkpoint | undefined> {
  const bytes = await store.read(NAME);
  if (bytes === undefined) return undefined;
  const at = `${store.name}/${NAME}`;
  const { tensors, metadata } = tensorsOf(bytes, at);
  const now = identityOf(pipeline, build);
  if (metadata.pipeline !== now) {
    throw new PipelineError(
      "config",
      "--resume",
      `${at} belongs to another run: ${difference(metadata.pipeline, now)}; start anew in another folder, or change it back`,
    );
  }
  const best = tensors.filter((t) => t.name.startsWith(BEST)).map((t) => ({ ...t, name: t.name.slice(BEST.length) }));
  return {
    ...(JSON.parse(metadata.state as string) as TrainState),
    tensors: tensors.filter((t) => !t.name.startsWith(BEST)),
    ...(best.length > 0 && { best }),
  };
}

/** Names the first setting that differs. */
function difference(then: string | undefined, now: string): string {
  if (then === undefined) return "it holds no pipeline";
  const walk = (a: unknown, b: unknown, path: string): string | undefined => {
    if (JSON.stringify(a) === JSON.stringify(b)) return undefined;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return `${path} was ${show(a)} and is ${show(b)}`;
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = walk((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], path === "" ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(JSON.parse(then), JSON.parse(now), "") ?? "the settings differ";
}
