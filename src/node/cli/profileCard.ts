// One column of a profile for a terminal: its name and type, its distribution as bars, and what is odd about it.

import type { Moments } from "../../profile/moments.ts";
import type { ColumnTold, Telling } from "../../profile/profile.ts";
import type { Count } from "../../profile/written.ts";
import { grouped, spaced } from "../../report/format.ts";
import type { PersonalFinding } from "../../stages/privacy/personalData.ts";
import type { Colours } from "./colours.ts";
import { cutTo, folded, widthOf } from "./format.ts";

export interface CardView {
  readonly width: number;
  readonly colours: Colours;
  readonly ascii: boolean;
}

/** 0.4 %, 12.3 %, and < 0.1 % where a little is not nothing. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  return `${(100 * share).toFixed(share >= 0.9995 ? 0 : 1)} %`;
}

/** Four digits that matter: 189,778, 38.58, 0.0071. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (Number.isNaN(value)) return "–";
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  if (size >= 1000 || Number.isInteger(value)) return grouped(Math.round(value));
  return String(Number(value.toPrecision(4)));
}

/** Values come from files, and may hold what a terminal obeys. */
export const shown = (text: string): string => text.replace(/\p{Cc}/gu, "·");

const LEVELS = "▁▂▃▄▅▆▇█";
const ASCII_LEVELS = ".:-=+*#@";
const WIDEST = 48;

