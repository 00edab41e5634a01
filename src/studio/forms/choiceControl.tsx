// One of several: a list to choose from, and below it what the choice has to be filled in.
import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import type { Form } from "../../check.ts";
import { About } from "./about.tsx";
import { choicesOf } from "./choices.ts";
import { rulesOf } from "./families.ts";
import { FieldGroup } from "./fieldGroup.tsx";
import { described as descriptorOf } from "./fields.ts";
import { type ControlProps, described, FormContext } from "./formContext.ts";
import { pathText } from "./path.ts";

export function ChoiceControl(props: ControlProps): JSX.Element {
  const { form, value, path, optional, doc, id, name, onChange } = props;
  const { problem } = useContext(FormContext);
  const choices = choicesOf(form, String(path.at(-1)));
  const chosen = value === undefined ? undefined : choices.find((choice) => choice.is(value));
  // A name that nobody knows is shown as it is, and is wrong.
  const odd = value !== undefined && chosen === undefined ? String((value as { kind?: unknown }).kind ?? value) : undefined;
  return (
    <div class="choice">
      <select
        id={id}
        value={chosen?.key ?? (odd === undefined ? "" : "?")}
        onChange={({ currentTarget }) => {
          const next = choices.find(({ key }) => key === currentTarget.value);
          if (next !== chosen) onChange(next?.start());
        }}
        {...described(id, problem?.place === pathText(path))}
      >
        {(optional || value === undefined) && (
          <option value="">{doc.default === undefined ? "not set" : `${String(doc.default)} (default)`}</option>
        )}
        {odd !== undefined && <option value="?">{odd}</option>}
        {choices.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      {chosen?.form && <Inside {...props} key={chosen.key} form={chosen.form} name={name} onChange={onChange} />}
    </div>
  );
}

function Inside(props: ControlProps & { readonly form: Form }): JSX.Element | null {
  const { form, value, path, id, name, onChange } = props;
  const { Control } = useContext(FormContext);
  if (form.type !== "descriptor")
    return (
      <>
        <label class="unseen" for={`${id}-value`}>
          {name}, value
        </label>
        <Control {...props} id={`${id}-value`} name={`${name}, value`} optional={false} />
      </>
    );
  const { kind, ...settings } = descriptorOf(value) as { kind: string };
  const rules = rulesOf(form.family, kind) ?? {};
  if (Object.keys(rules).length === 0) return null;
  // Without settings its name is enough, where names are.
  const change = (next: unknown): void =>
    onChange(form.names?.includes(kind) === true && Object.keys(next as object).length === 0 ? kind : { kind, ...(next as object) });
  return (
    <div class="inside">
      <About kind={kind} />
      <FieldGroup rules={rules} kind={kind} values={settings} path={path} onChange={change} first={["learningRate"]} />
    </div>
  );
}
