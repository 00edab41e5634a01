// The steps before training: source → clean → split → normalize. Every row is tagged right after `clean`; whatever is fitted is fitted
// on training rows, since `fit` is given nothing else.
import { sources } from "../data/index.ts";
import { numericColumn, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { requireComplete } from "../stages/complete.ts";
import { cleanStages } from "../stages/index.ts";
import { partition, splitRows } from "../stages/split.ts";
import { breathe, type RunContext, reporting, seedOf, stageEvent } from "./context.ts";
import type { RunEvent } from "./events.ts";
import { columnType } from "./feed.ts";
import { type Fitted, fitNormalize } from "./normalize.ts";

/** Three tables, of which training alone was looked at, and what was learned from it. */
export interface Prepared {
  readonly train: Table;
  readonly validation: Table | undefined;
  readonly test: Table | undefined;
  readonly fitted: Fitted;
}

export const loadSource = (context: RunContext) =>
  async function* (): AsyncGenerator<RunEvent, Table, undefined> {
    const { pipeline, platform, options, signal } = context;
    const started = performance.now();
    const source = sources[pipeline.source.kind];
    if (source === undefined) throw new PipelineError("config", "source", `unknown source "${pipeline.source.kind}"`);
    const table = yield* reporting("source", ({ progress, warn }) => {
      const files = { signal, progress, ...(options.data !== undefined && { data: options.data }) };
      return source.load(pipeline.source, {
        signal,
        seed: seedOf(pipeline),
        progress,
        warn,
        file: (request) => platform.file(request, files),
        read: (path) => platform.read(path, files),
        list: (folder) => platform.list(folder),
      });
    });
    if (table.rows === 0) throw new PipelineError("data", `source ${pipeline.source.kind}`, "there are no rows");
    yield stageEvent("source", pipeline.source.kind, started, { rowsIn: table.rows, rowsOut: table.rows, note: describeTable(table) });
    return table;
  };

function describeTable(table: Table): string {
  const inputs = table.inputs.map((name) => {
    const column = table.columns[name];
    if (column === undefined || column.type === "text") return `${name} text`;
    return `${name} [${column.shape.join(", ")}] ${columnType(column)}`;
  });
  const target = numericColumn(table, table.target);
  return `${inputs.join(", ")} → ${table.target}${target.classes ? `, ${target.classes.length} classes` : ` [${target.shape.join(", ")}]`}`;
}

const SHOWN_REMOVED = 5;

/** A clean table, and what each stage learned from training rows (null for those that learn nothing). */
interface Cleaned {
  readonly table: Table;
  readonly fits: readonly unknown[];
}

export const clean = (context: RunContext) =>
  async function* (loaded: Table): AsyncGenerator<RunEvent, Cleaned, undefined> {
    let table = loaded;
    const fits: unknown[] = [];
    for (const [i, stage] of (context.pipeline.clean ?? []).entries()) {
      await breathe();
      const started = performance.now();
      const kind = cleanStages[stage.kind];
      if (kind === undefined) throw new PipelineError("config", `clean[${i}]`, `unknown clean stage "${stage.kind}"`);
      let fitted: unknown = null;
      if (kind.fit !== undefined) {
        // What a stage learns it learns from training rows, so they must be known by now.
        table = tagged(context, table);
        fitted = kind.fit(stage, partition(table, table.tags as Uint8Array).train);
      }
      fits.push(fitted);
      const result = kind.apply(stage, table, fitted);
      yield stageEvent("clean", stage.kind, started, {
        rowsIn: table.rows,
        rowsOut: result.table.rows,
        changed: result.changed,
        removed: result.removed.slice(0, SHOWN_REMOVED),
      });
      if (result.table.rows === 0) {
        const why = result.removed[0]?.reason ?? "it did not fit";
        throw new PipelineError(
          "data",
          `clean[${i}] ${stage.kind}`,
          `all ${table.rows} rows were removed, the first because: ${why}; loosen the stage`,
        );
      }
      table = result.table;
    }
    requireComplete(table);
    return { table, fits };
  };

function tagged({ pipeline }: RunContext, table: Table): Table {
  return table.tags === undefined ? { ...table, tags: splitRows(table, pipeline.split ?? {}, seedOf(pipeline)) } : table;
}

/** The three parts, before anything is normalized. */
interface Divided extends Omit<Prepared, "fitted"> {
  readonly fits: readonly unknown[];
}

export const split = (context: RunContext) =>
  async function* ({ table, fits }: Cleaned): AsyncGenerator<RunEvent, Divided, undefined> {
    const started = performance.now();
    const whole = tagged(context, table);
    const { train, validation, test } = partition(whole, whole.tags as Uint8Array);
    if (train.rows === 0) throw new PipelineError("data", "clean", "no training row is left: all were removed; loosen its stages");
    const note = `${train.rows} train, ${validation?.rows ?? 0} validation, ${test?.rows ?? 0} test`;
    yield stageEvent("split", "split", started, { rowsIn: table.rows, rowsOut: table.rows, note });
    return { train, validation, test, fits };
  };

export const normalize = (context: RunContext) =>
  async function* ({ fits, ...parts }: Divided): AsyncGenerator<RunEvent, Prepared, undefined> {
    await breathe();
    const { events, normalize, affine } = fitNormalize(context.pipeline.normalize ?? [], parts.train);
    yield* events;
    return { ...parts, fitted: { clean: fits, normalize, affine } };
  };
