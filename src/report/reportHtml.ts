// The report of a run as one HTML page: no script, no network, nothing beside it. Data in, text out.
import type { RunRecord } from "../pipeline/report/file.ts";
import { html, trusted } from "./html.ts";
import { sectionsOf, subtitle, tiles } from "./sections.ts";
import { style } from "./style.ts";

export function reportHtml(record: RunRecord): string {
  const name = String(record.pipeline.name ?? "run");
  const sections = sectionsOf(record);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${name}: report of a run</title><style>${trusted(style)}</style></head>
<body><header><p class="eyebrow">Report of a run</p><h1>${name}</h1>${subtitle(record)}${tiles(record)}
<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav></header>
<main>${sections.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${title}</h2>${body()}</section>`)}</main>
<footer><p>Written by lanewise${record.report && html` ${record.report.environment.lanewise}`}. <code>lanewise report</code> makes this page again from the other files of its folder.</p></footer></body></html>
`.html;
}
