// Which columns matter, as a table with bars: it can be read aloud, searched and copied.
import type { Importance } from "../pipeline/events.ts";
import { grouped } from "./format.ts";
import { type Html, html } from "./html.ts";

const BOX = 320;
const SHOWN = 40;

export function importanceTable({ metric, score, rows, repeats, folds, columns }: Importance): Html {
  const shown = columns.slice(0, SHOWN);
  const low = Math.min(0, ...shown.map(({ mean, deviation }) => mean - deviation));
  const high = Math.max(low + 1e-9, ...shown.map(({ mean, deviation }) => mean + deviation));
  const x = (value: number): number => 6 + ((value - low) / (high - low)) * (BOX - 12);
  const digits = Math.min(20, Math.max(0, 2 - Math.floor(Math.log10(high))));
  const text = (value: number | null): string => (value === null ? "–" : value.toFixed(digits));
  const times = `${repeats} ${repeats === 1 ? "time" : "times"}${folds === undefined ? "" : ` in each of ${folds} folds`}`;
  const more = columns.length - shown.length;
  return html`<p class="soft">What ${metric} (${text(score)}) loses on ${grouped(rows)} rows when the values of one column are shuffled among them, ${times}; the thin line is the deviation. It tells what this model reads: of two columns that say the same, either makes up for the other, and both look as if they did not matter.</p>
<div class="scroll" role="region" aria-label="Importance of columns" tabindex="0"><table class="importance"><thead><tr><th scope="col">column</th><th scope="col" class="number">loses</th><th scope="col" class="number">deviation</th><td></td></tr></thead>
<tbody>${shown.map(({ column, mean, deviation }) => html`<tr><th scope="row">${column}</th><td class="number"><b>${text(mean)}</b></td><td class="number">${text(deviation)}</td><td>${mean !== null && bar(x, mean, deviation)}</td></tr>`)}</tbody></table></div>${more > 0 && html`<p class="soft">and ${grouped(more)} more</p>`}`;
}

function bar(x: (value: number) => number, mean: number, deviation: number): Html {
  const at = (value: number): string => x(value).toFixed(1);
  const [from, to] = [Math.min(x(0), x(mean)), Math.max(x(0), x(mean))];
  return html`<svg class="whisker" width="${BOX}" height="20" viewBox="0 0 ${BOX} 20" aria-hidden="true" focusable="false"><path class="base" d="M${at(0)} 0V20"/><rect class="${mean < 0 ? "less" : "more"}" x="${from.toFixed(1)}" y="4" width="${(to - from).toFixed(1)}" height="12" rx="2"/><path class="error" d="M${at(mean - deviation)} 10H${at(mean + deviation)}"/></svg>`;
}
