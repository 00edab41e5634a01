// The pipeline as a diagram: rows flow downwards as a ribbon, as wide as there are rows; what a stage removes leaves to the right; after
// the split three ribbons go on, and end where their rows are used.
import type { ReportFile } from "../pipeline/report/file.ts";
import { type Lane, partsOf, type Rows, type Step, stepsOf } from "./flowSteps.ts";
import { grouped } from "./format.ts";
import { type Html, html } from "./html.ts";

/** `planned` are steps that a run which goes on has not come to. */
export function flow(report: ReportFile, pipeline: Readonly<Record<string, unknown>>, planned: readonly Step[] = []): Html {
  const steps = [...stepsOf(report, pipeline), ...planned];
  const parts = partsOf(report) ?? {};
  const most = Math.max(1, ...report.stages.map(({ rowsIn }) => rowsIn));
  return html`<ol class="flow">${steps.map(
    (step) => html`<li${step.planned !== undefined && html` class="${step.planned}"`}>
<div class="what"><span class="stage">${step.stage}</span> <b>${step.kind}</b>${step.settings !== "" && html`<span class="soft settings">${step.settings}</span>`}</div>
${ribbon(step, parts, most)}
<div class="facts">${step.facts.map((fact) => html`<p>${fact}</p>`)}${removedList(step)}${changedList(step)}</div></li>`,
  )}</ol>`;
}

function removedList({ removed = [], from, to }: Step): Html | undefined {
  if (removed.length === 0) return undefined;
  const more = (from.all ?? 0) - (to.all ?? 0) - removed.length;
  return html`<ul class="removed">${removed.map(({ id, reason }) => html`<li>row ${grouped(id)}: ${reason}</li>`)}${more > 0 && html`<li>and ${grouped(more)} more</li>`}</ul>`;
}

function changedList({ changed = [] }: Step): Html | undefined {
  if (changed.length === 0) return undefined;
  return html`<ul class="removed">${changed.map(({ id, column, before, after }) => html`<li>row ${grouped(id)}, ${column}: ${before} → ${after}</li>`)}</ul>`;
}

const WIDTH = 200;
const ROOM = 160;
const GAP = 12;
/** No ribbon is thinner. */
const THINNEST = 3;

interface Band {
  readonly lane: Lane;
  readonly left: number;
  readonly right: number;
}

/** Side by side, centred. */
function bands(rows: Rows, most: number): Band[] {
  const lanes = (["all", "train", "validation", "test"] as const).filter((lane) => (rows[lane] ?? 0) > 0);
  const widths = lanes.map((lane) => Math.max(THINNEST, ((rows[lane] as number) / most) * ROOM));
  let left = (WIDTH - widths.reduce((sum, w) => sum + w, 0) - GAP * (lanes.length - 1)) / 2;
  return lanes.map((lane, i) => {
    const band = { lane, left, right: left + (widths[i] as number) };
    left = band.right + GAP;
    return band;
  });
}

/** Each of the parts keeps its lane to its end. */
function ribbon({ from, to, shaken }: Step, parts: Rows, most: number): Html {
  const placed = (rows: Rows): Band[] =>
    rows.all === undefined ? bands(parts, most).filter(({ lane }) => rows[lane] !== undefined) : bands(rows, most);
  const [before, after] = [placed(from), placed(to)];
  const shapes =
    before.length === 0
      ? after.map(begun)
      : to.all === undefined && from.all !== undefined
        ? divided(before[0] as Band, after)
        : before.map((band) => flowed(band, after, from));
  const shake =
    shaken === true &&
    before
      .filter(({ lane }) => lane === "train")
      .map(({ left, right }) =>
        [0.3, 0.5, 0.7].map((part, i) => html`<path class="shake" d="M${n(left + part * (right - left))} ${i % 2 === 0 ? 4 : 12}V100"/>`),
      );
  return html`<svg class="ribbon" viewBox="0 0 ${WIDTH} 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">${shapes}${shake}</svg>`;
}

const mid = (a: number, b: number): number => (a + b) / 2;
const n = (value: number): string => value.toFixed(1);

const begun = ({ lane, left, right }: Band): Html =>
  html`<path class="${lane}" d="M${n(left)} 100V30Q${n(left)} 14 ${n(left + 8)} 14H${n(right - 8)}Q${n(right)} 14 ${n(right)} 30V100Z"/>`;

/** A ribbon from one width to another; it ends in a point where its rows go no further. */
function flowed(band: Band, after: readonly Band[], from: Rows): Html {
  const { lane, left, right } = band;
  const next = after.find((other) => other.lane === lane);
  if (next === undefined) return html`<path class="${lane}" d="M${n(left)} 0H${n(right)}V60L${n(mid(left, right))} 96L${n(left)} 60Z"/>`;
  const whole = shape(band, next.left, next.right);
  const lost = right - left - (next.right - next.left);
  const gone =
    from.all !== undefined && lost > 0
      ? html`<path class="gone" d="M${n(right - Math.max(lost, 1.5))} 0H${n(right)}C${n(right)} 45 ${WIDTH - 12} 40 ${WIDTH} 62V${n(62 + Math.max(4, lost / 2))}C${WIDTH - 16} 60 ${n(right - lost)} 60 ${n(right - Math.max(lost, 1.5))} 0Z"/>`
      : undefined;
  return html`${gone}<path class="${lane}" d="${whole}"/>`;
}

const shape = ({ left, right }: Pick<Band, "left" | "right">, toLeft: number, toRight: number): string =>
  `M${n(left)} 0H${n(right)}C${n(right)} 55 ${n(toRight)} 45 ${n(toRight)} 100H${n(toLeft)}C${n(toLeft)} 45 ${n(left)} 55 ${n(left)} 0Z`;

function divided({ left, right }: Band, after: readonly Band[]): Html[] {
  const widths = after.map((band) => band.right - band.left);
  const total = widths.reduce((sum, w) => sum + w, 0);
  let start = left;
  return after.map((band, i) => {
    const end = start + ((widths[i] as number) / total) * (right - left);
    const path = shape({ left: start, right: end }, band.left, band.right);
    start = end;
    return html`<path class="${band.lane}" d="${path}"/>`;
  });
}
