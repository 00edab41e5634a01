// The settings of one descriptor: those that must be given and those that are, and behind a line the others.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Rules } from "../../check.ts";
import { pipelineRules } from "../../pipeline/define.ts";
import { Field } from "./field.tsx";
import { docOf, fieldsOf } from "./fields.ts";
import { changedAt, type Path } from "./path.ts";

interface Props {
  readonly rules: Rules;
  /** Whose settings they are. */
  readonly kind: string;
  readonly values: unknown;
  readonly path: Path;
  /** Shown from the beginning, besides those that are given. */
  readonly first?: readonly string[];
  onChange(values: unknown): void;
}

export function FieldGroup({ rules, kind, values, path, first = [], onChange }: Props): JSX.Element | null {
  // What a kind's own text says already is not said again; parts of the pipeline show no text of their own.
  const { about = "" } = kind in pipelineRules ? {} : docOf(kind);
  const fields = fieldsOf(rules, kind, values, path).map((field) =>
    about !== "" && about.includes(field.doc.help ?? "") ? { ...field, doc: { ...field.doc, help: "" } } : field,
  );
  // A field that is filled in stays where it is.
  const [shown] = useState(
    () =>
      new Set(
        fields.filter(({ name, optional, value }) => !optional || value !== undefined || first.includes(name)).map(({ name }) => name),
      ),
  );
  if (fields.length === 0) return null;
  const drawn = (some: typeof fields): JSX.Element => (
    <div class="grid">
      {some.map((field) => (
        <Field key={field.name} {...field} onChange={(value) => onChange(changedAt(values ?? {}, [field.name], value))} />
      ))}
    </div>
  );
  const front = fields.filter(({ name }) => shown.has(name));
  const rest = fields.filter(({ name }) => !shown.has(name));
  return (
    <>
      {front.length > 0 && drawn(front)}
      {rest.length > 0 &&
        (front.length === 0 && rest.length < 3 && !("trainable" in rules) ? (
          drawn(rest)
        ) : (
          <details class="more">
            <summary>
              {front.length > 0 ? "More settings" : "Settings"} <span class="soft">{rest.map(({ name }) => name).join(", ")}</span>
            </summary>
            {drawn(rest)}
          </details>
        ))}
    </>
  );
}
