// Pipelines as the reader has changed them: kept while the page is open, whichever view is shown.
import type { Pipeline } from "../pipeline/define.ts";
import { changesBetween } from "../records/wire.ts";
import { api } from "./api.ts";
import { createStore, useLoaded, useStore } from "./store.ts";

const drafts = createStore<ReadonlyMap<string, Pipeline>>(new Map());

export interface Draft {
  readonly file: string;
  /** As its file has it. */
  readonly loaded: Pipeline;
  /** As it will be run. */
  readonly draft: Pipeline;
  /** The sections that differ. */
  readonly changed: readonly string[];
  setDraft(pipeline: Pipeline): void;
  reset(): void;
}

export function useDraft(file: string): { readonly draft?: Draft; readonly error?: string } {
  const { value: loaded, error } = useLoaded(() => api.pipeline(file), [file]);
  const kept = useStore(drafts).get(file);
  if (error !== undefined) return { error };
  if (loaded === undefined) return {};
  const draft = kept ?? loaded;
  const set = (pipeline: Pipeline | undefined): void => {
    const next = new Map(drafts.get());
    if (pipeline === undefined) next.delete(file);
    else next.set(file, pipeline);
    drafts.set(next);
  };
  const changed = kept === undefined ? [] : Object.keys(changesBetween(loaded, kept));
  return { draft: { file, loaded, draft, changed, setDraft: set, reset: () => set(undefined) } };
}
