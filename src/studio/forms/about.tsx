// What a kind does, in the words of its docstring: the first sentence, and the rest for those who open it.
import type { JSX } from "preact";
import { docOf } from "./fields.ts";

export function About({ kind }: { readonly kind: string }): JSX.Element | null {
  const { about = "" } = docOf(kind);
  const [first = "", ...rest] = about.replaceAll("`", "").split(/(?<=[^A-Z\d\s][.])\s+(?=[A-Z"])/);
  if (first === "") return null;
  if (rest.length === 0) return <p class="about">{first}</p>;
  return (
    <details class="about">
      <summary>{first}</summary>
      <p>{rest.join(" ")}</p>
    </details>
  );
}
