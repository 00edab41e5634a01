// A setting with its name, what is said about it, and what is wrong with it.
import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import { spaced } from "../../report/format.ts";
import type { Field as SettingField } from "./fields.ts";
import { FormContext, idOf } from "./formContext.ts";
import { pathText } from "./path.ts";

interface Props extends SettingField {
  onChange(value: unknown): void;
}

/** Larger than a line: these have their name above them, and the whole width. */
const isWide = ({ form, value }: SettingField): boolean =>
  form.type === "record" ||
  form.type === "settings" ||
  (form.type === "list" && form.length === undefined) ||
  (form.type === "descriptor" && form.family === "layer") ||
  (typeof value === "object" &&
    value !== null &&
    !(Array.isArray(value) && value.length < 3 && value.every((item) => typeof item === "number")));

export function Field(props: Props): JSX.Element {
  const { name, path, value, doc, optional, form, onChange } = props;
  const { Control, problem } = useContext(FormContext);
  const place = pathText(path);
  const id = idOf(place);
  const wrong = problem?.place === place;
  const hint = hintOf(doc.help);
  const set = optional && value !== undefined;
  return (
    <div class={`field${isWide(props) ? " wide" : ""}${wrong ? " wrong" : ""}`}>
      <p class="field-name">
        <label for={id} id={`${id}-name`}>
          {spaced(name)}
        </label>
        {set && (
          <button type="button" class="link small" onClick={() => onChange(undefined)} aria-label={`Reset ${spaced(name)} to its default`}>
            reset
          </button>
        )}
      </p>
      <Control form={form} value={value} path={path} optional={optional} doc={doc} name={spaced(name)} id={id} onChange={onChange} />
      <p class="hint" id={`${id}-hint`} hidden={hint === ""}>
        {hint}
      </p>
      <p class="wrong-line" id={`${id}-problem`} hidden={!wrong}>
        {wrong && problem.message}
      </p>
    </div>
  );
}

/** Without the default, which the control shows, and the marks of code. */
const hintOf = (help = ""): string =>
  help
    .replace(/\bDefault ("[^"]*"|true|false|-?[\d.e,-]*\d)[.,]?\s*/, "")
    .replaceAll("`", "")
    .trim();
