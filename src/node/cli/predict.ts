// `lanewise predict`: what a trained model makes of pictures, or of rows written as JSON.
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { decodeImage, type ImageSize } from "../../data/decodeImage.ts";
import { PipelineError } from "../../errors.ts";
import { numberText } from "../../pipeline/summary.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { openModel, type Prediction, type TrainedModel } from "../../pipeline/trainedModel.ts";
import { ioError, reason, systemCode } from "../io_error.ts";
import type { Command } from "./command.ts";
import { firstLine, usageError } from "./failure.ts";
import { openRun } from "./openRun.ts";

export const predictCommand: Command = {
  name: "predict",
  summary: "Asks the model of a run about pictures or rows.",
  usage: "lanewise predict RUN INPUT… [options]",
  options: { json: { type: "boolean", help: "print one JSON list of { input, class, probability, output }" } },
  examples: [
    "lanewise predict runs/mnist-20261124-101500 digit.png another.jpg",
    "lanewise predict runs/xor '[1, 0]' '[1, 1]'",
    "lanewise predict runs/iris rows.json",
  ],
  needs: ["RUN", "INPUT"],
  more: true,
  async run(given) {
    const [folder, ...inputs] = given.positionals as [string, ...string[]];
    const model = await openModel(openRun(folder));
    const answers: (Prediction & { readonly input: string })[] = [];
    for (const input of inputs) {
      const rows = await rowsOf(input, model);
      const predictions = await predictNamed(model, rows, input);
      predictions.forEach((prediction, i) => {
        answers.push({ input: predictions.length === 1 ? input : `${input}[${i}]`, ...prediction });
      });
    }
    const text = given.flag("json") ? JSON.stringify(answers) : table(answers).join("\n");
    process.stdout.write(`${text}\n`);
    return 0;
  },
};

async function predictNamed(model: TrainedModel, rows: Uint8Array | readonly unknown[], input: string): Promise<Prediction[]> {
  try {
    return await model.predict(rows);
  } catch (error) {
    if (error instanceof PipelineError) throw new PipelineError(error.code, input, error.message, error);
    throw error;
  }
}

async function rowsOf(input: string, model: TrainedModel): Promise<Uint8Array | readonly unknown[]> {
  const { input: raw } = model.file;
  const shape = raw.type === "text" ? [] : raw.shape;
  if (/^\s*[[{\d-]/.test(input) && !/\.\w+$/.test(input.trim())) return jsonRows(input, input, shape.length);
  const bytes = await readFile(input).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT")
      throw usageError(input, `${reason(error)}; expected a picture, a .json file, or a row such as '[1, 0]'`);
    throw systemCode(error) === "EISDIR" ? usageError(input, reason(error)) : ioError(input, "read", error);
  });
  if (extname(input).toLowerCase() === ".json") return jsonRows(bytes.toString("utf8"), input, shape.length);
  return decodeImage(bytes, imageSize(shape, input), input);
}

/** The pictures that rows of this shape are. */
function imageSize(shape: readonly number[], input: string): ImageSize {
  const [height, width, channels = 1] = shape;
  if (height === undefined || width === undefined || shape.length > 3) {
    throw usageError(input, `this model reads rows of shape [${shape.join(", ")}], not pictures; give rows as JSON, such as '[1, 0]'`);
  }
  return { height, width, channels };
}

/** One row or a list of rows: what is nested one level deeper than a row's shape is a list. */
function jsonRows(text: string, input: string, depth: number): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw usageError(input, `not JSON: ${firstLine(error)}`);
  }
  let levels = 0;
  for (let at = value; Array.isArray(at); at = at[0] as unknown) levels++;
  const rows = levels > depth ? value : [value];
  return rows as readonly unknown[];
}

function table(answers: readonly (Prediction & { readonly input: string })[]): string[] {
  const rows = answers.map(({ input, output, class: name, probability }) =>
    name === undefined || probability === undefined
      ? [input, output.map(numberText).join("  ")]
      : [input, name, `${(100 * probability).toFixed(2)} %`],
  );
  return alignedLines(rows, ["left", "left", "right"]);
}
