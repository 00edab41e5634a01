// Every setting of a pipeline as a form. What is right is taken over at once; what is not stays here, with its reason beside it.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Rule } from "../../check.ts";
import { type Pipeline, pipelineRules } from "../../pipeline/define.ts";
import type { Draft } from "../drafts.ts";
import { Control } from "./control.tsx";
import { Copies } from "./copies.tsx";
import { Field } from "./field.tsx";
import { FieldGroup } from "./fieldGroup.tsx";
import { docOf, fieldsOf } from "./fields.ts";
import { FormContext, idOf } from "./formContext.ts";
import { changedAt } from "./path.ts";
import { problemOf } from "./problem.ts";
import "./forms.css";

/** What was filled in and was not right when its view was left, by file. */
const unfinished = new Map<string, Partial<Pipeline>>();

export function SettingsTab({ file, loaded, draft, setDraft }: Draft): JSX.Element {
  const [edited, setEdited] = useState<Partial<Pipeline>>(() => unfinished.get(file) ?? draft);
  const ours = useRef(draft);
  // Somebody else has changed the draft: all was undone.
  useEffect(() => {
    if (draft !== ours.current) setEdited(draft);
    ours.current = draft;
  }, [draft]);
  const problem = problemOf(edited);
  const change = (next: Partial<Pipeline>): void => {
    setEdited(next);
    if (problemOf(next) !== undefined) {
      unfinished.set(file, next);
      return;
    }
    unfinished.delete(file);
    ours.current = next as Pipeline;
    setDraft(next as Pipeline);
  };
  // A list of metrics is shown as the settings that it stands for.
  const place = problem?.place.replace(/^evaluate\[/, "evaluate.metrics[");
  return (
    <FormContext.Provider value={{ Control, problem: problem && { ...problem, place: place ?? "" } }}>
      <form class="settings-form" onSubmit={(event) => event.preventDefault()} noValidate>
        {problem && <Wrong place={place ?? ""} message={problem.message} />}
        {Object.entries(parts).map(([name, { title, lead }]) => (
          <section key={name} aria-labelledby={`part-${name}`}>
            <h2 id={`part-${name}`}>{title}</h2>
            <p class="soft">{lead}</p>
            <Part name={name} edited={edited} onChange={change} />
          </section>
        ))}
        <section aria-labelledby="part-more">
          <h2 id="part-more">Besides</h2>
          <div class="grid">
            {fieldsOf(pipelineRules, "pipeline", edited, [])
              .filter(({ name }) => !(name in parts))
              .map((field) => (
                <Field key={field.name} {...field} onChange={(value) => change(changedAt(edited, field.path, value))} />
              ))}
          </div>
        </section>
      </form>
      <Copies loaded={loaded} draft={problem === undefined ? (edited as Pipeline) : draft} />
    </FormContext.Provider>
  );
}

const parts: Readonly<Record<string, { readonly title: string; readonly lead: string }>> = {
  source: { title: "Source", lead: "Where rows come from." },
  clean: { title: "Clean", lead: "Rows go, or are mended, before anything is learned from them." },
  split: { title: "Split", lead: "Which rows are for training, for validation and for testing." },
  normalize: { title: "Normalize", lead: "What is learned of the training rows, and applied to all." },
  augment: { title: "Augment", lead: "Training rows are changed at random each time they are seen." },
  model: { title: "Model", lead: "Layer by layer, from the input to the answer." },
  train: { title: "Train", lead: "What is made small, how, and for how long." },
  evaluate: { title: "Evaluate", lead: "What is measured after training, beside the loss." },
};

interface PartProps {
  readonly name: string;
  readonly edited: Partial<Pipeline>;
  onChange(next: Partial<Pipeline>): void;
}

function Part({ name, edited, onChange }: PartProps): JSX.Element {
  const { form, optional = false } = pipelineRules[name] as Rule;
  const given = (edited as Readonly<Record<string, unknown>>)[name];
  const set = (value: unknown): void => onChange(changedAt(edited, [name], value));
  const settings = form.type === "either" ? form.of.find((one) => one.type === "settings") : form;
  if (settings?.type === "settings") {
    const isList = Array.isArray(given);
    const values = isList ? { metrics: given } : given;
    const change = (next: unknown): void => {
      const keys = Object.keys(next as object);
      const alone = isList && keys.join() === "metrics";
      set(keys.length === 0 && optional ? undefined : alone ? (next as { metrics: unknown }).metrics : next);
    };
    return <FieldGroup rules={settings.rules} kind={name} values={values} path={[name]} first={first[name] ?? []} onChange={change} />;
  }
  const { title } = parts[name] as { title: string };
  return (
    <>
      {form.type === "descriptor" && (
        <label class="unseen" for={idOf(name)}>
          {title}
        </label>
      )}
      <Control
        form={form}
        value={given}
        path={[name]}
        optional={optional}
        doc={docOf("pipeline").settings[name] ?? {}}
        name={title}
        id={idOf(name)}
        onChange={set}
      />
    </>
  );
}

/** What is set most often is in front even where it is not given. */
const first: Readonly<Record<string, readonly string[]>> = {
  split: ["test", "validation", "stratify"],
  train: ["loss", "optimizer", "epochs", "batchSize", "callbacks"],
  evaluate: ["metrics", "confidence"],
};

function Wrong({ place, message }: { readonly place: string; readonly message: string }): JSX.Element {
  const show = (): void => {
    const field = document.getElementById(idOf(place));
    for (let node = field?.parentElement; node; node = node.parentElement) if (node instanceof HTMLDetailsElement) node.open = true;
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  };
  return (
    <p class="problem sticky" role="alert">
      <b>Not taken over yet.</b> {place !== "" && <code>{place}</code>} {message}{" "}
      {place !== "" && (
        <button type="button" class="link" onClick={show}>
          Show it
        </button>
      )}
    </p>
  );
}
