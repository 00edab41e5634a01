// The rows of one part, training or test: those of a file and, where the target stands in a file of its own, what that holds for them.
import { PipelineError, unknownName } from "../../errors.ts";
import { type FilePlace, openFile, placeOf, testFile } from "../filePlace.ts";
import type { ReadableFile } from "../readableFile.ts";
import type { SourceIo } from "../table.ts";
import { requireColumns } from "../tabular.ts";
import type { Layout, LayoutSettings } from "./layout.ts";
import { type ColumnSettings, openLayout, type RowsRead, readColumns, type WantedColumn } from "./readColumns.ts";

/** Where a file is, and how it is written. */
export interface CsvFile extends FilePlace {
  readonly delimiter?: string;
  readonly quote?: string | false;
  readonly comment?: string;
  readonly skip?: number;
  readonly header?: boolean;
  readonly names?: readonly string[];
  readonly encoding?: string;
}

/** The target may stand in a file of its own. */
export interface CsvFiles extends CsvFile {
  readonly targetFile?: string | CsvFile;
}

interface Opened {
  readonly file: ReadableFile;
  readonly layout: Layout;
  readonly encoding: string | undefined;
}

export interface CsvPart extends Opened {
  /** The file that holds the target. */
  readonly targets: Opened | undefined;
}

type Settings = CsvFiles & Pick<LayoutSettings, "decimal">;

export async function openPart(settings: Settings, at: string, io: SourceIo): Promise<CsvPart> {
  const { targetFile, decimal } = settings;
  const rows = await opened(settings, at, io);
  if (targetFile === undefined) return { ...rows, targets: undefined };
  const own = typeof targetFile === "string" ? placeOf(targetFile) : targetFile;
  return { ...rows, targets: await opened({ ...own, decimal }, `${at}.targetFile`, io) };
}

async function opened(settings: CsvFile & Pick<LayoutSettings, "decimal">, at: string, io: SourceIo): Promise<Opened> {
  const file = await openFile(settings, at, io);
  return { file, layout: await openLayout(file, settings, io), encoding: settings.encoding };
}

/** Files of test rows: written as those of training are, unless they say else. Columns without names stand in the order of those. */
export async function openTest(
  { text: _, targetFile: targets, ...source }: Settings,
  test: string | CsvFiles,
  train: CsvPart,
  io: SourceIo,
): Promise<CsvPart> {
  const own = testFile<Settings>(source, test);
  const targetFile = targets === undefined || own.targetFile === undefined ? undefined : writtenAs(targets, own.targetFile);
  const part = await openPart({ ...own, ...(targetFile && { targetFile }) }, "csv.test", io);
  return {
    ...likeTraining(part, own, train),
    targets: part.targets && targetFile && likeTraining(part.targets, targetFile, train.targets ?? train),
  };
}

function writtenAs(training: string | CsvFile, test: string | CsvFile): CsvFile {
  const { text: _, ...shared } = typeof training === "string" ? (placeOf(training) as CsvFile) : training;
  return testFile<CsvFile>(shared, test);
}

const likeTraining = (found: Opened, { names }: CsvFile, { layout }: Opened): Opened =>
  found.layout.header && names === undefined ? found : { ...found, layout: { ...found.layout, names: layout.names } };

/** The name of the target, `wanted` or else the last column, and all names that there are: of its own file it is the only one. */
export function columnsOf(
  { file, layout, targets }: CsvPart,
  wanted: string | undefined,
): { readonly names: string[]; readonly target: string } {
  const { names } = layout;
  if (targets === undefined) return { names: [...names], target: wanted ?? (names.at(-1) as string) };
  const own = targets.layout.names;
  const target = wanted ?? (own.at(-1) as string);
  if (!own.includes(target)) throw new PipelineError("config", "csv.target", unknownName("column", target, own));
  if (names.includes(target))
    throw new PipelineError("data", targets.file.name, `"${target}" is a column of ${file.name}, too; give one of them other names`);
  return { names: [...names, target], target };
}

/** Adds the part's rows to the wanted columns. Throws where the target's file has another number of rows. */
export async function readPart(
  { file, layout, encoding, targets }: CsvPart,
  wanted: readonly WantedColumn[],
  target: string,
  settings: ColumnSettings,
  io: SourceIo,
): Promise<RowsRead> {
  const read = (from: Opened, columns: readonly WantedColumn[]): Promise<RowsRead> => {
    const names = columns.map(({ name }) => name);
    requireColumns(names, from.layout.names, from.file.name);
    return readColumns(from.file, from.layout, columns, { ...settings, encoding: from.encoding }, io);
  };
  const own = { file, layout, encoding };
  if (targets === undefined) return read(own, wanted);
  const inputs = await read(
    own,
    wanted.filter(({ name }) => name !== target),
  );
  const { rows } = await read(
    targets,
    wanted.filter(({ name }) => name === target),
  );
  if (rows === inputs.rows) return inputs;
  throw new PipelineError(
    "data",
    targets.file.name,
    `there are ${rows} rows, but ${inputs.rows} in ${file.name}; the target must have a row for each, in the same order`,
  );
}
