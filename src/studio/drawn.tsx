// What src/report draws, in the page. All of it is escaped where it is made.
import type { JSX } from "preact";
import type { Html } from "../report/html.ts";

export const Drawn = ({ what, class: name = "" }: { readonly what: Html; readonly class?: string }): JSX.Element => (
  <div class={name} dangerouslySetInnerHTML={{ __html: what.html }} />
);
