// All that somebody needs who wants to get the same numbers again: seed, versions, machine, data with checksums, settings.
import type { DataFile, ReportFile, RunRecord } from "../pipeline/report/file.ts";
import { described, pipelineText } from "./describe.ts";
import { bytesText, dateText, grouped } from "./format.ts";
import { type Html, html } from "./html.ts";

const builds: Readonly<Record<string, string>> = {
  relaxed: "WebAssembly, relaxed SIMD",
  simd: "WebAssembly, plain SIMD (IEEE-exact)",
  js: "plain JavaScript",
};

export function origins({ report, pipeline, build }: RunRecord): Html {
  const { kind, settings } = described(pipeline.source);
  const facts: (readonly [string, string])[] = [
    ["seed", String(pipeline.seed ?? 0)],
    ["build", builds[build] ?? build],
    ...(report === undefined ? [] : surroundings(report)),
    ["data", settings === "" ? kind : `${kind} (${settings})`],
  ];
  return html`<dl class="pair">${facts.map(([what, value]) => html`<dt>${what}</dt><dd>${value}</dd>`)}</dl>
${report && fileTable(report.files)}<details><summary>The pipeline, as it was run</summary><pre tabindex="0">${pipelineText(pipeline)}</pre></details>`;
}

function surroundings({ environment, trained, started }: ReportFile): (readonly [string, string])[] {
  const { lanewise, runtime, system, processor, cores } = environment;
  return [
    ...(trained ? [["threads", `${trained.model.threads}${trained.model.wide ? ", vectors of 256 bits" : ""}`] as const] : []),
    ["lanewise", lanewise],
    ["runtime", runtime],
    ["machine", [system, processor, `${grouped(cores)} ${cores === 1 ? "core" : "cores"}`].filter(Boolean).join(", ")],
    ["started", dateText(started)],
  ];
}

function fileTable(files: readonly DataFile[]): Html {
  if (files.length === 0) return html`<p class="soft">The source reads no files.</p>`;
  return html`<div class="scroll" role="region" aria-label="Data files" tabindex="0"><table><caption>The files that the source read</caption>
<thead><tr><th scope="col">file</th><th scope="col" class="number">size</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${files.map(({ name, bytes, sha256 }) => html`<tr><th scope="row">${name}</th><td class="number">${bytesText(bytes)}</td><td><code>${sha256 ?? "not computed here"}</code></td></tr>`)}</tbody></table></div>`;
}
