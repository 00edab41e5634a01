// `lanewise predict`: what a trained model makes of pictures, of texts, or of rows written as JSON.
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { decodeImage, type ImageSize } from "../../data/decodeImage.ts";
import { inMemory } from "../../data/readableFile.ts";
import { PipelineError } from "../../errors.ts";
import type { PipelineFile } from "../../pipeline/artifacts.ts";
import { csvRows } from "../../pipeline/csvRows.ts";
import type { Explanation, Prediction } from "../../pipeline/prediction.ts";
import { inputText } from "../../pipeline/rawInput.ts";
import { numberText } from "../../pipeline/summary.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { openModel, type TrainedModel } from "../../pipeline/trainedModel.ts";
import { ioError, reason, systemCode } from "../io_error.ts";
import { type Colours, coloursFor } from "./colours.ts";
import type { Command } from "./command.ts";
import { firstLine, usageError } from "./failure.ts";
import { cutTo } from "./format.ts";
import { openRun } from "./openRun.ts";
import { parquetRows } from "./parquetRows.ts";
import { textsOf } from "./textRows.ts";

export const predictCommand: Command = {
  name: "predict",
  summary: "Asks the model of a run about pictures, texts or rows.",
  usage: "lanewise predict RUN INPUT… [options]",
  options: {
    text: { type: "string", multiple: true, value: "TEXT", help: "a text itself; says which of its words moved the answer most" },
    json: { type: "boolean", help: "print one JSON list of { input, class, probability, output }" },
  },
  examples: [
    "lanewise predict runs/mnist-20261124-101500 digit.png another.jpg",
    'lanewise predict runs/imdb-20261124-101500 --text "A film to remember"',
    "lanewise predict runs/imdb-20261124-101500 reviews.txt",
    "lanewise predict runs/xor '[1, 0]' '[1, 1]'",
    "lanewise predict runs/iris rows.json",
    "lanewise predict runs/penguins rows.csv",
    `lanewise predict runs/penguins '{"species": "Adelie", "bill_length_mm": 39.1}'`,
  ],
  needs: ["RUN"],
  more: true,
  async run(given) {
    const [folder, ...inputs] = given.positionals as [string, ...string[]];
    const texts = given.texts("text");
    if (inputs.length + texts.length === 0) throw usageError("predict", "INPUT is missing; see lanewise predict --help");
    const model = await openModel(openRun(folder));
    const { input: raw } = model.file;
    if (texts.length > 0 && raw.type !== "text") throw usageError("--text", `this model reads rows ${inputText(raw)}, not texts`);
    const answers: Answer[] = [];
    for (const input of inputs) answers.push(...(await answersTo(input, model)));
    for (const text of texts) answers.push({ input: text, ...(await named("--text", () => model.explain(text))) });
    const colours = coloursFor(process.stdout);
    const lines = given.flag("json") ? [JSON.stringify(answers)] : [...table(answers), ...notes(answers, colours)];
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  },
};

type Answer = Prediction & Partial<Pick<Explanation, "influences">> & { readonly input: string };

async function answersTo(input: string, model: TrainedModel): Promise<Answer[]> {
  const { input: raw } = model.file;
  if (raw.type === "text") {
    const rows = textsOf(await bytesOf(input), input, raw.name);
    const predictions = await named(input, () => model.predict(rows.map(({ text }) => text)));
    return predictions.map((prediction, i) => ({ input: rows[i]?.name ?? input, ...prediction }));
  }
  const rows = raw.type === "table" ? await tableRows(input, model.file) : await rowsOf(input, raw.shape);
  const predictions = await named(input, () => model.predict(rows));
  return predictions.map((prediction, i) => ({ input: predictions.length === 1 ? input : `${input}[${i}]`, ...prediction }));
}

/** Says which input an error is about. */
async function named<T>(input: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PipelineError) throw new PipelineError(error.code, input, error.message, error);
    throw error;
  }
}

function bytesOf(input: string): Promise<Buffer> {
  return readFile(input).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT")
      throw usageError(
        input,
        `${reason(error)}; expected a picture, a .json, .jsonl, .csv or .parquet file, a row such as '[1, 0]', or texts (.txt, .jsonl, --text)`,
      );
    throw systemCode(error) === "EISDIR" ? usageError(input, reason(error)) : ioError(input, "read", error);
  });
}

