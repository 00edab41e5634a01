// What is typed is kept as it is typed: "0." is on its way to 0.5, and must not become "0".
import { useState } from "preact/hooks";

/** The text of a value, and what to call with what is typed. */
export function useText<T>(value: T, toText: (value: T) => string, parse: (text: string) => T, onChange: (value: T) => void) {
  const [typed, setTyped] = useState(toText(value));
  const text = Object.is(parse(typed), value) ? typed : toText(value);
  return {
    value: text,
    onInput({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void {
      setTyped(currentTarget.value);
      onChange(parse(currentTarget.value));
    },
  };
}
