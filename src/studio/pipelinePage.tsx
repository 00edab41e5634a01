// One pipeline: what it does, and what can be done with it, a tab each.
import type { JSX } from "preact";
import { useDraft } from "./drafts.ts";
import { linkTo } from "./route.ts";
import { tabs } from "./tabs.ts";

export function PipelinePage({ file, tab }: { readonly file: string; readonly tab: string }): JSX.Element {
  const { draft, error } = useDraft(file);
  if (error !== undefined) return <p class="problem">{error}</p>;
  if (draft === undefined) return <p class="soft">Reading the pipeline…</p>;
  const chosen = tabs.find(({ id }) => id === tab) ?? tabs[0];
  return (
    <>
      <p class="eyebrow">Pipeline</p>
      <h1>{draft.draft.name}</h1>
      <p class="soft path">{file.startsWith(":") ? "built in" : file}</p>
      {tabs.length > 1 && (
        <nav class="tabs" aria-label="Pipeline">
          {tabs.map(({ id, title }) => (
            <a key={id} href={linkTo.pipeline(file, id)} aria-current={id === chosen?.id ? "page" : undefined}>
              {title}
            </a>
          ))}
        </nav>
      )}
      {draft.changed.length > 0 && (
        <p class="note changed">
          Changed here: {draft.changed.join(", ")}. The file stays as it is.{" "}
          <button type="button" class="link" onClick={draft.reset}>
            Undo all
          </button>
        </p>
      )}
      {chosen && <chosen.View {...draft} />}
    </>
  );
}