/** Counts as a row of bars, one character each; what is not nothing is seen. */
export function sparkline(counts: readonly number[], { width, ascii }: CardView): string {
  const room = Math.max(8, Math.min(WIDEST, width));
  const each = Math.ceil(counts.length / room);
  const merged = Array.from({ length: Math.ceil(counts.length / each) }, (_, i) =>
    counts.slice(i * each, (i + 1) * each).reduce((sum, n) => sum + n, 0),
  );
  const most = Math.max(...merged);
  const levels = ascii ? ASCII_LEVELS : LEVELS;
  return merged.map((n) => (n === 0 ? " " : levels[Math.min(7, Math.floor((8 * n) / most))])).join("");
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of so many characters, to an eighth of one. */
export function bar(share: number, width: number, ascii: boolean): string {
  if (ascii) return "#".repeat(Math.max(share > 0 ? 1 : 0, Math.round(share * width)));
  const eighths = Math.max(share > 0 ? 1 : 0, Math.round(share * width * 8));
  return "█".repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

/** The most frequent values, a line each with its bar and its share, and what is left in one more. */
export function topLines(top: readonly Count[], distinct: number, known: number, most: number, view: CardView): string[] {
  const listed = distinct <= most + 1 ? top : top.slice(0, most);
  const rest = known - listed.reduce((sum, { count }) => sum + count, 0);
  const rows = listed.map(({ value, count }) => ({ label: value === "" ? '""' : shown(value), count }));
  if (rest > 0 && distinct > listed.length) rows.push({ label: `${grouped(distinct - listed.length)} more`, count: rest });
  const labelWidth = Math.min(Math.max(...rows.map(({ label }) => widthOf(label))), Math.max(8, Math.floor(view.width / 3)));
  const barWidth = Math.max(6, Math.min(28, view.width - labelWidth - 14));
  const largest = Math.max(...rows.map(({ count }) => count));
  return rows.map(({ label, count }, i) => {
    const name = cutTo(label, labelWidth);
    const isRest = i === listed.length;
    const drawn = bar(count / largest, barWidth, view.ascii);
    const padded = name + " ".repeat(labelWidth - widthOf(name));
    return `  ${isRest ? view.colours.dim(padded) : padded}  ${isRest ? view.colours.dim(drawn) : view.colours.cyan(drawn)} ${percent(count / known)}`;
  });
}

/** How strong it is and by which measure, and what the column gets right alone: no less than guessing does. */
export function tellingText({ association, alone }: Telling, digits = 2): string {
  const { measure, value } = association;
  const first = `${measure} ${Number.isNaN(value) ? "–" : value.toFixed(digits)}`;
  return alone === undefined ? first : `${first}  ${alone.metric} ${Math.max(alone.value, alone.baseline).toFixed(digits)}`;
}

export function columnCard(column: ColumnTold, rows: number, view: CardView, personal: readonly PersonalFinding[] = []): string[] {
  const { colours, width } = view;
  const known = rows - column.missing.count;
  const told = column.telling === undefined ? "" : tellingText(column.telling);
  const name = `${colours.bold(shown(column.name))}  ${colours.dim(typeText(column))}`;
  const missing = missingText(column, colours);
  const room = told === "" ? width : width - widthOf(told) - 1;
  // What is missing has a line of its own where the first has no room for it.
  const fits = widthOf(name) + widthOf(missing) <= room;
  const first = cutTo(fits ? name + missing : name, room);
  const gap = " ".repeat(Math.max(1, width - widthOf(first) - widthOf(told)));
  const lines = [told === "" ? first : `${first}${gap}${strongly(column.telling as Telling, told, colours)}`];
  if (!fits && missing !== "") lines.push(missing);
  const [found] = personal;
  if (found !== undefined) lines.push(`  ${colours.dim(`such as ${found.examples.map(shown).join(", ")}`)}`);
  else if (column.moments !== undefined && !column.constant) lines.push(...numberLines(column.moments, column, view));
  else if (column.dates !== undefined)
    lines.push(
      `  ${colours.cyan(sparkline(column.histogram?.counts ?? [], { ...view, width: width - 30 }))}  ${column.dates.from} … ${column.dates.to}`,
    );
  else if (column.top !== undefined && column.distinct > 0) lines.push(...nameLines(column, column.top, known, view));
  const remark = (mark: string, text: string): void => {
    lines.push(...folded(`${mark} ${text}`, width - 2, "  ").map((line) => `  ${line}`));
  };
  for (const { kind, why } of personal) remark(colours.red("!"), `personal data, ${spaced(kind)}: ${why}`);
  for (const text of remarks(column)) remark(colours.yellow("!"), text);
  return lines.map((line) => cutTo(line, width));
}

function strongly({ association, leak, alone }: Telling, text: string, colours: Colours): string {
  if (leak !== undefined) return colours.red(text);
  return Math.max(association.strength, alone?.skill ?? 0) >= 0.3 ? colours.green(text) : colours.dim(text);
}

function typeText({ type, distinct, moments, missing }: ColumnTold): string {
  if (type === "empty") return "empty";
  const what = type === "numbers" ? (moments?.whole ? "whole numbers" : "numbers") : type;
  return `${what}, ${grouped(distinct)} ${missing.count === 0 ? "distinct" : "distinct"}`;
}

function missingText({ missing }: ColumnTold, colours: Colours): string {
  if (missing.count === 0) return "";
  const tokens = missing.tokens
    .slice(0, 3)
    .map(({ value, count }) => (value === "" ? `empty × ${grouped(count)}` : `${shown(value)} × ${grouped(count)}`));
  return `  ${colours.yellow(`${percent(missing.share)} missing`)} ${colours.dim(`(${tokens.join(", ")}${missing.tokens.length > 3 ? ", …" : ""})`)}`;
}

function numberLines(moments: Moments, { histogram, distinct, top, missing }: ColumnTold, view: CardView): string[] {
  const { colours } = view;
  const { min, median, max, mean, sd, skewness, outliers } = moments;
  if (distinct === 2 && top !== undefined)
    return topLines(
      top,
      2,
      top.reduce((sum, { count }) => sum + count, 0),
      2,
      view,
    );
  const ends = `${short(min)} … ${short(median)} … ${short(max)}`;
  const drawn = sparkline(histogram?.counts ?? [], { ...view, width: view.width - widthOf(ends) - 5 });
  const known = [...(histogram?.counts ?? [])].reduce((sum, n) => sum + n, 0);
  const facts = [
    `mean ${short(mean)}`,
    `sd ${short(sd)}`,
    ...(Math.abs(skewness) >= 1
      ? [
          `skew ${skewness.toFixed(1)}${view.width >= 75 && Math.abs(skewness) > 3 ? (skewness > 0 ? ", a long tail of large ones" : ", a long tail of small ones") : ""}`,
        ]
      : []),
    ...(outliers.count > 0 && missing.suspects.length === 0
      ? [`outliers ${grouped(outliers.count)} (${percent(outliers.count / known)})`]
      : []),
  ];
  return [`  ${colours.cyan(drawn)}  ${ends}`, `  ${colours.dim(facts.join("   "))}`];
}

function nameLines({ distinct, unique, type }: ColumnTold, top: readonly Count[], known: number, view: CardView): string[] {
  const rare = unique || type === "text" || (top[0]?.count ?? 0) * 50 < known;
  if (!rare || distinct <= 10) return topLines(top, distinct, known, 4, view);
  const examples = top.slice(0, 3).map(({ value }) => shown(value).slice(0, 40));
  return [`  ${view.colours.dim(`such as ${examples.join(" · ")}`)}`];
}

/** What is odd, a line each. */
function remarks({ why, missing, spellings, unique, constant, infinite, type, telling }: ColumnTold): string[] {
  const lines: string[] = [];
  if (telling?.leak === "certain")
    lines.push(
      telling.oneToOne ? "each of its values stands for one class: it is the target by another name" : "it gives the target away alone",
    );
  if (telling?.leak === "likely") lines.push("it is nearly enough alone: is it known before the target is?");
  if (constant && type !== "empty") lines.push("the same in every row");
  if (unique) lines.push("another value in every row: it names rows, and tells nothing of others");
  if (why !== undefined) lines.push(why);
  const codes = missing.suspects.map(({ value, count }) => `${JSON.stringify(shown(value))} × ${grouped(count)}`);
  if (codes.length > 0) lines.push(`may stand for "not known": ${codes.slice(0, 4).join(", ")}`);
  if (infinite > 0) lines.push(`${grouped(infinite)} infinite`);
  for (const group of spellings.slice(0, 2))
    lines.push(
      `one name in several spellings: ${group
        .slice(0, 4)
        .map(({ value, count }) => `${JSON.stringify(shown(value))} × ${grouped(count)}`)
        .join(", ")}`,
    );
  if (spellings.length > 2) lines.push(`and ${spellings.length - 2} more names in several spellings`);
  return lines;
}
