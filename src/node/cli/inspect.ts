// `lanewise inspect`: a model's summary, and the program that one of its training steps runs.
import { statSync } from "node:fs";
import { type ListedBuffer, type ListedCall, listing } from "../../graph/listing.ts";
import type { Program } from "../../graph/program.ts";
import { summaryOf } from "../../pipeline/build.ts";
import type { Pipeline } from "../../pipeline/define.ts";
import type { RowSample } from "../../pipeline/events.ts";
import { buildOnly } from "../../pipeline/inspect.ts";
import { batchSizeOf, type Session } from "../../pipeline/session.ts";
import { bytesText, formatSummary } from "../../pipeline/summary.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { openModel } from "../../pipeline/trainedModel.ts";
import { grouped } from "../../report/format.ts";
import { nodePlatform } from "../platform.ts";
import { type Colours, coloursFor } from "./colours.ts";
import type { Arguments, Command } from "./command.ts";
import { drain } from "./drain.ts";
import { usageError } from "./failure.ts";
import { loadPipeline } from "./loadPipeline.ts";
import { openRun } from "./openRun.ts";
import { changed } from "./run.ts";
import { openScreen } from "./screen.ts";

export const inspectCommand: Command = {
  name: "inspect",
  summary: "Prints what the stages of a pipeline make of rows, its model (or a run's), and the program that one training step runs.",
  usage: "lanewise inspect FILE|RUN [options]",
  options: {
    set: { type: "string", multiple: true, value: "PATH=VALUE", help: "change a setting of the pipeline first (may be repeated)" },
    data: { type: "string", value: "DIR", help: "where sources look for their files first (default: $LANEWISE_DATA)" },
    rows: { type: "string", value: "N", help: "of how many rows to show what each stage made of them (default 2)" },
    json: { type: "boolean", help: "print one JSON object" },
  },
  examples: ["lanewise inspect pipelines/mnist.ts", "lanewise inspect runs/mnist-20261124-101500 --json"],
  needs: ["FILE or RUN"],
  async run(given) {
    const { pipeline, session, stages } = await opened(given);
    const rows = batchSizeOf(pipeline.train);
    const program = session.network.trainProgram(rows);
    const summary = summaryOf(session.network, pipeline.name ?? "model");
    const calls = listing(program);
    const text = given.flag("json")
      ? JSON.stringify({
          ...(stages.length > 0 && { stages }),
          summary,
          batchSize: rows,
          build: session.executor.build,
          calls,
          temporaryBytes: program.temporaryBytes,
          unsharedBytes: program.unsharedBytes,
        })
      : [
          ...stageLines(stages, coloursFor(process.stdout)),
          formatSummary(summary),
          "",
          coloursFor(process.stdout).bold(`One training step of ${rows} rows`),
          ...tapeLines(calls),
          "",
          ...totals(calls, program),
        ].join("\n");
    process.stdout.write(`${text}\n`);
    return 0;
  },
};

/** What a stage made of the rows that are shown. */
interface SeenStage {
  readonly stage: string;
  readonly kind: string;
  readonly rows: readonly RowSample[];
}

async function opened(given: Arguments): Promise<{ pipeline: Pipeline; session: Session; stages: readonly SeenStage[] }> {
  const path = given.positionals[0] as string;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const { file, session } = await openModel(openRun(path));
    return { pipeline: file.pipeline, session, stages: [] };
  }
  const pipeline = given.texts("set").reduce(changed, await loadPipeline(path));
  const data = given.text("data");
  const screen = openScreen(process.stderr, 1, ({ type }) => type === "progress" || type === "warning");
  try {
    const rows = given.text("rows") ?? "2";
    if (!/^\d{1,4}$/.test(rows)) throw usageError("--rows", `expected a number, got "${rows}"`);
    const options = { samples: Number(rows), ...(data !== undefined && { data }) };
    const stages: SeenStage[] = [];
    const context = {
      pipeline,
      options,
      platform: nodePlatform,
      signal: new AbortController().signal,
      store: undefined,
      started: performance.now(),
    };
    const { session } = await drain(buildOnly(context), (event) => {
      if (event.type === "stage" && event.samples !== undefined)
        stages.push({ stage: event.stage, kind: event.kind, rows: event.samples.map(({ id, text }) => ({ id, text })) });
      screen.show(event);
    });
    return { pipeline, session, stages };
  } finally {
    screen.close();
  }
}

/** A paragraph a row: what it was and, where a stage changed it, what it became. */
function stageLines(stages: readonly SeenStage[], colours: Colours): string[] {
  const width = Math.max(0, ...stages.map(({ stage, kind }) => stage.length + kind.length + 1));
  const ids = stages[0]?.rows.map(({ id }) => id) ?? [];
  return ids.flatMap((id) => {
    let before = "";
    const lines = stages.flatMap(({ stage, kind, rows }) => {
      const text = rows.find((row) => row.id === id)?.text;
      const shown = text === before ? colours.dim("the same") : (text ?? colours.yellow("removed"));
      const gone = text === undefined && before === "";
      before = text ?? "";
      return gone ? [] : [`  ${colours.dim(`${stage} ${kind}`.padEnd(width))}  ${shown}`];
    });
    return [colours.bold(`Row ${grouped(id)}, stage by stage`), ...lines, ""];
  });
}

/** A line a call: `d dense  gemm_tn_f32  784×128×32  6,422,528  515.00 KB  dense.kernel ← input, d relu`. */
function tapeLines(calls: readonly ListedCall[]): string[] {
  const rows = calls.map(({ by, kernel, sizes, flops, bytes, buffers }, i) => {
    const [output, ...inputs] = buffers.map(place);
    return [
      String(i),
      by,
      kernel,
      sizes.join("×"),
      grouped(flops),
      bytesText(bytes),
      inputs.length === 0 ? (output ?? "") : `${output} ← ${inputs.join(", ")}`,
    ];
  });
  return alignedLines(
    [["", "op", "kernel", "sizes", "FLOPs", "bytes", "buffers"], ...rows],
    ["right", "left", "left", "right", "right", "right", "left"],
  );
}

const place = ({ label, address }: ListedBuffer): string => `${label}@${address.toString(16)}`;

function totals(calls: readonly ListedCall[], { temporaryBytes, unsharedBytes }: Program): string[] {
  const flops = calls.reduce((sum, call) => sum + call.flops, 0);
  const saved = unsharedBytes === 0 ? 0 : Math.round(100 * (1 - temporaryBytes / unsharedBytes));
  return [
    `${calls.length} kernel calls, ${grouped(flops)} FLOPs`,
    `temporaries: ${bytesText(temporaryBytes)} shared, ${bytesText(unsharedBytes)} without sharing (${saved} % saved)`,
  ];
}
