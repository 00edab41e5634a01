// What `profile` and `init` share: how a file of a table is named and described, and how it is read and looked at.
import { statSync } from "node:fs";
import type { SourceIo } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Profile, profileTable } from "../../profile/profile.ts";
import type { CsvSettings } from "../../profile/readCsv.ts";
import { readTable, type TableRead } from "../../profile/readTable.ts";
import { nodePlatform } from "../platform.ts";
import type { Arguments, Option } from "./command.ts";
import { usageError } from "./failure.ts";
import { openScreen } from "./screen.ts";

export const tableOptions: Readonly<Record<string, Option>> = {
  target: { type: "string", short: "t", value: "COLUMN", help: "the column that is to be predicted" },
  task: { type: "string", value: "TASK", help: "classification or regression (default: by what the target holds)" },
  separator: { type: "string", short: "s", value: "CHAR", help: "what stands between cells: a character, or tab (default: found out)" },
  names: { type: "string", value: "A,B,…", help: "what the columns are called, where no row says it" },
  header: { type: "boolean", help: "the first row holds the names of the columns (default: found out)" },
  "no-header": { type: "boolean", help: "the first row holds values, no names (default: found out)" },
  skip: { type: "string", value: "N", help: "leave out so many lines at the beginning" },
  comment: { type: "string", value: "CHAR", help: "lines that begin with it are none" },
  decimal: { type: "string", value: "CHAR", help: "a comma for numbers such as 1,5" },
  thousands: { type: "string", value: "CHAR", help: "what stands between groups of three digits, as in 1,234" },
  ragged: { type: "string", value: "FATE", help: "rows of another number of cells: error (default), drop, or fill what is not there" },
  encoding: { type: "string", value: "NAME", help: "such as latin1 (default: what a byte order mark says, or UTF-8)" },
};

export interface LookedAt {
  readonly table: TableRead;
  readonly profile: Profile;
  readonly seconds: number;
}

