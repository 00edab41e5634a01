// Several of one form: values in a line, or descriptors as cards that can be added, moved and taken away, all by buttons.
import type { JSX } from "preact";
import { useContext, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Form } from "../../check.ts";
import { announce } from "../announce.tsx";
import { About } from "./about.tsx";
import { kindsOf } from "./choices.ts";
import { rulesOf } from "./families.ts";
import { FieldGroup } from "./fieldGroup.tsx";
import { described } from "./fields.ts";
import { type ControlProps, FormContext } from "./formContext.ts";
import { moved, pathText } from "./path.ts";
import { startOf, startOfKind } from "./starters.ts";

type ListForm = Extract<Form, { readonly type: "list" }>;
type DescriptorForm = Extract<Form, { readonly type: "descriptor" }>;

export function ListControl(props: ControlProps & { readonly form: ListForm }): JSX.Element {
  const { form } = props;
  return form.of.type === "descriptor" ? <Cards {...props} of={form.of} /> : <Line {...props} />;
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function Line({ form, value, path, optional, id, name, onChange }: ControlProps & { readonly form: ListForm }): JSX.Element {
  const { Control } = useContext(FormContext);
  const items = itemsOf(value);
  const change = (next: readonly unknown[]): void => onChange(optional && next.length === 0 ? undefined : next);
  const fixed = form.length !== undefined;
  const first = fixed ? ["from", "to"] : [];
  return (
    <fieldset class="line" id={id} aria-label={name}>
      {items.map((item, i) => (
        <span class="item" key={i}>
          <label class="unseen" for={`${id}-${i}`}>
            {name} {form.length === 2 ? first[i] : i + 1}
          </label>
          <Control
            form={form.of}
            value={item}
            path={[...path, i]}
            optional={false}
            doc={{}}
            name={`${name} ${i + 1}`}
            id={`${id}-${i}`}
            onChange={(next) => change(items.map((other, at) => (at === i ? next : other)))}
          />
          {!fixed && (
            <button
              type="button"
              class="icon"
              aria-label={`Remove ${name} ${i + 1}`}
              onClick={() => change(items.filter((_, at) => at !== i))}
            >
              ✕
            </button>
          )}
        </span>
      ))}
      {!fixed && (
        <button type="button" class="quiet" onClick={() => change([...items, startOf(form.of)])}>
          Add<span class="unseen"> to {name}</span>
        </button>
      )}
    </fieldset>
  );
}

/** Where the focus goes after a change: a button of a card, or what adds cards. */
interface Focus {
  readonly card?: number;
  readonly button: "up" | "down" | "remove" | "add";
}

function Cards({ of, value, path, optional, id, name, onChange }: ControlProps & { readonly of: DescriptorForm }): JSX.Element {
  const { problem } = useContext(FormContext);
  const items = itemsOf(value);
  const root = useRef<HTMLDivElement>(null);
  const focus = useRef<Focus | null>(null);
  // A card stays itself while it moves: what is open in it stays open.
  const next = useRef(items.length);
  const [keys, setKeys] = useState(() => items.map((_, i) => i));
  const ids = keys.length === items.length ? keys : items.map((_, i) => i);
  useLayoutEffect(() => {
    const { card, button } = focus.current ?? {};
    if (button === undefined) return;
    focus.current = null;
    const cards = [...(root.current?.querySelectorAll<HTMLElement>(":scope > ol > li") ?? [])];
    const within = card === undefined ? undefined : cards[Math.min(card, cards.length - 1)];
    const wanted = [button, "up", "down", "remove"].map((which) =>
      within?.querySelector<HTMLElement>(`:scope > .card-top [data-do="${which}"]:not(:disabled)`),
    );
    (wanted.find((found) => found) ?? root.current?.querySelector<HTMLElement>(":scope > .adding select"))?.focus();
  });
  const change = (list: readonly unknown[], order: readonly number[], then: Focus): void => {
    focus.current = then;
    setKeys([...order]);
    onChange(optional && list.length === 0 ? undefined : list);
  };
  const kindAt = (i: number): string => described(items[i]).kind;
  const move = (from: number, to: number): void => {
    announce(`${kindAt(from)} is now number ${to + 1} of ${items.length}`);
    change(moved(items, from, to), moved(ids, from, to), { card: to, button: to < from ? "up" : "down" });
  };
  const remove = (i: number): void => {
    announce(`${kindAt(i)} is removed`);
    change(
      items.filter((_, at) => at !== i),
      ids.filter((_, at) => at !== i),
      { card: i, button: "remove" },
    );
  };
  const add = (kind: string): void => {
    announce(`${kind} is added as number ${items.length + 1}`);
    change([...items, startOfKind(of.family, kind, of.names)], [...ids, next.current++], { button: "add" });
  };
  return (
    <div class="cards-list" ref={root} id={id}>
      <ol class={`stack of-${of.family.replace(" ", "-")}`}>
        {items.map((item, i) => {
          const { kind, ...settings } = described(item) as { kind: string };
          const place = pathText([...path, i]);
          const rules = rulesOf(of.family, kind) ?? {};
          return (
            <li key={ids[i]} class="piece">
              <div class="card-top">
                <span class="number" aria-hidden="true">
                  {i + 1}
                </span>
                <b>{kind}</b>
                <span class="moves">
                  <button
                    type="button"
                    class="icon"
                    data-do="up"
                    disabled={i === 0}
                    aria-label={`Move ${kind} (${i + 1}) up`}
                    onClick={() => move(i, i - 1)}
                  >
                    ↑
                  </button>
                  <button
                    type="button"
                    class="icon"
                    data-do="down"
                    disabled={i === items.length - 1}
                    aria-label={`Move ${kind} (${i + 1}) down`}
                    onClick={() => move(i, i + 1)}
                  >
                    ↓
                  </button>
                  <button type="button" class="icon" data-do="remove" aria-label={`Remove ${kind} (${i + 1})`} onClick={() => remove(i)}>
                    ✕
                  </button>
                </span>
              </div>
              <About kind={kind} />
              {problem?.place === place && <p class="wrong-line">{problem.message}</p>}
              <FieldGroup
                rules={rules}
                kind={kind}
                values={settings}
                path={[...path, i]}
                onChange={(values) =>
                  onChange(
                    items.map((other, at) =>
                      at !== i
                        ? other
                        : typeof other === "string" && Object.keys(values as object).length === 0
                          ? other
                          : { kind, ...(values as object) },
                    ),
                  )
                }
              />
            </li>
          );
        })}
      </ol>
      <Adding of={of} name={name} id={`${id}-add`} onAdd={add} />
    </div>
  );
}

interface AddingProps {
  readonly of: DescriptorForm;
  readonly name: string;
  readonly id: string;
  onAdd(kind: string): void;
}

function Adding({ of, name, id, onAdd }: AddingProps): JSX.Element {
  const kinds = [...kindsOf(of)].sort();
  const [kind, setKind] = useState(kinds[0] as string);
  return (
    <div class="adding">
      <label class="unseen" for={id}>
        What to add to {name}
      </label>
      <select id={id} value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
        {kinds.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <button type="button" onClick={() => onAdd(kind)}>
        Add
        <span class="unseen">
          {" "}
          {kind} to {name}
        </span>
      </button>
    </div>
  );
}
