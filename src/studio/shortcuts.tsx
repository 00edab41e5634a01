// Keys for what the view can do. Single letters may be in the way of those who speak to their computer: they can be switched off.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { createStore, useStore } from "./store.ts";

export interface Command {
  readonly key: string;
  readonly name: string;
  act(): void;
}

const commands = createStore<readonly Command[]>([]);
const SWITCH = "lanewise-shortcuts";
const enabled = createStore(localStorage.getItem(SWITCH) !== "off");

/** The commands of a view, for as long as it is there. */
export function useCommands(list: readonly Command[]): void {
  useEffect(() => {
    commands.set(list);
    return () => commands.set([]);
  }, [list.map(({ key, name }) => `${key} ${name}`).join()]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, select, textarea, dialog") !== null;

export function Shortcuts(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const on = useStore(enabled);
  const here = useStore(commands);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!enabled.get() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const open = { key: "?", act: () => dialog.current?.showModal() };
      const command = [...commands.get(), open].find(({ key }) => key === event.key);
      if (command === undefined) return;
      event.preventDefault();
      command.act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  const toggle = (checked: boolean): void => {
    localStorage.setItem(SWITCH, checked ? "on" : "off");
    enabled.set(checked);
  };
  return (
    <>
      <button type="button" class="help" aria-label="Keyboard shortcuts" onClick={() => dialog.current?.showModal()}>
        ?
      </button>
      <dialog ref={dialog} aria-labelledby="shortcuts">
        <h2 id="shortcuts">Keyboard</h2>
        <dl class="keys">
          {[...here, { key: "?", name: "Show this" }].map(({ key, name }) => (
            <div key={key}>
              <dt>
                <kbd>{/[A-Z]/.test(key) ? `Shift ${key}` : key}</kbd>
              </dt>
              <dd>{name}</dd>
            </div>
          ))}
        </dl>
        <label class="check">
          <input type="checkbox" checked={on} onChange={(event) => toggle(event.currentTarget.checked)} />
          <span>Single keys act</span>
        </label>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}
