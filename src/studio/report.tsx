// All that the report of a run says, in the page.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { RunRecord } from "../pipeline/report/file.ts";
import { type Section, sectionsOf, tiles } from "../report/sections.ts";
import { fileOf } from "./api.ts";
import { Drawn } from "./drawn.tsx";

export const ReportLink = ({ run }: { readonly run: string }): JSX.Element => (
  <a href={fileOf(run, "report.html")} target="_blank" rel="noopener">
    report.html<span class="unseen"> (opens in a new tab)</span>
  </a>
);

/** A section a frame: all at once would hold the page up. */
export function Report({ record }: { readonly record: RunRecord }): JSX.Element {
  const sections = useMemo(() => sectionsOf(record), [record]);
  const [count, setCount] = useState(1);
  useEffect(() => {
    if (count >= sections.length) return;
    const frame = requestAnimationFrame(() => setCount(count + 1));
    return () => cancelAnimationFrame(frame);
  }, [count, sections]);
  return (
    <>
      <Drawn what={tiles(record)} />
      {sections.slice(0, count).map((section) => (
        <Part key={section.id} section={section} />
      ))}
    </>
  );
}

function Part({ section }: { readonly section: Section }): JSX.Element {
  const { id, title, body } = section;
  const drawn = useMemo(body, [section]);
  return (
    <section aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{title}</h2>
      <Drawn what={drawn} />
    </section>
  );
}
