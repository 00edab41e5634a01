// Values by name, a line each.
import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import type { Form } from "../../check.ts";
import { type ControlProps, FormContext } from "./formContext.ts";
import { startOf } from "./starters.ts";

export function RecordControl({
  form,
  value,
  path,
  id,
  name,
  onChange,
}: ControlProps & { readonly form: Extract<Form, { readonly type: "record" }> }): JSX.Element {
  const { Control } = useContext(FormContext);
  const entries = Object.entries((value ?? {}) as Readonly<Record<string, unknown>>);
  const replace = (i: number, entry: readonly [string, unknown] | undefined): void =>
    onChange(Object.fromEntries(entries.flatMap((other, at) => (at !== i ? [other] : entry === undefined ? [] : [entry]))));
  const fresh = (): string => {
    let n = entries.length + 1;
    while (entries.some(([key]) => key === `name${n}`)) n++;
    return `name${n}`;
  };
  return (
    <fieldset class="rows" id={id} aria-label={name}>
      {entries.map(([key, item], i) => (
        <div class="row" key={i}>
          <input
            type="text"
            value={key}
            aria-label={`${name} ${i + 1}, name`}
            onChange={({ currentTarget }) => replace(i, [currentTarget.value, item])}
          />
          <label class="unseen" for={`${id}-${i}`}>
            {name} {key}
          </label>
          <Control
            form={form.of}
            value={item}
            path={[...path, key]}
            optional={false}
            doc={{}}
            name={`${name} ${key}`}
            id={`${id}-${i}`}
            onChange={(next) => replace(i, [key, next])}
          />
          <button type="button" class="icon" aria-label={`Remove ${key}`} onClick={() => replace(i, undefined)}>
            ✕
          </button>
        </div>
      ))}
      <button type="button" class="quiet" onClick={() => onChange({ ...(value as object), [fresh()]: startOf(form.of) })}>
        Add a name
      </button>
    </fieldset>
  );
}