/** Reads the file and looks at it; shows how far it is. `checks` is called between the two. */
export async function lookAtFile(given: Arguments, checks: (table: TableRead) => void = () => undefined): Promise<LookedAt> {
  const path = given.positionals[0] as string;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw usageError(
      path,
      "it is a folder; expected one file of a table (.csv, .json, .jsonl). For folders of images or texts see images() and textFolder()",
    );
  let settings = settingsOf(given);
  const task = given.text("task");
  if (task !== undefined && task !== "classification" && task !== "regression")
    throw usageError("--task", `expected classification or regression, got "${task}"`);
  const started = performance.now();
  const screen = openScreen(process.stderr, 1, ({ type }) => type === "progress" || type === "warning");
  try {
    const look = async (table: TableRead): Promise<Profile> => {
      const pause = pacing();
      const total = Object.keys(table.columns).length;
      const work = profileTable(table, { target: given.text("target"), task });
      for (let next = work.next(); ; next = work.next()) {
        if (next.done === true) return next.value;
        if (!pause.due()) continue;
        screen.show({ type: "progress", stage: "source", what: "looking at columns", done: next.value, total });
        await pause.turn();
      }
    };
    let table = await readTable(path, settings, ioOf(screen.show));
    checks(table);
    let profile = await look(table);
    for (let notation = notationOf(profile, settings); notation !== undefined; notation = notationOf(profile, settings)) {
      settings = { ...settings, ...notation.settings };
      const read = await readTable(path, settings, ioOf(screen.show));
      table = { ...read, notes: [...read.notes, notation.note] };
      profile = await look(table);
    }
    return { table, profile, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    // The library says "target" where the command line has an option.
    if (error instanceof PipelineError && error.at === "target") throw usageError("--target", error.message.replace(/^target: /, ""));
    throw error;
  } finally {
    screen.close();
  }
}

/** How numbers are written, where columns would be numbers if it were known. */
function notationOf({ columns }: Profile, { decimal, thousands }: CsvSettings): { settings: CsvSettings; note: string } | undefined {
  const by = (notation: string): string[] => columns.filter((column) => column.notation === notation).map(({ name }) => name);
  const [comma, grouped] = [by("decimal comma"), by("thousands")];
  if (comma.length > 0 && decimal === undefined && thousands === undefined)
    return { settings: { decimal: "," }, note: `numbers are read with a decimal comma, as in ${comma.slice(0, 3).join(", ")}` };
  if (comma.length > 0 && decimal === "," && thousands === undefined) {
    const spaced = columns.some(({ notation, top }) => notation === "decimal comma" && top?.some(({ value }) => /\d \d{3}/.test(value)));
    const note = `numbers are read with a decimal comma and ${spaced ? "spaces" : "points"} between thousands, as in ${comma.slice(0, 3).join(", ")}`;
    return { settings: { thousands: spaced ? " " : "." }, note };
  }
  if (grouped.length > 0 && comma.length === 0 && thousands === undefined && decimal === undefined)
    return {
      settings: { thousands: "," },
      note: `numbers are read with commas between thousands, as in ${grouped.slice(0, 3).join(", ")}`,
    };
  return undefined;
}

/** Lets signals through now and then, so that Ctrl-C ends it at once. */
function pacing(): { due(): boolean; turn(): Promise<void> } {
  let last = performance.now();
  return {
    due: () => performance.now() - last > 50,
    turn: () =>
      new Promise((resolve) => {
        setImmediate(() => {
          last = performance.now();
          resolve();
        });
      }),
  };
}

function ioOf(show: ReturnType<typeof openScreen>["show"]): SourceIo {
  const { signal } = new AbortController();
  const progress = (done: number, total: number, what: string): void => show({ type: "progress", stage: "source", what, done, total });
  const files = { signal, progress };
  const pause = pacing();
  return {
    signal,
    seed: 0,
    progress,
    warn: (at, message) => show({ type: "warning", at, message }),
    pause: async () => {
      if (pause.due()) await pause.turn();
    },
    file: (request) => nodePlatform.file(request, files),
    read: (path) => nodePlatform.read(path, files),
    open: (file) => nodePlatform.open(file, files),
    list: (folder) => nodePlatform.list(folder),
  };
}

function settingsOf(given: Arguments): CsvSettings {
  const [separator, names, skip, comment] = [given.text("separator"), given.text("names"), given.text("skip"), given.text("comment")];
  const [decimal, thousands] = [given.text("decimal"), given.text("thousands")];
  const [ragged, encoding] = [given.text("ragged"), given.text("encoding")];
  const delimiter = separator === "tab" || separator === "\\t" ? "\t" : separator;
  if (delimiter !== undefined && !isOneCharacter(delimiter))
    throw usageError("--separator", `expected one ASCII character or tab, got "${separator}"`);
  if (comment !== undefined && !isOneCharacter(comment)) throw usageError("--comment", `expected one ASCII character, got "${comment}"`);
  if (decimal !== undefined && decimal !== "," && decimal !== ".") throw usageError("--decimal", `expected . or , got "${decimal}"`);
  if (thousands !== undefined && (thousands.length !== 1 || !",. '".includes(thousands) || thousands === (decimal ?? ".")))
    throw usageError(
      "--thousands",
      `expected a comma, a point, a space or ', other than what stands before the decimals, got "${thousands}"`,
    );
  if (ragged !== undefined && !["error", "drop", "fill"].includes(ragged))
    throw usageError("--ragged", `expected error, drop or fill, got "${ragged}"`);
  if (skip !== undefined && !/^\d{1,6}$/.test(skip)) throw usageError("--skip", `expected a number of lines, got "${skip}"`);
  if (encoding !== undefined) checkEncoding(encoding);
  return {
    ...(delimiter !== undefined && { delimiter }),
    ...(names !== undefined && { names: names.split(",").map((name) => name.trim()) }),
    ...(given.flag("header") && { header: true }),
    ...(given.flag("no-header") && { header: false }),
    ...(skip !== undefined && { skip: Number(skip) }),
    ...(comment !== undefined && { comment }),
    ...(decimal !== undefined && { decimal: decimal as "." | "," }),
    ...(thousands !== undefined && { thousands: thousands as NonNullable<CsvSettings["thousands"]> }),
    ...(ragged !== undefined && { ragged: ragged as NonNullable<CsvSettings["ragged"]> }),
    ...(encoding !== undefined && { encoding }),
  };
}

const isOneCharacter = (text: string): boolean => text.length === 1 && text.charCodeAt(0) < 128 && !"\r\n".includes(text);

function checkEncoding(name: string): void {
  try {
    new TextDecoder(name);
  } catch {
    throw usageError("--encoding", `unknown encoding "${name}"; try utf-8, latin1 or utf-16le`);
  }
}
