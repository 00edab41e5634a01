// What must be known of a model to ask it something, from the files that its run left.
import type { ReportFile } from "../../pipeline/report/file.ts";
import type { TrainedModel } from "../../pipeline/trainedModel.ts";
import type { ModelFacts, ModelFiles } from "./orders.ts";

/** Encoders that keep the categories of each column. */
const encoders = ["oneHot", "ordinal"];

export async function factsOf({ file }: Pick<TrainedModel, "file">, files: ModelFiles, base: string): Promise<ModelFacts> {
  const { input, target, pipeline, fitted } = file;
  const { names } = target;
  const learned = (pipeline.normalize ?? []).flatMap(({ kind }, i) => (encoders.includes(kind) ? [fitted.normalize[i] as object] : []));
  const example = exampleIn(await reportOf(files, base));
  return {
    input,
    ...(names && { classes: names }),
    categories: Object.assign({}, ...learned) as ModelFacts["categories"],
    writes: input.type === "text" && target.kind === "labels" && names?.every((name) => [...name].length === 1) === true,
    ...(example !== undefined && { example }),
  };
}

/** Older runs have none, and a run that was cut off may have none. */
async function reportOf(files: ModelFiles, base: string): Promise<ReportFile | undefined> {
  try {
    const name = "report.json";
    const bytes =
      typeof files === "string" ? await (await fetch(new URL(name, new URL(files, base)))).text() : new TextDecoder().decode(files[name]);
    return JSON.parse(bytes) as ReportFile;
  } catch {
    return undefined;
  }
}

function exampleIn(report: ReportFile | undefined): ModelFacts["example"] {
  const source = report?.trained?.examples[0]?.source;
  if (source?.kind === "text") return source.text;
  if (source?.kind !== "values") return undefined;
  return Object.fromEntries(source.values.map(({ name, value }) => [name, value]));
}
