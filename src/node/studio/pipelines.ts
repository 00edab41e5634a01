// The pipelines that the studio offers: files that were named, or those in pipelines/, and one that is built in. A file is read anew when
// it has changed.
import { readdirSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { PipelineError } from "../../errors.ts";
import type { Pipeline } from "../../pipeline/define.ts";
import type { PipelineBrief, PipelineEntry } from "../../records/protocol.ts";
import { toWire } from "../../records/wire.ts";
import { failureOf } from "../cli/failure.ts";
import { loadPipeline, pipelineExtensions } from "../cli/loadPipeline.ts";
import { builtIn } from "./builtIn.ts";

const FOLDER = "pipelines";
export const BUILT_IN = ":strokes";
const LOADS_WITHIN_MS = 15_000;

export interface Pipelines {
  list(): Promise<PipelineEntry[]>;
  /** Throws where there is none, or where it does not load. */
  load(file: string): Promise<Pipeline>;
}

/** `given` are files, or folders of them. */
export function openPipelines(given: readonly string[]): Pipelines {
  const loaded = new Map<string, { readonly version: number; readonly pipeline: Promise<Pipeline> }>();
  const files = (): string[] => [...new Set(given.length > 0 ? given.flatMap((path) => filesOf(path)) : filesOf(FOLDER, true))];

  function load(file: string): Promise<Pipeline> {
    if (file === BUILT_IN) return Promise.resolve(builtIn);
    if (!files().includes(file)) throw new PipelineError("config", file, "the studio does not offer this pipeline");
    const version = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const known = loaded.get(file);
    if (known?.version === version) return known.pipeline;
    const pipeline = inTime(file, loadPipeline(file, version));
    loaded.set(file, { version, pipeline });
    return pipeline;
  }

  return {
    load,
    async list() {
      const entries = await Promise.all(files().map((file) => entryOf(file, () => load(file))));
      const taken = entries.some(({ name }) => name === builtIn.name);
      return taken ? entries : [...entries, await entryOf(BUILT_IN, () => Promise.resolve(builtIn))];
    },
  };
}

function filesOf(path: string, optional = false): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined && optional) return [];
  if (found?.isDirectory() !== true) return [path];
  return readdirSync(path)
    .filter((name) => pipelineExtensions.includes(extname(name)) && !name.endsWith(".d.ts"))
    .sort()
    .map((name) => join(path, name));
}

/** A file may await what never comes. */
function inTime<T>(file: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const seconds = LOADS_WITHIN_MS / 1000;
    const late = (): void =>
      reject(new PipelineError("config", file, `it has not loaded within ${seconds} s; does it await what never comes?`));
    const timer = setTimeout(late, LOADS_WITHIN_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function entryOf(file: string, load: () => Promise<Pipeline>): Promise<PipelineEntry> {
  const name = basename(file, extname(file)).replace(/^:/, "");
  try {
    const pipeline = await load();
    const nodeOnly = whyNodeOnly(pipeline);
    return { file, name: pipeline.name ?? name, brief: briefOf(pipeline), ...(nodeOnly !== undefined && { nodeOnly }) };
  } catch (error) {
    return { file, name, error: failureOf(error).line };
  }
}

function whyNodeOnly(pipeline: Pipeline): string | undefined {
  try {
    toWire(pipeline);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const kindOf = (value: unknown): string => (typeof value === "string" ? value : String((value as { kind?: unknown } | null)?.kind ?? ""));

const briefOf = ({ source, clean = [], normalize = [], augment = [], model, train }: Pipeline): PipelineBrief => ({
  source: source.kind,
  stages: [...clean, ...normalize, ...augment].map(kindOf),
  layers: model.map(kindOf),
  loss: kindOf(train.loss),
  epochs: train.epochs ?? 1,
});
