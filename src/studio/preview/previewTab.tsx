// What a pipeline makes of some of its rows, stage by stage, without training.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { grouped } from "../../report/format.ts";
import { exampleList } from "../../report/rows.ts";
import { announce } from "../announce.tsx";
import type { Draft } from "../drafts.ts";
import { Drawn } from "../drawn.tsx";
import { openLab } from "../lab/lab.ts";
import { StageRows } from "./stageRows.tsx";
import { type PreviewState, reducePreview, seenStages, startPreview } from "./stages.ts";
import "./preview.css";

const LIMIT = 4000;

export function PreviewTab({ draft }: Draft): JSX.Element {
  const [rows, setRows] = useState(6);
  const [all, setAll] = useState(false);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<PreviewState>(startPreview);
  const [error, setError] = useState("");
  const stop = useRef(() => {});
  const id = useId();
  useEffect(() => {
    setState(startPreview);
    setError("");
    const lab = openLab();
    let here = true;
    const look = async (): Promise<void> => {
      let seen = startPreview;
      const options = { rows, limit: all ? Number.MAX_SAFE_INTEGER : LIMIT };
      try {
        for await (const event of lab.ask("preview", { pipeline: draft, options })) {
          seen = reducePreview(seen, event);
          if (here) setState(seen);
        }
        if (here) announce(`The rows of ${seen.stages.length} stages are here`);
      } catch (failure) {
        if (here) setError((failure as Error).message);
      }
      const { now: _, ...done } = seen;
      if (here) setState(done);
      lab.close();
    };
    void look();
    const end = (): void => {
      here = false;
      lab.close();
    };
    stop.current = end;
    return end;
  }, [draft, rows, all, round]);
  const cancel = (): void => {
    stop.current();
    const { now: _, ...seen } = state;
    setState(seen);
    announce("Cancelled");
  };
  const { now, stages, warnings, examples } = state;
  const augments = (draft.augment ?? []).length > 0;
  return (
    <>
      <section aria-labelledby="look">
        <h2 id="look">Look at some rows</h2>
        <p class="soft">Followed from the source to what the network reads. Nothing is trained.</p>
        <div class="fields">
          <label>
            Rows to follow
            <select id={`${id}-rows`} value={String(rows)} onChange={({ currentTarget }) => setRows(Number(currentTarget.value))}>
              {[3, 6, 12].map((count) => (
                <option key={count} value={String(count)}>
                  {count}
                </option>
              ))}
            </select>
          </label>
          <label class="check">
            <input type="checkbox" checked={all} onChange={({ currentTarget }) => setAll(currentTarget.checked)} />
            <span>
              All of the source <span class="soft">otherwise {grouped(LIMIT)} rows of it at most, to be quick</span>
            </span>
          </label>
          {now === undefined ? (
            <button type="button" class="quiet" onClick={() => setRound((n) => n + 1)}>
              Look again
            </button>
          ) : (
            <button type="button" class="quiet" onClick={cancel}>
              Cancel
            </button>
          )}
        </div>
        {now !== undefined && (
          <div class="progress">
            <progress aria-label="Reading rows" />
            <p class="soft">{now}</p>
          </div>
        )}
        {warnings.map((text) => (
          <p key={text} class="note">
            {text}
          </p>
        ))}
        {error !== "" && (
          <p class="problem" role="alert">
            {error}
          </p>
        )}
      </section>
      {stages.length > 0 && (
        <section aria-labelledby="stages">
          <h2 id="stages">Stage by stage</h2>
          <ol class="seen">
            {seenStages(stages).map((seen, i) => (
              <StageRows key={`${i} ${seen.event.kind}`} {...seen} />
            ))}
          </ol>
        </section>
      )}
      {examples.length > 0 && (
        <section class="examples" aria-labelledby="reads">
          <h2 id="reads">What the network reads</h2>
          <p class="soft">
            {augments ? "Training rows as they are, and as augmentation makes them for the first steps." : "Training rows as they are."}
          </p>
          <Drawn what={exampleList(examples, augments)} />
        </section>
      )}
    </>
  );
}
