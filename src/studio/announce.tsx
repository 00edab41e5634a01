// What happens, for those who hear the page.
import type { JSX } from "preact";
import { createStore, useStore } from "./store.ts";

const said = createStore("");

/** Said once; the same words again are said again. */
export const announce = (words: string): void => said.set(said.get() === words ? `${words} ` : words);

export const Announcer = (): JSX.Element => (
  <p class="unseen" role="status" aria-live="polite">
    {useStore(said)}
  </p>
);
