// Starts a run: where, on how many threads, how long.
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { setPath } from "../pipeline/define.ts";
import type { StudioFacts, StudioOptions } from "../records/protocol.ts";
import { flow } from "../report/flow.ts";
import { plannedSteps } from "../report/flowSteps.ts";
import { type Html, html } from "../report/html.ts";
import { api } from "./api.ts";
import type { Draft } from "./drafts.ts";
import { Drawn } from "./drawn.tsx";
import { settingDocs } from "./generated/settingDocs.ts";
import { startNodeRun } from "./nodeRun.ts";
import { startPageRun } from "./pageRun.ts";
import { go, linkTo } from "./route.ts";
import { recordOf, startState } from "./runState.ts";
import { addSession } from "./sessions.ts";
import { useLoaded } from "./store.ts";

export function StartTab(props: Draft): JSX.Element {
  const { value: facts, error } = useLoaded(api.facts, []);
  const { draft } = props;
  const { report } = recordOf(startState(1), draft, "");
  return (
    <>
      <section aria-labelledby="start">
        <h2 id="start">Train it</h2>
        {error !== undefined && <p class="problem">{error}</p>}
        {facts && <StartForm {...props} facts={facts} />}
      </section>
      <section aria-labelledby="plan">
        <h2 id="plan">What it does</h2>
        {report && <Drawn what={flow(report, { ...draft }, plannedSteps([], { ...draft }, { trains: false, about }))} />}
      </section>
    </>
  );
}

/** The first sentence of what the sources say of a kind. */
function about(kind: string): Html | undefined {
  const sentence = /^.*?\.(?= |$)/.exec(settingDocs[kind]?.about ?? "")?.[0];
  return sentence === undefined
    ? undefined
    : html`${sentence.split("`").map((part, i) => (i % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

interface Choice {
  readonly node: boolean;
  readonly threads: string;
  readonly strict: boolean;
  readonly keep: boolean;
}

/** What was chosen last, for the next run. */
let last: Choice | undefined;

function StartForm({ file, loaded, draft, setDraft, facts }: Draft & { readonly facts: StudioFacts }): JSX.Element {
  const [choice, setChoice] = useState<Choice>(last ?? { node: facts.node, threads: "1", strict: false, keep: true });
  const [problem, setProblem] = useState("");
  const id = useId();
  const change = (part: Partial<Choice>): void => {
    last = { ...choice, ...part };
    setChoice(last);
  };
  const epochs = (text: string): void => {
    try {
      setDraft(setPath(draft, "train.epochs", Number(text)));
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const start = async (event: Event): Promise<void> => {
    event.preventDefault();
    const options: StudioOptions = { threads: choice.threads === "auto" ? "auto" : Number(choice.threads), strict: choice.strict };
    try {
      const session = choice.node ? await startNodeRun(file, loaded, draft, options) : startPageRun(file, draft, options, choice.keep);
      go(linkTo.run(addSession(session).id));
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const most = Math.max(1, choice.node ? facts.cores : navigator.hardwareConcurrency);
  return (
    <form class="start" onSubmit={start}>
      <fieldset class="where">
        <legend>Where</legend>
        <Where
          name={id}
          value={!choice.node}
          onChoose={() => change({ node: false })}
          title="In this page"
          text="a Worker of the browser; ends with the page"
        />
        <Where
          name={id}
          value={choice.node}
          onChoose={() => change({ node: true })}
          title="In Node"
          text={`${facts.runtime}; goes on when the page is closed`}
        />
      </fieldset>
      <div class="fields">
        <label>
          Epochs
          <input
            type="number"
            min="1"
            step="1"
            required
            value={draft.train.epochs ?? 1}
            onInput={(event) => epochs(event.currentTarget.value)}
          />
        </label>
        <label>
          Threads
          <select value={choice.threads} onChange={(event) => change({ threads: event.currentTarget.value })}>
            {Array.from({ length: Math.min(most, 16) }, (_, i) => (
              <option key={i} value={String(i + 1)}>
                {i + 1}
              </option>
            ))}
            <option value="auto">auto</option>
          </select>
        </label>
        <label class="check">
          <input type="checkbox" checked={choice.strict} onChange={(event) => change({ strict: event.currentTarget.checked })} />
          <span>
            Strict <span class="soft">the same bits everywhere</span>
          </span>
        </label>
        {!choice.node && (
          <label class="check">
            <input type="checkbox" checked={choice.keep} onChange={(event) => change({ keep: event.currentTarget.checked })} />
            <span>
              Keep it in {facts.runs}/ <span class="soft">when it is done</span>
            </span>
          </label>
        )}
      </div>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="main">
        Start training
      </button>
    </form>
  );
}

interface WhereProps {
  readonly name: string;
  readonly value: boolean;
  readonly title: string;
  readonly text: string;
  onChoose(): void;
}

const Where = ({ name, value, title, text, onChoose }: WhereProps): JSX.Element => (
  <label class="option">
    <input type="radio" name={name} checked={value} onChange={onChoose} />
    <span>
      <b>{title}</b>
      <span class="soft">{text}</span>
    </span>
  </label>
);
