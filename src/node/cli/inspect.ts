// `lanewise inspect`: a model's summary, and the program that one of its training steps runs.
import { statSync } from "node:fs";
import { type ListedBuffer, type ListedCall, listing } from "../../graph/listing.ts";
import type { Program } from "../../graph/program.ts";
import { summaryOf } from "../../pipeline/build.ts";
import type { Pipeline } from "../../pipeline/define.ts";
import { buildOnly } from "../../pipeline/inspect.ts";
import { batchSizeOf, type Session } from "../../pipeline/session.ts";
import { bytesText, formatSummary } from "../../pipeline/summary.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { openModel } from "../../pipeline/trainedModel.ts";
import { nodePlatform } from "../platform.ts";
import { coloursFor } from "./colours.ts";
import type { Arguments, Command } from "./command.ts";
import { drain } from "./drain.ts";
import { grouped } from "./format.ts";
import { loadPipeline } from "./loadPipeline.ts";
import { openRun } from "./openRun.ts";
import { changed } from "./run.ts";
import { openScreen } from "./screen.ts";

export const inspectCommand: Command = {
  name: "inspect",
  summary: "Prints the model of a pipeline or a run, and the program that one training step runs.",
  usage: "lanewise inspect FILE|RUN [options]",
  options: {
    set: { type: "string", multiple: true, value: "PATH=VALUE", help: "change a setting of the pipeline first (may be repeated)" },
    data: { type: "string", value: "DIR", help: "where sources look for their files first (default: $LANEWISE_DATA)" },
    json: { type: "boolean", help: "print one JSON object" },
  },
  examples: ["lanewise inspect pipelines/mnist.ts", "lanewise inspect runs/mnist-20261124-101500 --json"],
  needs: ["FILE or RUN"],
  async run(given) {
    const { pipeline, session } = await opened(given);
    const rows = batchSizeOf(pipeline.train);
    const program = session.network.trainProgram(rows);
    const summary = summaryOf(session.network, pipeline.name ?? "model");
    const calls = listing(program);
    const text = given.flag("json")
      ? JSON.stringify({
          summary,
          batchSize: rows,
          build: session.executor.build,
          calls,
          temporaryBytes: program.temporaryBytes,
          unsharedBytes: program.unsharedBytes,
        })
      : [
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

async function opened(given: Arguments): Promise<{ pipeline: Pipeline; session: Session }> {
  const path = given.positionals[0] as string;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const { file, session } = await openModel(openRun(path));
    return { pipeline: file.pipeline, session };
  }
  const pipeline = given.texts("set").reduce(changed, await loadPipeline(path));
  const data = given.text("data");
  const screen = openScreen(process.stderr, 1, ({ type }) => type === "progress" || type === "warning");
  try {
    const options = data === undefined ? {} : { data };
    const context = {
      pipeline,
      options,
      platform: nodePlatform,
      signal: new AbortController().signal,
      store: undefined,
      started: performance.now(),
    };
    const { session } = await drain(buildOnly(context), screen.show);
    return { pipeline, session };
  } finally {
    screen.close();
  }
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
