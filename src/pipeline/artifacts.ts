// The files of a run folder: what they hold and how they are read back.
//   model.safetensors       the weights: all that a reader in another language needs
//   pipeline.json           the pipeline, and what was fitted on training rows: all that prediction needs
//   history.jsonl           one epoch event a line
//   metrics.json            the final evaluation
//   quarantine.jsonl        every row that cleaning removed, with the reason (quarantine.ts)
//   report.json             what a report shows and the other files do not hold: what the stages did, samples, mistakes
//   report.html             the report, which follows from the others
//   tensorboard/            event files for TensorBoard, where the run's options ask for them (tensorBoard/boardLog.ts)
//   checkpoint.safetensors  the whole state of training after an epoch, to resume from
import { readSafetensors, writeSafetensors } from "../data/safetensors.ts";
import { PipelineError } from "../errors.ts";
import type { Target } from "../nn/losses/target.ts";
import type { NamedTensor } from "../nn/memory.ts";
import type { RunContext } from "./context.ts";
import type { Pipeline } from "./define.ts";
import type { ArtifactEvent } from "./events.ts";
import type { FeedSpec } from "./feed.ts";
import { checkFits, type Fitted } from "./normalize.ts";
import type { RunOptions } from "./options.ts";
import type { Store } from "./platform.ts";
import type { RawInput } from "./rawInput.ts";

export const FORMAT = 1;

/** pipeline.json. */
export interface PipelineFile {
  readonly lanewise: typeof FORMAT;
  readonly pipeline: Pipeline;
  /** Which kernels computed it: the weights of a run are the same bits wherever the build is the same. */
  readonly build: string;
  /** What a row is before the stages; what clean stages have learned is kept by its name. */
  readonly input: RawInput;
  /** What the network reads: what the stages make of a row, and what its numbers are called. Where it is missing, that is what `input` is. */
  readonly reads?: Pick<FeedSpec, "shape" | "type"> & { readonly features?: readonly string[] };
  readonly target: Target & { readonly names?: readonly string[] };
  readonly fitted: Fitted;
  /** What a trivial model puts out for every row: the frequencies of the classes among training rows, or the means of the target. */
  readonly baseline: readonly number[];
}

/** The build that trained is the build that measures and predicts, so the numbers are the same bits. */
export const asTrained = ({ build }: PipelineFile): Pick<RunOptions, "backend" | "strict"> => ({
  backend: build === "js" ? "js" : "wasm",
  strict: build === "simd",
});

const INLINE_VALUES = 20_000;

const typedArrays = { Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array };

/** Data inside a pipeline (`arrays`) is kept if it is small, typed arrays as `{ typed, values }`; of large data only the size is noted. */
function withoutData(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const { length, constructor } = value as Float32Array;
    const whole = length <= INLINE_VALUES && Object.hasOwn(typedArrays, constructor.name);
    return whole ? { typed: constructor.name, values: Array.from(value as Float32Array) } : { omitted: `${constructor.name} of ${length}` };
  }
  if (Array.isArray(value)) return holdsMore(value, INLINE_VALUES) ? { omitted: `Array of ${value.length}` } : value.map(withoutData);
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withoutData(v)]));
  return value;
}

/** Whether a list, and the lists in it, hold more than this many values. */
function holdsMore(list: readonly unknown[], most: number): boolean {
  let left = most;
  const count = (value: unknown): void => {
    if (!Array.isArray(value)) left--;
    else for (let i = 0; i < value.length && left >= 0; i++) count(value[i]);
  };
  count(list);
  return left < 0;
}

/** For `JSON.parse`: undoes what `withoutData` did to typed arrays. JSON has null for NaN. */
function revive(_: string, value: unknown): unknown {
  const { typed, values } = (value ?? {}) as { typed?: unknown; values?: unknown };
  if (typeof typed !== "string" || !Array.isArray(values) || !Object.hasOwn(typedArrays, typed)) return value;
  return new typedArrays[typed as keyof typeof typedArrays](values.map((n: number | null) => n ?? Number.NaN));
}

const text = new TextEncoder();

export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> => text.encode(`${JSON.stringify(value, null, 2)}\n`);

/** The pipeline as JSON, to read. */
export const pipelineText = (pipeline: Pipeline): string => `${JSON.stringify(withoutData(pipeline), null, 2)}\n`;

