// The history of a run as small line plots of dots: training against validation, epoch by epoch.
import type { EpochEvent } from "../../pipeline/events.ts";
import { numberText } from "../../pipeline/summary.ts";
import type { Colours } from "./colours.ts";
import { widthOf } from "./format.ts";

export interface PlotView {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colours: Colours;
  /** Plain characters for terminals without braille. */
  readonly ascii: boolean;
}

interface Series {
  readonly name: "training" | "validation";
  /** A value an epoch; what is missing or not finite leaves a gap. */
  readonly values: readonly (number | undefined)[];
}

const HEIGHT = 8;
const WIDEST = 56;
const NARROWEST = 24;
const GAP = 3;
const SHORT = { training: "train", validation: "val" } as const;
const METRICS = ["loss", "accuracy"];

/** Plots of loss and accuracy, beside each other where there is room; nothing for fewer than two epochs, or a screen too narrow. */
export function historyPlot(epochs: readonly EpochEvent[], view: PlotView): string[] {
  if (epochs.length < 2 || view.width < NARROWEST) return [];
  const names = METRICS.filter((name) => epochs.some(({ train, validation }) => name in train || name in (validation ?? {})));
  const beside = view.width >= names.length * (NARROWEST + GAP) * 1.45;
  const room = beside ? Math.floor((view.width - GAP * (names.length - 1)) / names.length) : view.width;
  const plots = names.map((name) => {
    const series: Series[] = [
      { name: "training", values: epochs.map(({ train }) => train[name]) },
      { name: "validation", values: epochs.map(({ validation }) => validation?.[name]) },
    ];
    const shown = series.filter(({ values }) => values.some(isDrawn));
    return plot(name, shown, epochs, { ...view, width: Math.min(room, WIDEST) });
  });
  return beside ? besideEachOther(plots) : plots.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}

const isDrawn = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

function plot(title: string, series: readonly Series[], epochs: readonly EpochEvent[], view: PlotView): string[] {
  const values = series.flatMap((s) => s.values.filter(isDrawn));
  if (values.length === 0) return [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [top, bottom] = [numberText(high), numberText(low)];
  const margin = Math.max(top.length, bottom.length);
  const width = view.width - margin - 2;
  const { colours, ascii } = view;
  const [tick, bar, corner, line] = ascii ? ["+", "|", "+", "-"] : ["┤", "│", "└", "─"];
  const rows = drawing(series, low, high, width, view).map((cells, row) => {
    const label = row === 0 ? top : row === HEIGHT - 1 && low < high ? bottom : "";
    return `${colours.dim(label.padStart(margin))} ${colours.dim(label === "" ? bar : tick)}${cells}`;
  });
  const [first, last] = [String(epochs[0]?.epoch), `epoch ${epochs.at(-1)?.epoch}`];
  const legend = (short: boolean): string =>
    series.map(({ name }) => inColour(name, colours)(`${marks(ascii)[name].sample} ${short ? SHORT[name] : name}`)).join("  ");
  const indent = " ".repeat(margin + 1);
  return [
    [false, true].map((short) => `${indent}${colours.bold(title)}  ${legend(short)}`).find((head) => widthOf(head) <= view.width) ?? title,
    ...rows,
    colours.dim(`${indent}${corner}${line.repeat(width)}`),
    colours.dim(`${indent} ${first}${last.padStart(width - first.length)}`),
  ];
}

const inColour = (name: Series["name"], colours: Colours): Colours["cyan"] => (name === "training" ? colours.cyan : colours.yellow);

const marks = (ascii: boolean): Record<Series["name"], { readonly sample: string; readonly mark: string }> =>
  ascii
    ? { training: { sample: "*", mark: "*" }, validation: { sample: "o", mark: "o" } }
    : { training: { sample: "⠒⠒", mark: "" }, validation: { sample: "⠐⠐", mark: "" } };

/** The lines of the field, drawn. Where two series meet in one cell it has both dots and the colour of the later. */
function drawing(series: readonly Series[], low: number, high: number, width: number, { colours, ascii }: PlotView): string[] {
  const [dotsX, dotsY] = ascii ? [1, 1] : [2, 4];
  const dots = new Uint8Array(width * HEIGHT);
  const owner = new Int8Array(width * HEIGHT).fill(-1);
  for (const [s, { name, values }] of series.entries()) {
    const span = high - low || 1;
    const point = (epoch: number): [number, number] => [
      Math.round((epoch * (width * dotsX - 1)) / (values.length - 1)),
      Math.round(((high - (values[epoch] as number)) * (HEIGHT * dotsY - 1)) / span),
    ];
    let step = 0;
    const dot = (x: number, y: number): void => {
      // Validation is dotted, so that the lines can be told apart without colours.
      if (!ascii && name === "validation" && step++ % 4 > 1) return;
      const cell = Math.floor(y / dotsY) * width + Math.floor(x / dotsX);
      dots[cell] = (dots[cell] as number) | (BRAILLE[y % dotsY]?.[x % dotsX] ?? 1);
      owner[cell] = s;
    };
    for (let epoch = 0; epoch < values.length; epoch++) {
      if (!isDrawn(values[epoch])) continue;
      const from = point(epoch);
      eachDot(from, epoch + 1 < values.length && isDrawn(values[epoch + 1]) ? point(epoch + 1) : from, dot);
    }
  }
  return Array.from({ length: HEIGHT }, (_, row) => {
    const cells = Array.from({ length: width }, (_, column): string => {
      const cell = row * width + column;
      const name = series[owner[cell] as number]?.name;
      if (name === undefined) return " ";
      const character = ascii ? marks(true)[name].mark : String.fromCodePoint(0x2800 + (dots[cell] as number));
      return inColour(name, colours)(character);
    });
    return cells.join("").trimEnd();
  });
}

/** Bits of the dots of a braille character, by row and column. */
const BRAILLE = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

function eachDot([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number], visit: (x: number, y: number) => void): void {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  for (let i = 0; i < steps; i++) visit(Math.round(x0 + ((x1 - x0) * i) / steps), Math.round(y0 + ((y1 - y0) * i) / steps));
  visit(x1, y1);
}

function besideEachOther(plots: readonly (readonly string[])[]): string[] {
  const widths = plots.map((lines) => Math.max(...lines.map(widthOf)));
  const height = Math.max(...plots.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    plots
      .map((lines, i) => `${lines[row] ?? ""}${" ".repeat((widths[i] as number) + GAP - widthOf(lines[row] ?? ""))}`)
      .join("")
      .trimEnd(),
  );
}

/** Whether a terminal shows no more than ASCII, as far as its environment tells. */
export function onlyAscii(env: NodeJS.ProcessEnv = process.env): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return env.TERM === "linux" || env.TERM === "dumb" || (locale !== "" && !/utf-?8/i.test(locale));
}
