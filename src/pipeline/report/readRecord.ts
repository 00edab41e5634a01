// Reads what the folder of a run holds, for a report: of a run that was cut off as far as it came.
import { PipelineError } from "../../errors.ts";
import type { EpochEvent } from "../events.ts";
import type { Store } from "../platform.ts";
import type { FinalNumbers, ReportFile, RunRecord } from "./file.ts";

export async function readRecord(store: Pick<Store, "name" | "read">): Promise<RunRecord> {
  const text = async (name: string): Promise<string | undefined> => {
    const bytes = await store.read(name);
    return bytes && new TextDecoder().decode(bytes);
  };
  const parsed = async <T>(name: string): Promise<T | undefined> => {
    const content = await text(name);
    return content === undefined ? undefined : parse<T>(content, `${store.name}/${name}`);
  };
  const definition = await parsed<{ pipeline?: RunRecord["pipeline"]; build?: string }>("pipeline.json");
  if (definition?.pipeline === undefined)
    throw new PipelineError("io", `${store.name}/pipeline.json`, "not found; is this the folder of a run?");
  const [report, metrics] = [await parsed<ReportFile>("report.json"), await parsed<FinalNumbers>("metrics.json")];
  const lines = ((await text("history.jsonl")) ?? "").split("\n").filter((line) => line !== "");
  return {
    pipeline: definition.pipeline,
    build: definition.build ?? "",
    history: lines.map((line, i) => parse<EpochEvent>(line, `${store.name}/history.jsonl line ${i + 1}`)),
    ...(report && { report }),
    ...(metrics && { metrics }),
  };
}

function parse<T>(text: string, at: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new PipelineError("data", at, `not JSON: ${(cause as Error).message}`, cause);
  }
}
