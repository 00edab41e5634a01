// All that the report of a run says, in the page.
import type { JSX } from "preact";
import type { RunRecord } from "../pipeline/report/file.ts";
import { sectionsOf, tiles } from "../report/sections.ts";
import { fileOf } from "./api.ts";
import { Drawn } from "./drawn.tsx";

export const ReportLink = ({ run }: { readonly run: string }): JSX.Element => (
  <a href={fileOf(run, "report.html")} target="_blank" rel="noopener">
    report.html<span class="unseen"> (opens in a new tab)</span>
  </a>
);

export const Report = ({ record }: { readonly record: RunRecord }): JSX.Element => (
  <>
    <Drawn what={tiles(record)} />
    {sectionsOf(record).map(({ id, title, body }) => (
      <section key={id} aria-labelledby={`${id}-heading`}>
        <h2 id={`${id}-heading`}>{title}</h2>
        <Drawn what={body} />
      </section>
    ))}
  </>
);
