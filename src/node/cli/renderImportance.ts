// Permutation importance in a terminal: a line a column, with a bar as long as what the metric lost is large.
import type { Importance } from "../../pipeline/events.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { tableLines, type View } from "./view.ts";

const SHOWN = 20;
const BAR = 24;

export function importanceLines(importance: Importance | undefined, { width, colours }: View): string[] {
  if (importance === undefined) return [];
  const { metric, repeats, folds, columns } = importance;
  const shown = columns.slice(0, SHOWN);
  const most = Math.max(0, ...shown.map(({ mean }) => mean));
  const digits = most > 0 ? Math.min(20, Math.max(0, 2 - Math.floor(Math.log10(most)))) : 4;
  const texts = alignedLines(
    shown.map(({ column, mean, deviation }) => [column, `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`]),
    ["left", "right"],
  );
  const bars = shown.map(({ mean }) => (mean > 0 ? "▇".repeat(Math.max(1, Math.round((BAR * mean) / most))) : ""));
  const times = `${repeats} ${repeats === 1 ? "time" : "times"}${folds === undefined ? "" : " in each fold"}`;
  const more = columns.length - shown.length;
  const lines = [
    `what ${metric} loses when a column is shuffled (${times})`,
    ...texts.map((text, i) => `${text}  ${colours.green(bars[i] as string)}`.trimEnd()),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
  return ["", ...tableLines(lines.join("\n"), width)];
}
