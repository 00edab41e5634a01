// The steps before training: source → clean → split → normalize. Every row is tagged right after `clean`; whatever is fitted is fitted
// on training rows, since `fit` is given nothing else.
import { sources } from "../data/index.ts";
import type { Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { requireComplete } from "../stages/complete.ts";
import { cleanStages } from "../stages/index.ts";
import { splitRows } from "../stages/split/holdOut.ts";
import { partition, rowsTagged } from "../stages/split/partition.ts";
import { type SplitSettings, tag } from "../stages/split/settings.ts";
import { cellExamples } from "./cellExamples.ts";
import { breathe, driven, pacer, type RunContext, reporting, seedOf, stageEvent } from "./context.ts";
import { describeTable } from "./describeTable.ts";
import type { RunEvent } from "./events.ts";
import { hiddenColumns, learnedOf, veiled, veiledReasons } from "./hidden.ts";
import { checkImportance } from "./importance.ts";
import { evaluateSettingsOf } from "./measures.ts";
import { type Divided, type Fitted, fitNormalize } from "./normalize.ts";
import { openQuarantine, type Quarantine } from "./quarantine.ts";
import { type RawInput, rawInput } from "./rawInput.ts";
import { samplesOf, showing } from "./samples.ts";

/** Three tables, of which training alone was looked at, and what was learned from it. */
export interface Prepared extends Divided {
  readonly fitted: Fitted;
  readonly raw: RawInput;
  /** The rows that the model is measured on in the end, as clean left them, where columns of theirs are to be shuffled. */
  readonly measured?: Table;
  /** How many training rows there were before more were made, which stand behind them. */
  readonly real?: number;
}

export const loadSource = (context: RunContext) =>
  async function* (): AsyncGenerator<RunEvent, Table, undefined> {
    const { pipeline, platform, options, signal } = context;
    const started = performance.now();
    const source = sources[pipeline.source.kind];
    if (source === undefined) throw new PipelineError("config", "source", `unknown source "${pipeline.source.kind}"`);
    const loaded = yield* reporting("source", ({ progress, warn }) => {
      const files = { signal, progress, ...(options.data !== undefined && { data: options.data }) };
      return source.load(pipeline.source, {
        signal,
        seed: seedOf(pipeline),
        progress,
        warn,
        pause: pacer(context),
        file: (request) => platform.file(request, files),
        read: (path) => platform.read(path, files),
        open: (file) => platform.open(file, files),
        list: (folder) => platform.list(folder),
        ...(platform.parquet && { parquet: platform.parquet }),
      });
    });
    if (loaded.rows === 0) throw new PipelineError("data", `source ${pipeline.source.kind}`, "there are no rows");
    const table = showing(withoutKeys(loaded, pipeline.split), options.samples ?? 0);
    const facts = { rowsIn: table.rows, rowsOut: table.rows, note: describeTable(table), ...samplesOf(table) };
    yield stageEvent("source", pipeline.source.kind, started, facts);
    return table;
  };

/** Columns that say who belongs together, or who comes first, are no inputs. */
function withoutKeys(table: Table, { group, orderBy }: SplitSettings = {}): Table {
  const inputs = table.inputs.filter((name) => name !== group && name !== orderBy);
  return inputs.length === table.inputs.length ? table : { ...table, inputs };
}

const SHOWN_REMOVED = 5;

/** A table that some of the clean stages have gone over, and what they have learned from training rows (null for those that learn nothing). */
export interface Cleaning {
  readonly table: Table;
  /** What a row was in the source. */
  readonly given: RawInput;
  readonly fits: readonly unknown[];
  readonly quarantine: Quarantine;
}

/** A clean table. */
export interface Cleaned {
  readonly table: Table;
  readonly raw: RawInput;
  readonly fits: readonly unknown[];
}

/** What does not depend on which rows are training rows: the stages before the first that learns. */
export const cleanShared =
  (context: RunContext) =>
  (table: Table): AsyncGenerator<RunEvent, Cleaning, undefined> => {
    const stages = context.pipeline.clean ?? [];
    const first = stages.findIndex(({ kind }) => cleanStages[kind]?.fit !== undefined);
    return cleanUpTo(context, first < 0 ? stages.length : first, table, rawInput(table), [], openQuarantine(context));
  };

/** The stages that are left. */
export const cleanRest =
  (context: RunContext) =>
  ({ table, given, fits, quarantine }: Cleaning): AsyncGenerator<RunEvent, Cleaned, undefined> =>
    complete(
      context,
      cleanUpTo(context, all(context), table, given, fits, context.fold === undefined ? quarantine : openQuarantine(context)),
    );

export const clean =
  (context: RunContext) =>
  (table: Table): AsyncGenerator<RunEvent, Cleaned, undefined> =>
    complete(context, cleanUpTo(context, all(context), table, rawInput(table), [], openQuarantine(context)));

const all = ({ pipeline }: RunContext): number => pipeline.clean?.length ?? 0;

async function* complete(
  context: RunContext,
  cleaning: AsyncGenerator<RunEvent, Cleaning, undefined>,
): AsyncGenerator<RunEvent, Cleaned, undefined> {
  const { table, given, fits } = yield* cleaning;
  yield* driven(context, "clean", "looking for what is missing", table.rows, requireComplete(table));
  return { table, fits, raw: given.type === "text" || given.type === "table" ? given : rawInput(table) };
}

/** `table` is the only name for the rows, so that each stage's are free for memory once the next has made its own. */
async function* cleanUpTo(
  context: RunContext,
  end: number,
  table: Table,
  given: RawInput,
  fits: readonly unknown[],
  quarantine: Quarantine,
): AsyncGenerator<RunEvent, Cleaning, undefined> {
  const learned = [...fits];
  for (const [i, stage] of (context.pipeline.clean ?? []).entries()) {
    if (i < fits.length || i >= end) continue;
    await breathe();
    const started = performance.now();
    const kind = cleanStages[stage.kind];
    if (kind === undefined) throw new PipelineError("config", `clean[${i}]`, `unknown clean stage "${stage.kind}"`);
    let fitted: unknown = null;
    if (kind.fit !== undefined) {
      // What a stage learns it learns from training rows, so they must be known by now.
      table = yield* tagged(context, table);
      const train = yield* driven(context, "clean", stage.kind, table.rows, rowsTagged(table, table.tags as Uint8Array, tag.train));
      fitted = yield* driven(context, "clean", stage.kind, train.rows, kind.fit(stage, train));
    }
    learned.push(fitted);
    const secrets = { salt: context.options.salt ?? context.platform.salt };
    const result = yield* driven(context, "clean", stage.kind, table.rows, kind.apply(stage, table, fitted, secrets));
    const hidden = hiddenColumns(context.pipeline, i, table);
    const [before, removed] = [veiled(table, hidden), veiledReasons(result.removed, hidden, kind.quotes === true)];
    for (const name of learnedOf(fitted, hidden)) {
      const message = `what it has learned of "${name}" is stored with the model, as it is before anonymize() hides it; put it behind anonymize()`;
      yield { type: "warning", at: `clean[${i}] ${stage.kind}`, message };
    }
    await quarantine.add(stage.kind, before, removed, pacer(context));
    const examples = result.changed === 0 ? [] : cellExamples(before, result.table);
    for (const message of result.warnings ?? []) yield { type: "warning", at: `clean[${i}] ${stage.kind}`, message };
    yield stageEvent("clean", stage.kind, started, {
      rowsIn: table.rows,
      rowsOut: result.table.rows,
      changed: result.changed,
      removed: removed.slice(0, SHOWN_REMOVED),
      ...(examples.length > 0 && { examples }),
      ...(result.note !== undefined && { note: result.note }),
      ...samplesOf(result.table),
    });
    if (result.table.rows === 0) {
      const why = removed[0]?.reason ?? "it did not fit";
      throw new PipelineError(
        "data",
        `clean[${i}] ${stage.kind}`,
        `all ${table.rows} rows were removed, the first because: ${why}; loosen the stage`,
      );
    }
    table = result.table;
  }
  const file = quarantine.event();
  if (file !== undefined) yield file;
  return { table, given, fits: learned, quarantine };
}

async function* tagged(context: RunContext, table: Table): AsyncGenerator<RunEvent, Table, undefined> {
  if (table.tags !== undefined) return table;
  const { pipeline, fold } = context;
  const work = fold?.tags(table) ?? splitRows(table, pipeline.split ?? {}, seedOf(pipeline));
  return { ...table, tags: yield* driven(context, "split", "dividing rows", table.rows, work) };
}

export const split = (context: RunContext) =>
  async function* ({ table, ...cleaned }: Cleaned): AsyncGenerator<RunEvent, Divided & Omit<Cleaned, "table">, undefined> {
    const started = performance.now();
    const whole = yield* tagged(context, table);
    const work = partition(whole, whole.tags as Uint8Array);
    const { train, validation, test } = yield* driven(context, "split", "dividing rows", table.rows, work);
    if (train.rows === 0) throw new PipelineError("data", "clean", "no training row is left: all were removed; loosen its stages");
    const parts = { train: train.rows, validation: validation?.rows ?? 0, test: test?.rows ?? 0 };
    const note = `${parts.train} train, ${parts.validation} validation, ${parts.test} test`;
    yield stageEvent("split", "split", started, { rowsIn: table.rows, rowsOut: table.rows, parts, note });
    return { ...cleaned, train, validation, test };
  };

export const normalize =
  (context: RunContext) =>
  ({ fits, raw, ...divided }: Divided & Omit<Cleaned, "table">): AsyncGenerator<RunEvent, Prepared, undefined> =>
    prepared(fits, raw, fitNormalize(context, divided), measuredRows(context, divided));

/** Of the model that is kept after folds, the folds have told. */
export function measuredRows({ pipeline, crossValidation }: RunContext, { validation, test }: Divided): Pick<Prepared, "measured"> {
  const measured = test ?? validation;
  const { importance = false } = evaluateSettingsOf(pipeline.evaluate);
  if (importance === false || measured === undefined || crossValidation !== undefined) return {};
  checkImportance(measured);
  return { measured };
}

async function* prepared(
  clean: readonly unknown[],
  raw: RawInput,
  fitting: ReturnType<typeof fitNormalize>,
  measured: Pick<Prepared, "measured">,
): AsyncGenerator<RunEvent, Prepared, undefined> {
  const { parts, normalize, affine } = yield* fitting;
  return { ...parts, ...measured, raw, fitted: { clean, normalize, affine } };
}
