// A chart over epochs as the textbook draws it: dots for training, a line for validation; grid, axis titles, legend.
import { at, axes, BOTTOM, leftOf, type Plane, RIGHT, TOP, WIDTH } from "./axes.ts";
import { type Html, html } from "./html.ts";
import { niceScale } from "./scale.ts";

export interface Series {
  readonly name: string;
  readonly mark: "dots" | "line";
  /** A class of the style sheet that gives the colour, or several. */
  readonly colour: string;
  /** One an epoch, from the first; null or NaN leaves a gap. */
  readonly values: readonly (number | null)[];
  /** Where the values stand, in epochs, if not at the end of each: then the axis begins at 0. */
  readonly places?: readonly number[];
  /** It goes without saying which it is. */
  readonly unnamed?: true;
}

export interface LineChart {
  /** Unique in its page. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, for those who do not see it. */
  readonly description: string;
  readonly y: string;
  readonly series: readonly Series[];
  /** An epoch to point out. */
  readonly mark?: { readonly epoch: number; readonly text: string };
  readonly height?: number;
  /** The value axis begins at 0. */
  readonly fromZero?: boolean;
}

/** Of more dots than these not each is an element with a title of its own. */
const FEW = 60;
/** More points than these are thinned. */
const MOST = 500;

export function lineChart(chart: LineChart): Html {
  const { id, title, description, series, height = 320 } = chart;
  const plane = planeOf(chart, height);
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>
${axes(plane, "epoch", chart.y)}${pointedOut(chart, plane)}${[...series].reverse().map((s) => drawn(s, plane))}${legend(series, plane.left)}</svg>`;
}

function planeOf({ series, fromZero }: LineChart, height: number): Plane {
  const trail = series.some(({ places }) => places !== undefined);
  const epochs = Math.max(1, ...series.map(({ values, places }) => Math.ceil(places?.at(-1) ?? values.length)));
  const all = series.flatMap(({ values }) => values.filter((v): v is number => v !== null && Number.isFinite(v)));
  const [low, high] = all.reduce(([l, h], v) => [Math.min(l, v), Math.max(h, v)], [all[0] ?? 0, all[0] ?? 1]);
  const ys = niceScale(fromZero ? 0 : low, high, 5);
  const xs = trail
    ? niceScale(0, epochs, 8, { whole: true, snap: false })
    : epochs === 1
      ? { ...niceScale(0, 2, 2, { whole: true, snap: false }), ticks: [1] }
      : niceScale(1, epochs, 8, { whole: true, snap: false });
  const inset = epochs === 1 && !trail ? 0 : 10;
  const left = leftOf(ys);
  const [plotWidth, plotHeight] = [WIDTH - left - RIGHT - 2 * inset, height - TOP - BOTTOM];
  return {
    xs: epochs > 1 && !trail && !xs.ticks.includes(1) && (xs.ticks[0] ?? 0) > 2 ? { ...xs, ticks: [1, ...xs.ticks] } : xs,
    ys,
    left,
    height,
    x: (epoch) => left + inset + ((epoch - xs.low) / (xs.high - xs.low)) * plotWidth,
    y: (value) => TOP + plotHeight * (1 - (value - ys.low) / (ys.high - ys.low)),
  };
}

function pointedOut({ mark }: LineChart, { x, height }: Plane): Html | undefined {
  if (mark === undefined) return undefined;
  const place = x(mark.epoch);
  const before = place > WIDTH * 0.7;
  return html`<path class="mark" d="M${at(place)} ${TOP}V${height - BOTTOM}"/><text class="mark-text" x="${at(place + (before ? -5 : 5))}" y="${TOP + 11}" text-anchor="${before ? "end" : "start"}">${mark.text}</text>`;
}

interface Point {
  readonly epoch: number;
  readonly value: number | null;
}

function drawn({ name, mark, colour, values, places }: Series, plane: Plane): Html {
  const points = thinned(values, places);
  const spot = ({ epoch, value }: Point): string => `${at(plane.x(epoch))} ${at(plane.y(value as number))}`;
  const real = points.filter(({ value }) => value !== null);
  const titled = ({ epoch, value }: Point): Html =>
    html`<title>${name}, epoch ${epoch}: ${Number((value as number).toPrecision(5))}</title>`;
  const few = real.length <= FEW;
  const radius = mark === "dots" ? (few ? 4 : 2.5) : 3;
  const circles = real.map((point) => {
    const [cx, cy] = spot(point).split(" ");
    return html`<circle cx="${cx}" cy="${cy}" r="${mark === "dots" || real.length === 1 ? radius : 7}">${titled(point)}</circle>`;
  });
  if (mark === "dots") {
    if (few) return html`<g class="dots ${colour}">${circles}</g>`;
    return html`<path class="speckles ${colour}" d="${real.map((point) => `M${spot(point)}h0`).join("")}"/>`;
  }
  if (real.length === 1) return html`<g class="dots ${colour}">${circles}</g>`;
  let pen = "M";
  const path = points.map((point) => {
    if (point.value === null) pen = "M";
    else {
      const step = `${pen}${spot(point)}`;
      pen = "L";
      return step;
    }
    return "";
  });
  return html`<path class="line ${colour}" d="${path.join("")}"/>${few && places === undefined && html`<g class="hover">${circles}</g>`}`;
}

/** Of many points the lowest and the highest of each run of them, in order. */
function thinned(values: readonly (number | null)[], places?: readonly number[]): Point[] {
  const points = values.map(
    (value, i): Point => ({ epoch: places?.[i] ?? i + 1, value: value !== null && Number.isFinite(value) ? value : null }),
  );
  if (points.length <= MOST) return points;
  const run = Math.ceil((2 * points.length) / MOST);
  const kept: Point[] = [];
  for (let i = 0; i < points.length; i += run) {
    const part = points.slice(i, i + run).sort((a, b) => (a.value ?? Number.NEGATIVE_INFINITY) - (b.value ?? Number.NEGATIVE_INFINITY));
    kept.push(...new Set([part[0] as Point, part.at(-1) as Point].sort((a, b) => a.epoch - b.epoch)));
  }
  return kept;
}

function legend(series: readonly Series[], left: number): Html | undefined {
  const named = series.filter(({ unnamed }) => unnamed !== true);
  if (named.length < 2) return undefined;
  let right = left;
  return html`<g class="legend">${named.map(({ name, mark, colour }) => {
    const x = right;
    right += 34 + 7 * name.length;
    const key =
      mark === "dots"
        ? html`<g class="dots ${colour}"><circle cx="${x + 10}" cy="16" r="4"/></g>`
        : html`<path class="line ${colour}" d="M${x} 16h20"/>`;
    return html`${key}<text x="${x + 26}" y="20">${name}</text>`;
  })}</g>`;
}
