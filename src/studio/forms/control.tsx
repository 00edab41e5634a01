// The control that fits a form, or, where its value fits none, the value as JSON.
import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import { ChoiceControl } from "./choiceControl.tsx";
import { FieldGroup } from "./fieldGroup.tsx";
import { variantOf } from "./fields.ts";
import { type ControlProps, described, FormContext } from "./formContext.ts";
import { ListControl } from "./listControl.tsx";
import { pathText } from "./path.ts";
import { RecordControl } from "./recordControl.tsx";
import { startOf } from "./starters.ts";
import { useText } from "./useText.ts";

export function Control(props: ControlProps): JSX.Element {
  const { form, value, optional } = props;
  if (value !== undefined && variantOf(form, value) === undefined && isOdd(props)) return <JsonControl {...props} />;
  switch (form.type) {
    case "number":
      return <NumberControl {...props} form={form} />;
    case "boolean":
      return <BooleanControl {...props} />;
    case "string":
      return <StringControl {...props} />;
    case "oneOf":
    case "either":
    case "descriptor":
      return <ChoiceControl {...props} />;
    case "rows":
      return <p class="soft">{Array.isArray(value) ? `${value.length} rows` : value === undefined ? "none" : "rows"}; its file has them</p>;
    case "list":
      if (value === undefined && optional && form.length !== undefined) return <Unset {...props} />;
      return <ListControl {...props} form={form} />;
    case "record":
      if (value === undefined && optional) return <Unset {...props} />;
      return <RecordControl {...props} form={form} />;
    case "settings":
      if (value === undefined && optional) return <Unset {...props} />;
      return (
        <div class="inside">
          <FieldGroup rules={form.rules} kind={props.name} values={value} path={props.path} onChange={props.onChange} />
        </div>
      );
  }
}

/** A number's or a text's control shows what is wrong itself. */
const isOdd = ({ form, value }: ControlProps): boolean =>
  form.type === "either" || !(typeof value === "string" || typeof value === "number" || typeof value === "boolean");

/** Optional things with something inside are made by a button. */
function Unset({ form, name, id, doc, onChange }: ControlProps): JSX.Element {
  return (
    <button type="button" id={id} class="quiet" onClick={() => onChange(startOf(form, name))}>
      Set {name}
      {doc.default !== undefined && <span class="soft"> (default {String(doc.default)})</span>}
    </button>
  );
}

function NumberControl({
  form,
  value,
  path,
  optional,
  doc,
  id,
  onChange,
}: ControlProps & { readonly form: { readonly type: "number" } }): JSX.Element {
  const { problem } = useContext(FormContext);
  const { min, max, above, below, integer } = form as Extract<ControlProps["form"], { readonly type: "number" }>;
  const text = useText(
    value as number | undefined,
    (number) => (number === undefined ? "" : String(number)),
    (typed) => (typed.trim() === "" ? undefined : Number(typed)),
    onChange,
  );
  return (
    <input
      type="number"
      id={id}
      min={min ?? above}
      max={max ?? below}
      step={integer === true ? 1 : "any"}
      required={!optional}
      placeholder={doc.default === undefined ? "" : String(doc.default)}
      {...text}
      {...described(id, problem?.place === pathText(path))}
    />
  );
}

function BooleanControl({ value, path, optional, doc, id, onChange }: ControlProps): JSX.Element {
  const { problem } = useContext(FormContext);
  const wrong = described(id, problem?.place === pathText(path));
  if (!optional || typeof doc.default === "boolean") {
    const checked = typeof value === "boolean" ? value : doc.default === true;
    return (
      <span class="check">
        <input
          type="checkbox"
          id={id}
          checked={checked}
          onChange={({ currentTarget }) => onChange(optional && currentTarget.checked === doc.default ? undefined : currentTarget.checked)}
          {...wrong}
        />
        <span class="soft small" aria-hidden="true">
          {checked ? "yes" : "no"}
        </span>
      </span>
    );
  }
  return (
    <select
      id={id}
      value={value === undefined ? "" : String(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? undefined : currentTarget.value === "true")}
      {...wrong}
    >
      <option value="">not set</option>
      <option value="true">yes</option>
      <option value="false">no</option>
    </select>
  );
}

function StringControl({ value, path, optional, doc, id, onChange }: ControlProps): JSX.Element {
  const { problem } = useContext(FormContext);
  const text = useText(
    value as string | undefined,
    (given) => given ?? "",
    (typed) => (typed === "" && optional ? undefined : typed),
    onChange,
  );
  const shared = {
    id,
    required: !optional,
    placeholder: doc.default === undefined ? "" : String(doc.default),
    ...text,
    ...described(id, problem?.place === pathText(path)),
  };
  return /\n/.test(text.value) ? <textarea rows={5} {...shared} /> : <input type="text" spellcheck={false} {...shared} />;
}

function JsonControl({ value, path, id, onChange }: ControlProps): JSX.Element {
  const { problem } = useContext(FormContext);
  const text = useText(value, (given) => JSON.stringify(given, null, 1), parsed, onChange);
  return <textarea id={id} rows={4} class="code" spellcheck={false} {...text} {...described(id, problem?.place === pathText(path))} />;
}

/** Text that is no JSON yet is text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
