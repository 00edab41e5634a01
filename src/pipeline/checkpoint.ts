// A checkpoint is everything that the next epoch depends on: weights, the optimizer's memory, the best weights so far, and where
// training stood. A run that is killed and resumed ends in the same bytes as one that was not.
import { writeSafetensors } from "../data/safetensors.ts";
import { PipelineError, show } from "../errors.ts";
import type { NamedTensor } from "../nn/memory.ts";
import { tensorsOf } from "./artifacts.ts";
import type { CallbackState } from "./callbacks.ts";
import type { Pipeline } from "./define.ts";
import type { DoneEvent, EpochEvent, FoldResult, Scalars } from "./events.ts";
import type { Store } from "./platform.ts";

export interface TrainState {
  /** Epochs that are finished, and the optimizer steps that they took. */
  readonly epoch: number;
  readonly steps: number;
  readonly callbacks: readonly CallbackState[];
  readonly history: readonly EpochEvent[];
  /** Set when training is over. */
  readonly ended?: DoneEvent["reason"];
  /** The folds that were finished before this training began. */
  readonly finished?: readonly FoldResult[];
}

export interface Checkpoint extends TrainState {
  readonly tensors: readonly NamedTensor[];
  readonly best?: readonly NamedTensor[];
}

const NAME = "checkpoint.safetensors";
const BEST = "best/";

/**
 * All that the weights follow from, as JSON. What may differ when a run is resumed is not in it: how long it goes on, and what it measures.
 * Folds that are finished fix those, too.
 */
export function identityOf(pipeline: Pipeline, build: string): string {
  const free = pipeline.split?.folds === undefined && { evaluate: undefined, train: { ...pipeline.train, epochs: undefined } };
  return JSON.stringify({ ...pipeline, name: undefined, ...free, build }, (_, value: unknown) =>
    isLong(value) ? fingerprint(value) : value,
  );
}

export function checkpointBytes(identity: string, { tensors, best, ...state }: Checkpoint): Uint8Array<ArrayBuffer> {
  const all = [...tensors, ...(best ?? []).map((t) => ({ ...t, name: BEST + t.name }))];
  return writeSafetensors(
    all.map((t) => ({ ...t, dtype: "F32" as const })),
    { format: "lanewise", state: JSON.stringify(state), pipeline: identity },
  );
}

export { NAME as checkpointName };

/** The checkpoint of an earlier run of this very pipeline, or undefined where there is none. */
export async function readCheckpoint(store: Store, identity: string): Promise<Checkpoint | undefined> {
  const bytes = await store.read(NAME);
  if (bytes === undefined) return undefined;
  const at = `${store.name}/${NAME}`;
  const { tensors, metadata } = tensorsOf(bytes, at);
  const changed =
    metadata.pipeline === undefined ? "it holds no pipeline" : difference(JSON.parse(metadata.pipeline), JSON.parse(identity), "");
  if (changed !== undefined) {
    throw new PipelineError(
      "config",
      "--resume",
      `${at} belongs to another run: ${changed}; start anew in another folder, or change it back`,
    );
  }
  const best = tensors.filter((t) => t.name.startsWith(BEST)).map((t) => ({ ...t, name: t.name.slice(BEST.length) }));
  return {
    ...(JSON.parse(metadata.state as string) as TrainState),
    tensors: tensors.filter((t) => !t.name.startsWith(BEST)),
    ...(best.length > 0 && { best }),
  };
}

/** The folds that an earlier run in this folder has finished; whose run it was is not looked at. */
export async function finishedFolds(store: Store): Promise<readonly FoldResult[]> {
  const bytes = await store.read(NAME);
  if (bytes === undefined) return [];
  const { metadata } = tensorsOf(bytes, `${store.name}/${NAME}`);
  const { finished = [] } = JSON.parse(metadata.state ?? "{}") as Partial<TrainState>;
  // JSON has null for NaN.
  const numbers = (scalars: Scalars): Scalars => Object.fromEntries(Object.entries(scalars).map(([name, n]) => [name, n ?? Number.NaN]));
  return finished.map((fold) => ({ ...fold, test: numbers(fold.test), ...(fold.baseline && { baseline: numbers(fold.baseline) }) }));
}

/** Names the first setting that differs; the order of settings is of no account. */
function difference(then: unknown, now: unknown, path: string): string | undefined {
  if (then === now) return undefined;
  if (typeof then !== "object" || typeof now !== "object" || then === null || now === null)
    return `${path} was ${show(then)} and is ${show(now)}`;
  const [before, after] = [then as Record<string, unknown>, now as Record<string, unknown>];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const found = difference(before[key], after[key], path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const LONG = 1000;

const isLong = (value: unknown): value is ArrayLike<unknown> => ArrayBuffer.isView(value) || (Array.isArray(value) && value.length > LONG);

/** What stands for data that a pipeline holds itself: its length and a hash of 64 bits. */
function fingerprint(data: ArrayLike<unknown>): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  const mix = (word: number): void => {
    a = Math.imul(a ^ word, 0x01000193);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x5bd1e995);
    b ^= b >>> 13;
  };
  if (ArrayBuffer.isView(data)) for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) mix(byte);
  else
    for (let i = 0; i < data.length; i++) {
      const text = JSON.stringify(data[i]) ?? "";
      for (let j = 0; j < text.length; j++) mix(text.charCodeAt(j));
      mix(-1);
    }
  const hash = [a, b].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  return `${data.constructor.name} of ${data.length}, ${hash}`;
}
