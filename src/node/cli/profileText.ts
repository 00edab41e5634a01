// A profile for a terminal: the table, the target, a card a column (two beside each other where there is room), what tells the target, and
// what to do.
import type { Alike } from "../../profile/alike.ts";
import type { Step } from "../../profile/inputs.ts";
import type { ColumnTold, Profile } from "../../profile/profile.ts";
import type { TableRead } from "../../profile/readTable.ts";
import { stepsOf } from "../../profile/steps.ts";
import { grouped } from "../../report/format.ts";
import { cutTo, folded, widthOf } from "./format.ts";
import { bar, type CardView, columnCard, percent, shown, sparkline, tellingText, topLines } from "./profileCard.ts";

/** Two cards stand beside each other from this width on. */
const WIDE = 150;
const GAP = 4;
const WIDEST = 220;
/** So many columns have a card. */
const MOST_CARDS = 60;

export function profileText({ notes, source }: TableRead, profile: Profile, given: CardView): string[] {
  const view = { ...given, width: Math.max(40, Math.min(WIDEST, given.width)) };
  const { colours } = view;
  const remarks = [...notes, ...profile.notes].map((note) => `${colours.yellow("!")} ${note}`);
  return [
    titleLine(source.path, profile, view),
    ...remarks.flatMap((remark) => folded(remark, view.width, "  ")),
    ...duplicateLines(profile, view),
    ...targetLines(profile, view),
    ...cardLines(profile, view),
    ...rankingLines(profile, view),
    ...alikeLines(profile.alike, view),
    ...stepLines(stepsOf(profile), view),
  ];
}

function heading(title: string, { colours, width, ascii }: CardView): string[] {
  const text = cutTo(title, width);
  const line = (ascii ? "-" : "─").repeat(Math.max(0, Math.min(width, 100) - widthOf(text) - 1));
  return ["", `${colours.bold(text)} ${colours.dim(line)}`.trimEnd()];
}

function titleLine(path: string, { rows, columns }: Profile, { colours }: CardView): string {
  const rowsText = `${grouped(rows)} ${rows === 1 ? "row" : "rows"} × ${grouped(columns.length)} ${columns.length === 1 ? "column" : "columns"}`;
  return `${colours.bold(shown(path))}  ${rowsText}`;
}

function duplicateLines({ duplicates, rows, target }: Profile, { colours, width }: CardView): string[] {
  const { rows: same, example, straddling, contradicting = 0 } = duplicates;
  const lines: string[] = [];
  if (same > 0 && example !== undefined) {
    const what = `${grouped(same)} ${same === 1 ? "row equals" : "rows equal"} an earlier one (${percent(same / rows)}; row ${grouped(example[0])} is row ${grouped(example[1])})`;
    lines.push(
      `${colours.yellow("!")} ${what}; split at random, about ${Math.max(1, Math.round(straddling))} of the rows of a test fifth would stand in the training rows, too`,
    );
  }
  if (contradicting > 0 && target !== undefined)
    lines.push(
      `${colours.yellow("!")} ${grouped(contradicting)} ${contradicting === 1 ? "row equals an earlier one but has" : "rows equal earlier ones but have"} another ${shown(target.name)}`,
    );
  return lines.flatMap((line) => folded(line, width, "  "));
}

function targetLines({ target, columns, rows }: Profile, view: CardView): string[] {
  const found = columns.find(({ name }) => name === target?.name);
  if (target === undefined || found === undefined) return [];
  const { colours } = view;
  const missing = target.missing === 0 ? "" : `, ${grouped(target.missing)} missing`;
  const title = heading(`Target: ${shown(target.name)}`, view);
  if (target.classes !== undefined) {
    const balance = topLines(target.classes, target.classes.length, rows - target.missing, 8, { ...view, width: Math.min(view.width, 80) });
    return [
      ...title,
      `  ${colours.dim(`classification, ${target.classes.length === 1 ? "1 class" : `${target.classes.length} classes`}${missing}`)}`,
      ...balance,
    ];
  }
  const { min, median, mean, sd, max } = found.moments ?? { min: 0, median: 0, mean: 0, sd: 0, max: 0 };
  const facts = `${numbers(min)} … ${numbers(median)} … ${numbers(max)}   mean ${numbers(mean)}   sd ${numbers(sd)}`;
  return [
    ...title,
    `  ${colours.dim(`regression${missing}`)}`,
    `  ${colours.cyan(sparkline(found.histogram?.counts ?? [], view))}`,
    `  ${facts}`,
  ];
}

const numbers = (value: number): string => (Math.abs(value) >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(4))));

function cardLines({ columns, rows, target, personal }: Profile, view: CardView): string[] {
  const others = columns.filter(({ name }) => name !== target?.name);
  const shownColumns = others.slice(0, MOST_CARDS);
  const beside = view.width >= WIDE;
  const width = beside ? Math.floor((view.width - GAP) / 2) : view.width;
  const cards = shownColumns.map((shownColumn) =>
    columnCard(
      shownColumn,
      rows,
      { ...view, width },
      personal.filter(({ column }) => column === shownColumn.name),
    ),
  );
  const more = others.length - cards.length;
  return [
    ...heading(target === undefined ? "Columns" : `Columns, and what each has to do with ${shown(target.name)}`, view),
    ...(beside ? pairs(cards, width) : cards.flatMap((card, i) => (i === 0 ? card : ["", ...card]))),
    ...(more > 0 ? ["", view.colours.dim(`… and ${grouped(more)} more columns; --json has all of them`)] : []),
  ];
}