/** Of a run that keeps no model there is the pipeline alone. */
export const pipelineBytes = (file: PipelineFile | Pick<PipelineFile, "lanewise" | "pipeline">): Uint8Array<ArrayBuffer> =>
  jsonBytes({ ...file, pipeline: withoutData(file.pipeline) });

export const historyBytes = (epochs: readonly unknown[]): Uint8Array<ArrayBuffer> =>
  text.encode(epochs.map((e) => `${JSON.stringify(e)}\n`).join(""));

export function modelBytes(weights: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  return writeSafetensors(
    weights.map((t) => ({ ...t, dtype: "F32" as const })),
    { format: "lanewise" },
  );
}

/** What the network reads. */
export function readsOf({ input, reads }: PipelineFile): Pick<FeedSpec, "shape" | "type"> {
  if (reads !== undefined) return reads;
  if (input.type === "text" || input.type === "table")
    throw new PipelineError("data", "pipeline.json", "reads is missing; the file was changed");
  return input;
}

/** Writes the file where the run has a folder; otherwise hands its content to the subscriber. */
export async function* artifact(
  { store }: Pick<RunContext, "store">,
  name: string,
  content: Uint8Array<ArrayBuffer>,
): AsyncGenerator<ArtifactEvent, void, undefined> {
  if (store !== undefined) await store.write(name, content);
  yield { type: "artifact", name, bytes: content.length, ...(store === undefined && { content }) };
}

export async function readPipelineFile(store: Pick<Store, "name" | "read">): Promise<PipelineFile> {
  const bytes = await store.read("pipeline.json");
  const at = `${store.name}/pipeline.json`;
  if (bytes === undefined) throw new PipelineError("io", at, "not found; is this the folder of a run?");
  let file: PipelineFile;
  try {
    file = JSON.parse(new TextDecoder().decode(bytes), revive) as PipelineFile;
  } catch (cause) {
    throw new PipelineError("data", at, `not JSON: ${(cause as Error).message}`, cause);
  }
  if (file?.lanewise !== FORMAT)
    throw new PipelineError(
      "data",
      at,
      `expected "lanewise": ${FORMAT}, got ${JSON.stringify(file?.lanewise)}; was it written by another version?`,
    );
  if (file.fitted === undefined && file.pipeline?.split?.refit === false)
    throw new PipelineError("data", at, "the run has kept no model, as refit: false asks; run it without to have one");
  const whole = file.input?.type === "text" || file.input?.type === "table" ? file.reads !== undefined : Array.isArray(file.input?.shape);
  const fitted = file.fitted?.affine !== undefined && Array.isArray(file.fitted.normalize);
  if (!whole || file.target === undefined || !fitted || !Array.isArray(file.baseline)) {
    throw new PipelineError("data", at, "input, target, fitted or baseline is missing; the file was changed or cut off");
  }
  checkFits(file.pipeline?.normalize ?? [], file.fitted.normalize, at);
  return file;
}

export async function readWeights(store: Pick<Store, "name" | "read">): Promise<NamedTensor[]> {
  const bytes = await store.read("model.safetensors");
  if (bytes === undefined) {
    const half = (await store.read("checkpoint.safetensors")) !== undefined;
    throw new PipelineError(
      "io",
      `${store.name}/model.safetensors`,
      half ? "not there yet: the run did not finish; continue it with --resume" : "not found; is this the folder of a run?",
    );
  }
  return tensorsOf(bytes, `${store.name}/model.safetensors`).tensors;
}

export function tensorsOf(
  bytes: Uint8Array<ArrayBuffer>,
  at: string,
): { tensors: NamedTensor[]; metadata: Readonly<Record<string, string>> } {
  const { tensors, metadata } = readSafetensors(bytes, at);
  return {
    metadata,
    tensors: tensors.map(({ name, shape, data }) => {
      if (!(data instanceof Float32Array)) throw new PipelineError("data", at, `"${name}" is not F32`);
      return { name, shape, data };
    }),
  };
}

const runFiles = new Set([
  "model.safetensors",
  "pipeline.json",
  "history.jsonl",
  "metrics.json",
  "report.json",
  "report.html",
  "folds.jsonl",
  "quarantine.jsonl",
  "checkpoint.safetensors",
]);

/** Whether a run leaves a file of this name in its folder. */
export const isRunFile = (name: string): boolean =>
  runFiles.has(name) || /^quarantine-\d+-\d+\.jsonl$|^tensorboard\/.*\.tfevents\./.test(name.replaceAll("\\", "/"));
