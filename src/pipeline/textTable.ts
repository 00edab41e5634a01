// Tables for terminals: text in, lines out. Frames are drawn with Unicode lines or plain ASCII.

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

interface Frame {
  /** Left end, filling, crossing and right end of each rule. */
  readonly top: string;
  readonly head: string;
  readonly between: string;
  readonly bottom: string;
  readonly titleBar: string;
  readonly bar: string;
}

const unicode: Frame = { top: "┏━┳┓", head: "┡━╇┩", between: "├─┼┤", bottom: "└─┴┘", titleBar: "┃", bar: "│" };
const ascii: Frame = { top: "+-++", head: "+=++", between: "+-++", bottom: "+-++", titleBar: "|", bar: "|" };

export interface TextOptions {
  /** Frames of +, - and | for terminals without Unicode. Default false. */
  readonly ascii?: boolean;
}

export const pad = (text: string, width: number, align: Column["align"]): string =>
  align === "left" ? text.padEnd(width) : text.padStart(width);

/** A framed table with a rule between all rows, as Keras draws a model. */
export function framedTable(columns: readonly Column[], rows: readonly (readonly string[])[], options: TextOptions = {}): string[] {
  const frame = options.ascii ? ascii : unicode;
  const widths = columns.map(({ title }, c) => Math.max(title.length, ...rows.map((row) => (row[c] ?? "").length)));
  const line = (cells: readonly string[], bar: string): string =>
    `${bar} ${columns.map(({ align }, c) => pad(cells[c] ?? "", widths[c] as number, align)).join(` ${bar} `)} ${bar}`;
  const rule = ([left, fill, cross, right]: string): string => left + widths.map((w) => (fill as string).repeat(w + 2)).join(cross) + right;
  const body = rows.flatMap((row, i) => (i === 0 ? [line(row, frame.bar)] : [rule(frame.between), line(row, frame.bar)]));
  const titles = columns.map((c) => c.title);
  return [rule(frame.top), line(titles, frame.titleBar), rule(frame.head), ...body, rule(frame.bottom)];
}

/** Columns side by side, two spaces apart, without a frame. */
export function alignedLines(rows: readonly (readonly string[])[], aligns: readonly Column["align"][]): string[] {
  const widths = aligns.map((_, c) => Math.max(0, ...rows.map((row) => (row[c] ?? "").length)));
  return rows.map((row) =>
    aligns
      .map((align, c) => pad(row[c] ?? "", widths[c] as number, align))
      .join("  ")
      .trimEnd(),
  );
}
