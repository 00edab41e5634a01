// The model's layers, as Keras sums them up.
import type { ModelSummary } from "../pipeline/events.ts";
import { bytesText, grouped } from "./format.ts";
import { type Html, html } from "./html.ts";

export function modelTable({ layers, parameters, trainable }: ModelSummary): Html {
  const shape = (sizes: readonly (number | null)[]): string => sizes.map((size) => (size === null ? "batch" : grouped(size))).join(" × ");
  return html`<div class="scroll" role="region" aria-label="Layers" tabindex="0"><table><caption>${grouped(parameters)} parameters (${bytesText(4 * parameters)}), ${trainable === parameters ? "all" : grouped(trainable)} of them trained</caption>
<thead><tr><th scope="col">layer</th><th scope="col">kind</th><th scope="col">output</th><th scope="col" class="number">parameters</th></tr></thead>
<tbody>${layers.map(({ name, kind, output, parameters: own }) => html`<tr><th scope="row">${name}</th><td>${kind}</td><td>${shape(output)}</td><td class="number">${grouped(own)}</td></tr>`)}</tbody></table></div>`;
}
