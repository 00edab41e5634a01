// The frame of a chart: grid, axes, ticks and titles.
import { type Html, html } from "./html.ts";
import type { Scale } from "./scale.ts";

export const WIDTH = 520;
export const RIGHT = 14;
/** The width of a digit of a tick. */
const TICK_LETTER = 7.5;
export const TOP = 34;
export const BOTTOM = 46;
export interface Plane {
  readonly x: (across: number) => number;
  readonly y: (value: number) => number;
  readonly xs: Scale;
  readonly ys: Scale;
  /** Where the value axis stands. */
  readonly left: number;
  readonly height: number;
}

/** Room for the ticks and the title. */
export const leftOf = (ys: Scale): number => 42 + TICK_LETTER * Math.max(...ys.ticks.map((tick) => ys.text(tick).length));

export const at = (n: number): string => n.toFixed(1);

export function axes({ x, y, xs, ys, left, height }: Plane, xTitle: string, yTitle: string): Html {
  const [right, bottom] = [WIDTH - RIGHT, height - BOTTOM];
  return html`<g class="grid">${ys.ticks.map((tick) => html`<path d="M${left} ${at(y(tick))}H${right}"/>`)}${xs.ticks.map((tick) => html`<path d="M${at(x(tick))} ${TOP}V${bottom}"/>`)}</g>
<path class="axis" d="M${left} ${TOP}V${bottom}H${right}"/>
<g class="ticks">${ys.ticks.map((tick) => html`<text x="${left - 8}" y="${at(y(tick) + 4)}" text-anchor="end">${ys.text(tick)}</text>`)}${xs.ticks.map((tick) => html`<text x="${at(x(tick))}" y="${bottom + 18}" text-anchor="middle">${xs.text(tick)}</text>`)}</g>
<text class="axis-title" x="${(left + right) / 2}" y="${height - 6}" text-anchor="middle">${xTitle}</text>
<text class="axis-title" transform="translate(13 ${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">${yTitle}</text>`;
}
