// Text files with one row a line: each class in its own file, or the class at the start of each line.
import { type Descriptor, describe, either, listOf, optional, type Rules, record, string } from "../check.ts";
import { PipelineError, show } from "../errors.ts";
import { encodingRule } from "./decodeText.ts";
import { eachLine } from "./eachLine.ts";
import type { ReadableFile } from "./readableFile.ts";
import type { SourceIo, SourceKind, Table } from "./table.ts";
import { type TextRows, textRows, textTable } from "./textTable.ts";

/** One file whose lines begin with their class, or a file for each class. */
export type LinesPath = string | Readonly<Record<string, string>>;

export interface LinesSource extends Descriptor {
  readonly kind: "lines";
  readonly path: LinesPath;
  readonly test?: LinesPath;
  readonly separator?: string;
  readonly classes?: readonly string[];
  readonly encoding?: string;
}

const byClass = record(string, 'a path, or paths by class such as { neg: "a.txt", pos: "b.txt" }');

const rules: Rules = {
  path: either(byClass, string),
  test: optional(either(byClass, string)),
  separator: optional(string),
  classes: optional(listOf(string)),
  encoding: optional(encodingRule),
};

/**
 * Text files with one row a line, gzip or not, by path or URL. `path` is an object with the file of each class, such as
 * `{ neg: "bad.txt", pos: "good.txt" }`; or one file whose lines are `class<separator>text` (separator: default a tab). `test` is the
 * given test set in the same form. Gives the columns `text` and `label`, with classes in alphabetical order or as `classes` lists them.
 * `encoding` defaults to "utf-8". An empty line is a row with an empty text where files have their classes, and is skipped elsewhere.
 */
export function lines(path: string, settings?: Omit<LinesSource, "kind" | "path">): LinesSource;
export function lines(settings: Omit<LinesSource, "kind">): LinesSource;
export function lines(first: string | Omit<LinesSource, "kind">, more: Omit<LinesSource, "kind" | "path"> = {}): LinesSource {
  return describe<LinesSource>("lines", typeof first === "string" ? { ...more, path: first } : first, rules);
}

/** A file of one class; or of several, named on its lines. */
export interface LinesFile extends ReadableFile {
  readonly label?: string;
  readonly test?: boolean;
}

export const linesKind: SourceKind<LinesSource> = {
  kind: "lines",
  rules,
  async load(source, io) {
    const open = async (path: LinesPath, test: boolean): Promise<LinesFile[]> => {
      if (typeof path === "string") return [{ ...(await io.open(path)), test }];
      const files: LinesFile[] = [];
      for (const [label, name] of Object.entries(path)) files.push({ ...(await io.open(name)), label, test });
      return files;
    };
    const files = [...(await open(source.path, false)), ...(source.test === undefined ? [] : await open(source.test, true))];
    return linesTable(files, source, io);
  },
};

export async function linesTable(
  files: readonly LinesFile[],
  { separator = "\t", classes, encoding }: Pick<LinesSource, "separator" | "classes" | "encoding">,
  io: SourceIo,
): Promise<Table> {
  const rows = textRows();
  const origin: LinesFile[] = [];
  for (const file of files) {
    await eachLine(file, encoding, io, (line, number) => {
      if (file.label === undefined && line.trim() === "") return;
      addRow(rows, file, line, number, separator);
      origin.push(file);
    });
  }
  return textTable(rows, { text: "text", target: "label", classes, where: (i) => `${origin[i]?.name} line ${rows.lines[i]}` });
}

function addRow(rows: TextRows, file: LinesFile, line: string, number: number, separator: string): void {
  if (file.label === undefined) {
    const end = line.indexOf(separator);
    if (end < 0) {
      const way = `expected class${JSON.stringify(separator).slice(1, -1)}text, got ${show(line)}`;
      throw new PipelineError("data", `${file.name} line ${number}`, `there is no separator: ${way}`);
    }
    rows.labels.push(line.slice(0, end).trim());
    rows.texts.push(line.slice(end + separator.length));
  } else {
    rows.labels.push(file.label);
    rows.texts.push(line);
  }
  rows.test.push(file.test ? 1 : 0);
  rows.lines.push(number);
}
