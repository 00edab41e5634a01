// The pipelines that there are.
import type { JSX } from "preact";
import type { PipelineEntry } from "../records/protocol.ts";
import { api } from "./api.ts";
import { linkTo } from "./route.ts";
import { useLoaded } from "./store.ts";

export function PipelinesPage(): JSX.Element {
  const { value: pipelines, error } = useLoaded(api.pipelines, []);
  return (
    <>
      <h1>Pipelines</h1>
      <p class="lead">Choose one to see what it does, change its settings, and train it.</p>
      {error !== undefined && <p class="problem">{error}</p>}
      {pipelines === undefined && error === undefined && <p class="soft">Reading the pipelines…</p>}
      <ul class="pipelines">
        {pipelines?.map((entry) => (
          <Entry key={entry.file} {...entry} />
        ))}
      </ul>
    </>
  );
}

function Entry({ file, name, error, brief, nodeOnly }: PipelineEntry): JSX.Element {
  const builtIn = file.startsWith(":");
  if (error !== undefined)
    return (
      <li class="entry broken">
        <h2>{name}</h2>
        <p class="path">{file}</p>
        <p class="problem">{error}</p>
      </li>
    );
  return (
    <li class="entry">
      <h2>
        <a href={linkTo.pipeline(file)}>{name}</a>
      </h2>
      <p class="path">{builtIn ? "built in: needs no file and no network" : file}</p>
      {brief && (
        <p class="kinds">
          <Kinds kinds={[brief.source]} of="source" />
          <Kinds kinds={brief.stages} of="stage" />
          <Kinds kinds={brief.layers} of="layer" />
        </p>
      )}
      {brief && (
        <p class="soft small">
          {brief.loss} · {brief.epochs} {brief.epochs === 1 ? "epoch" : "epochs"}
        </p>
      )}
      {nodeOnly !== undefined && <p class="soft small">Runs in Node only: {nodeOnly}</p>}
    </li>
  );
}

const Kinds = ({ kinds, of }: { readonly kinds: readonly string[]; readonly of: string }): JSX.Element => (
  <>
    {kinds.map((kind, i) => (
      <span key={`${i} ${kind}`} class={`kind of-${of}`}>
        {kind}
      </span>
    ))}
  </>
);
