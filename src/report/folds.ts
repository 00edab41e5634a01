// What the folds of a cross-validation gave: every fold as a dot, their mean and deviation.
import type { CrossValidation } from "../pipeline/events.ts";
import { numberText } from "./format.ts";
import { type Html, html } from "./html.ts";
import { confusion } from "./matrix.ts";

const BOX = 220;

export function foldsTable({ folds, repeats, mean, deviation, values, baseline, confusionMatrix, classes }: CrossValidation): Html {
  const times = repeats > 1 ? `, ${repeats} times` : "";
  return html`<div class="scroll" role="region" aria-label="Numbers of the folds" tabindex="0"><table><caption>${folds} folds${times}; each dot is a fold, measured on rows that its training never saw</caption>
<thead><tr><th scope="col">metric</th><th scope="col" class="number">mean</th><th scope="col" class="number">deviation</th><td></td><th scope="col">folds</th>${baseline && html`<th scope="col" class="number">baseline</th>`}</tr></thead>
<tbody>${Object.entries(mean).map(([name, value]) => {
    const each = values[name] ?? [];
    return html`<tr><th scope="row">${name}</th><td class="number"><b>${numberText(value)}</b></td><td class="number">${numberText(deviation[name])}</td><td>${dots(each)}</td><td class="soft">${each.map(numberText).join(", ")}</td>${baseline && html`<td class="number">${numberText(baseline[name])}</td>`}</tr>`;
  })}</tbody></table></div>${confusionMatrix && confusion(confusionMatrix, classes ?? [], `test rows of all folds${times}`)}`;
}

/** From the lowest to the highest. */
function dots(values: readonly (number | null)[]): Html | undefined {
  const real = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (real.length === 0) return undefined;
  const [low, high] = [Math.min(...real), Math.max(...real)];
  const x = (value: number): string => (6 + (high > low ? (value - low) / (high - low) : 0.5) * (BOX - 12)).toFixed(1);
  return html`<svg class="whisker" width="${BOX}" height="20" viewBox="0 0 ${BOX} 20" aria-hidden="true" focusable="false"><path class="rail" d="M6 10H${BOX - 6}"/>${real.map((value) => html`<circle cx="${x(value)}" cy="10" r="4.5" opacity=".7"/>`)}</svg>`;
}
