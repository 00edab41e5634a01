// A chart of points on two axes of amounts, such as a ROC curve or predictions beside the truth.
import { at, axes, BOTTOM, leftOf, type Plane, RIGHT, TOP, WIDTH } from "./axes.ts";
import { type Html, html } from "./html.ts";
import { niceScale } from "./scale.ts";

export interface XyChart {
  /** Unique in its page. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, for those who do not see it. */
  readonly description: string;
  readonly x: string;
  readonly y: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Single points, a line, or a line with its points marked. */
  readonly mark: "dots" | "line" | "both";
  /** How much each point stands for: larger dots for more. */
  readonly weights?: readonly number[];
  /** What a mark says when it is pointed at, by its number. */
  readonly tell?: (i: number) => string;
  /** A dashed line for comparison. */
  readonly reference?: readonly [from: readonly [number, number], to: readonly [number, number]];
  /** Both axes reach from 0 to 1. */
  readonly shares?: boolean;
}

const HEIGHT = 400;

export function xyChart(chart: XyChart): Html {
  const { id, title, description, x, y, points, mark, reference } = chart;
  const plane = planeOf(chart);
  const spot = ([across, up]: readonly [number, number]): string => `${at(plane.x(across))} ${at(plane.y(up))}`;
  const line = mark !== "dots" && html`<path class="line train" d="M${points.map(spot).join("L")}"/>`;
  return html`<figure><figcaption>${title}</figcaption><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>
${axes(plane, x, y)}${reference && html`<path class="mark" d="M${reference.map(spot).join("L")}"/>`}${line}${mark !== "line" && dots(chart, plane)}</svg></figure>`;
}

function dots({ points, tell, weights }: XyChart, plane: Plane): Html {
  const most = Math.max(1, ...(weights ?? []));
  const radius = (i: number): number => (weights === undefined ? 3.2 : 3 + 5 * Math.sqrt((weights[i] ?? 0) / most));
  return html`<g class="dots train${points.length > 40 ? " dense" : ""}">${points.map(([across, up], i) => html`<circle cx="${at(plane.x(across))}" cy="${at(plane.y(up))}" r="${at(radius(i))}">${tell && html`<title>${tell(i)}</title>`}</circle>`)}</g>`;
}

function planeOf({ points, reference, shares }: XyChart): Plane {
  const all = shares === true ? [[0, 0] as const, [1, 1] as const] : [...points, ...(reference ?? [])];
  const [across, up] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const xs = niceScale(Math.min(...across), Math.max(...across), 6);
  const ys = niceScale(Math.min(...up), Math.max(...up), 6);
  const left = leftOf(ys);
  const [width, height] = [WIDTH - left - RIGHT - 10, HEIGHT - TOP - BOTTOM];
  return {
    xs,
    ys,
    left,
    height: HEIGHT,
    x: (value) => left + ((value - xs.low) / (xs.high - xs.low)) * width,
    y: (value) => TOP + height * (1 - (value - ys.low) / (ys.high - ys.low)),
  };
}