const isJson = (input: string): boolean => /^\s*[[{\d-]/.test(input) && !/\.\w+$/.test(input.trim());

/** A table, or JSON: an object or a list of values is one row, a list of such, or lines of them, are many. */
async function tableRows(input: string, file: PipelineFile): Promise<readonly unknown[]> {
  const bytes = isJson(input) ? undefined : await bytesOf(input);
  const extension = extname(input).toLowerCase();
  if (bytes !== undefined && extension === ".jsonl") return jsonLines(bytes.toString("utf8"), input);
  if (bytes !== undefined && extension === ".parquet") return parquetRows(new Uint8Array(bytes), input, file);
  if (bytes !== undefined && extension !== ".json") return csvRows(inMemory(new Uint8Array(bytes), input), file);
  const value = parsed(bytes === undefined ? input : bytes.toString("utf8"), input);
  return Array.isArray(value) && typeof value[0] === "object" && value[0] !== null ? value : [value];
}

async function rowsOf(input: string, shape: readonly number[]): Promise<Uint8Array | readonly unknown[]> {
  if (isJson(input)) return jsonRows(input, input, shape.length);
  const bytes = await bytesOf(input);
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
  const value = parsed(text, input);
  let levels = 0;
  for (let at = value; Array.isArray(at); at = at[0] as unknown) levels++;
  const rows = levels > depth ? value : [value];
  return rows as readonly unknown[];
}

const jsonLines = (text: string, input: string): readonly unknown[] =>
  text.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [parsed(line, `${input} line ${i + 1}`)]));

function parsed(text: string, input: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(input, `not JSON: ${firstLine(error)}`);
  }
}

const SHOWN_INPUT = 60;

function table(answers: readonly Answer[]): string[] {
  const rows = answers.map(({ input, output, steps, class: name, probability }) => {
    const shown = cutTo(input.replace(/\s+/g, " "), SHOWN_INPUT);
    if (steps !== undefined) return [shown, steps.map((step) => step.class).join(" ")];
    return name === undefined || probability === undefined
      ? [shown, output.map(numberText).join("  ")]
      : [shown, name, `${(100 * probability).toFixed(2)} %`];
  });
  return alignedLines(rows, ["left", "left", "right"]);
}

const SHOWN_WORDS = 10;
const BAR = 20;

/** What is to be said besides: which words moved an answer, and where the model knew none of them. */
function notes(answers: readonly Answer[], colours: Colours): string[] {
  return answers.flatMap((answer) => [...unknownNote(answer, colours), ...influenceLines(answer, colours)]);
}

function unknownNote({ input, words, unknownWords }: Answer, colours: Colours): string[] {
  if (words === undefined || unknownWords !== words) return [];
  const none = words === 1 ? "its one word is not" : `none of its ${words} words is`;
  return [colours.yellow(`⚠ ${cutTo(input, SHOWN_INPUT)}: ${none} in the vocabulary, so the answer means little`)];
}

function influenceLines(answer: Answer, colours: Colours): string[] {
  if (!("influences" in answer)) return [];
  const { input, class: name, influences } = answer;
  if (influences === undefined) return ["", colours.dim("the text is too long to leave out each of its words in turn")];
  const shown = influences.slice(0, SHOWN_WORDS).filter(({ change }) => Math.abs(change) >= 0.00005);
  if (shown.length === 0) return [];
  const most = Math.abs(shown[0]?.change ?? 1);
  const amount = (change: number): string => {
    const sign = change < 0 ? "−" : "+";
    return name === undefined ? `${sign}${numberText(Math.abs(change))}` : `${sign}${(100 * Math.abs(change)).toFixed(2)} %`;
  };
  const rows = shown.map(({ word, change }) => [`  ${word}`, amount(change)]);
  const bars = shown.map(({ change }) => {
    const bar = "▇".repeat(Math.max(1, Math.round((BAR * Math.abs(change)) / most)));
    return change < 0 ? colours.red(bar) : colours.green(bar);
  });
  const what = name === undefined ? "the answer" : `"${name}"`;
  return [
    "",
    `${colours.bold(`What moved ${what} most`)} ${colours.dim(`(each word left out of ${cutTo(JSON.stringify(input), SHOWN_INPUT)} in turn)`)}`,
    ...alignedLines(rows, ["left", "right"]).map((line, i) => `${line}  ${bars[i]}`),
  ];
}