function pairs(cards: readonly (readonly string[])[], width: number): string[] {
  return cards.flatMap((left, i) => {
    if (i % 2 === 1) return [];
    const right = cards[i + 1] ?? [];
    const lines = Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
      const cell = left[row] ?? "";
      return `${cell}${" ".repeat(width - widthOf(cell) + GAP)}${right[row] ?? ""}`.trimEnd();
    });
    return i === 0 ? lines : ["", ...lines];
  });
}

const MOST_RANKED = 10;

/** The columns by how much they tell, as bars. */
function rankingLines({ columns, target }: Profile, view: CardView): string[] {
  const strength = ({ telling }: ColumnTold): number => Math.max(telling?.association.strength ?? 0, telling?.alone?.skill ?? 0);
  const ranked = columns.filter(({ telling }) => telling !== undefined).sort((a, b) => strength(b) - strength(a));
  if (target === undefined || ranked.length < 2) return [];
  const listed = ranked.slice(0, MOST_RANKED);
  const nameWidth = Math.min(Math.max(...listed.map(({ name }) => widthOf(shown(name)))), Math.floor(view.width / 3));
  const barWidth = Math.max(
    8,
    Math.min(40, view.width - nameWidth - (listed.some(({ telling }) => telling?.leak !== undefined) ? 36 : 28)),
  );
  const lines = listed.map((column) => {
    const name = cutTo(shown(column.name), nameWidth);
    const leak = column.telling?.leak !== undefined;
    const drawn = bar(strength(column), barWidth, view.ascii);
    const paint = leak ? view.colours.red : view.colours.green;
    const text = column.telling === undefined ? "" : tellingText(column.telling, 3);
    return `  ${name}${" ".repeat(nameWidth - widthOf(name))}  ${paint(drawn)}${" ".repeat(barWidth - widthOf(drawn))}  ${text}${leak ? view.colours.red("  leak?") : ""}`;
  });
  const used = new Set(
    ranked.flatMap(({ telling }) => (telling === undefined ? [] : [telling.association.measure, telling.alone?.metric])),
  );
  const legend = Object.entries(LEGEND).flatMap(([measure, text]) => (used.has(measure as "r") ? [`${measure} ${text}`] : []));
  const explained = `${legend.join("; ")}. The bar is the greater of the association and of what the column alone gains over guessing.`;
  return [
    ...heading(`What tells ${shown(target.name)}`, view),
    ...lines.map((line) => cutTo(line, view.width)),
    ...folded(explained, view.width - 2, "").map((line) => `  ${view.colours.dim(line)}`),
  ];
}

const LEGEND = {
  r: "Pearson's correlation",
  ρ: "Spearman's, where it is the stronger",
  V: "Cramér's, corrected for bias",
  η: "correlation ratio, corrected for bias",
  AUC: "of the column alone, cross-validated",
  accuracy: "of the column alone, cross-validated",
  "R²": "of the column alone, cross-validated",
} as const;

const MOST_ALIKE = 8;

function alikeLines(alike: readonly Alike[], view: CardView): string[] {
  if (alike.length === 0) return [];
  const how = ({ how: kind, r }: Alike): string =>
    kind === "equal" ? "are equal" : kind === "one to one" ? "say the same in other words" : `go in step (r ${r?.toFixed(4)})`;
  const lines = alike.slice(0, MOST_ALIKE).map((pair) => `  ${shown(pair.columns[0])} and ${shown(pair.columns[1])} ${how(pair)}`);
  const more = alike.length - lines.length;
  return [
    ...heading("Columns that are alike", view),
    ...lines.map((line) => cutTo(line, view.width)),
    ...(more > 0 ? [view.colours.dim(`  and ${more} more pairs`)] : []),
  ];
}

function stepLines(steps: readonly Step[], view: CardView): string[] {
  const { colours, width } = view;
  if (steps.length === 0) return [...heading("What to do", view), "  Nothing: the table is clean as it is."];
  const lines = steps.flatMap(({ at, code, why, sure }, i) => {
    const number = `${i + 1}.`.padStart(4);
    const indent = " ".repeat(5);
    const call = folded(code, width - 5 - at.length - 2, "  ");
    const paint = sure ? colours.green : colours.yellow;
    return [
      ...call.map(
        (line, l) => `${l === 0 ? `${colours.dim(number)} ` : indent}${paint(line)}${l === call.length - 1 ? colours.dim(`  ${at}`) : ""}`,
      ),
      ...folded(`${why}${sure ? "" : " (to think about)"}`, width - 5, "").map((line) => `${indent}${colours.dim(line)}`),
    ];
  });
  return [...heading("What to do", view), ...lines];
}
