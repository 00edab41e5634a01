// What may be wider than its place: scrolled by keys, too, so it has a name and can have the focus.
import type { ComponentChildren, JSX } from "preact";

export const Scroll = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }): JSX.Element => (
  // biome-ignore lint/a11y/useSemanticElements: sections are the page's own, with headings
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without a focus, keys could not scroll it
  <div class="scroll" role="region" aria-label={label} tabIndex={0}>
    {children}
  </div>
);
