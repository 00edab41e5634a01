// Follows a run, and keeps what its report shows: what the stages said, some rows, what files were read, what the model gets wrong.
// Training is not touched: rows are looked at before it and after it.
import type { Table } from "../../data/table.ts";
import type { Predictions } from "../../nn/metrics/predictions.ts";
import { artifact } from "../artifacts.ts";
import type { Built } from "../build.ts";
import type { RunContext } from "../context.ts";
import type { ArtifactEvent, ModelEvent, RunEvent, StageEvent, WarningEvent } from "../events.ts";
import { hiddenColumns, veiled } from "../hidden.ts";
import type { Platform } from "../platform.ts";
import type { Prepared } from "../prepare.ts";
import { examplesOf } from "./examples.ts";
import { type Excerpts, excerptsOf } from "./excerpts.ts";
import type { ReportFile, Verdict } from "./file.ts";
import { fileLog } from "./files.ts";
import { plotsOf, plotsOfFolds } from "./plots.ts";
import { augments, readingOf } from "./readingOf.ts";
import { readRecord } from "./readRecord.ts";
import { type Reading, rowView } from "./rowView.ts";
import { verdictOf } from "./verdict.ts";

export interface Recorder {
  /** The run's, with an eye on the files that are read. */
  readonly platform: Platform;
  note(event: RunEvent): void;
  source(table: Table): void;
  prepared(prepared: Prepared): void;
  /** Leaves report.json, as far as it is known before training: a run that is cut off has it too. */
  begin(built: Built): AsyncGenerator<RunEvent, Built, undefined>;
  /** What the model does to the rows that it is measured on in the end. */
  judge(built: Built, set: Verdict["set"], predictions: Predictions): void;
  /** What the model of a fold says of the rows that were set aside for it; undefined where it diverged. */
  fold(predictions: Predictions | undefined): void;
  /** Leaves report.json and, where the run has a folder, report.html. All other files must have been written. */
  end(): AsyncGenerator<ArtifactEvent, void, undefined>;
}

export function recorder(context: RunContext): Recorder {
  const { pipeline, platform, store } = context;
  const log = fileLog(platform);
  const started = new Date().toISOString();
  const stages: StageEvent[] = [];
  const warnings: WarningEvent[] = [];
  let model: ModelEvent | undefined;
  let excerpts: Excerpts | undefined;
  let reading: Reading | undefined;
  let trained: ReportFile["trained"];
  let verdict: Verdict | undefined;
  let plots: ReportFile["plots"];
  const folds: (Predictions | undefined)[] = [];

  const text = new TextEncoder();
  const file = async (): Promise<Uint8Array<ArrayBuffer>> => {
    const content: ReportFile = {
      lanewise: 1,
      started,
      environment: platform.environment(),
      files: await log.files(),
      stages,
      warnings,
      ...(trained && { trained }),
      ...(verdict && { verdict }),
      ...(plots && { plots }),
    };
    return text.encode(JSON.stringify(content));
  };

  return {
    platform: log.platform,
    note(event) {
      if (event.fold !== undefined) return;
      if (event.type === "stage") stages.push(withoutSamples(event));
      else if (event.type === "warning") warnings.push(event);
      else if (event.type === "model") model = event;
    },
    source(table) {
      excerpts = excerptsOf(veiled(table, hiddenColumns(pipeline, 0, table)));
    },
    prepared(prepared) {
      reading = readingOf(prepared);
    },
    async *begin(built) {
      const { train, validation, test, real = train.rows } = built.prepared;
      const { type: _, ...summary } = model as ModelEvent;
      trained = {
        model: summary,
        rows: { train: real, validation: validation?.rows ?? 0, test: test?.rows ?? 0 },
        examples: examplesOf(built, reading as Reading, excerpts, augments(pipeline)),
      };
      if (store !== undefined) yield* artifact(context, "report.json", await file());
      return built;
    },
    judge({ session, prepared, starts }, set, predictions) {
      const ids = prepared[set]?.ids;
      plots = plotsOf(predictions);
      verdict = verdictOf({
        set,
        predictions,
        view(row) {
          const id = ids?.[row] as number;
          return { id, view: excerpts?.(id) ?? rowView(session.preview(starts[set] + row), reading as Reading) };
        },
      });
    },
    fold(predictions) {
      folds.push(predictions);
    },
    async *end() {
      if (verdict?.set !== "test") plots = plotsOfFolds(folds, pipeline.split ?? {}) ?? plots;
      yield* artifact(context, "report.json", await file());
      if (store === undefined || platform.report === undefined) return;
      yield* artifact(context, "report.html", text.encode(await platform.report(await readRecord(store))));
    },
  };
}

const withoutSamples = ({ samples: _, ...event }: StageEvent): StageEvent => event;
