// A model read back from its run folder. What `predict` does to a row is exactly what training did to it: the same stages, the same
// fitted map, the same gather, the same kernels.
import { column, inputName, type NumericColumn, numericColumn, size, type Table } from "../data/table.ts";
import { rowRange, take } from "../data/take.ts";
import { PipelineError } from "../errors.ts";
import { measure } from "../nn/metrics/evaluate.ts";
import type { Evaluation } from "../nn/metrics/evaluation.ts";
import { missingPlace } from "../stages/clean/missing.ts";
import { finish, type Work } from "../stages/work.ts";
import { asTrained, type PipelineFile, readPipelineFile, readsOf, readWeights } from "./artifacts.ts";
import { summaryOf } from "./build.ts";
import { breathe, paced, pacer, seedOf } from "./context.ts";
import type { Pipeline } from "./define.ts";
import type { ModelSummary } from "./events.ts";
import { type GenerateOptions, generate } from "./generate.ts";
import { requireIds } from "./ids.ts";
import { importanceOf, scoreOf } from "./importance.ts";
import { measuresOf } from "./measures.ts";
import type { RunOptions } from "./options.ts";
import { perspective } from "./perspective.ts";
import type { Store } from "./platform.ts";
import { type Explanation, type Prediction, predictionOf, strengthOf, wordCounts } from "./prediction.ts";
import { inputText, rawInput } from "./rawInput.ts";
import { around, cleaned, firstMissing, type Rows, readable, tableOf } from "./rows.ts";
import { judge, type Outputs, openSession, type Session, targetOf, truthOf } from "./session.ts";
import { withoutEachWord } from "./wordInfluence.ts";

export interface TrainedModel {
  readonly file: PipelineFile;
  readonly summary: ModelSummary;
  readonly session: Session;
  /**
   * `rows` hold raw values as the source had them: numbers, each of shape `file.input.shape`, or texts; for a table of many columns objects
   * such as `{ age: 39, sex: "Male" }`, or lists of values in the columns' order. What such an object leaves out, or is null, is missing, as
   * an empty cell was in training; a name that the source did not have is an error.
   */
  predict(rows: Rows): Promise<Prediction[]>;
  /** Predicts one text, and says which of its words moved the answer: each is left out in turn. */
  explain(text: string): Promise<Explanation>;
  /** Goes on with a text, one character at a time, where the model was trained to tell what follows (nextCharacters()). */
  generate(prompt: string, options?: GenerateOptions): AsyncGenerator<string, void, undefined>;
  /** Measures the model on a table as a source gives it; `tags` are not looked at. Asks what the pipeline asks, unless told otherwise. */
  evaluate(table: Table, asked?: Pipeline["evaluate"]): Promise<Evaluation>;
  /** Frees the model's memory. Nothing may be asked afterwards. */
  close(): Promise<void>;
}

const CHUNK = 1024;

export async function openModel(
  store: Pick<Store, "name" | "read">,
  options: Pick<RunOptions, "backend" | "strict"> = {},
): Promise<TrainedModel> {
  const file = await readPipelineFile(store);
  const weights = await readWeights(store);
  const { pipeline, target, fitted } = file;
  const session = await openSession(
    { pipeline, ...readsOf(file), ...wordsOf(file), target, fitted, capacity: CHUNK },
    { ...asTrained(file), ...options },
  );
  session.network.write(weights);

  const pause = pacer({ signal: new AbortController().signal, options: {} });
  const unhurried = <T>(work: Work<T>): Promise<T> => paced(work, pause);

  // All questions share one memory, so each waits for the one before.
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(question: () => Promise<T>): Promise<T> => {
    const answer = before.then(question);
    before = answer.catch(() => undefined);
    return answer;
  };

  const cleanRows = async (raw: Table, at: string): Promise<Table> => {
    const clean = await unhurried(cleaned(file, raw));
    const missing = firstMissing(clean);
    if (missing !== undefined) throw new PipelineError("data", `${at} row ${missing.row}`, missing.what);
    return clean;
  };

  const outputs = async (column: NumericColumn, truth: NumericColumn | undefined, rows: number): Promise<Outputs> => {
    requireIds(session.network.ids, column, fitted.affine, file.input.type === "table" ? "row" : file.input.name, (i) => `row ${i}`);
    const { steps } = session.network;
    const all = { outputs: new Float32Array(rows * cols), losses: new Float32Array(rows * steps), mask: new Float32Array(rows * steps) };
    let masked = false;
    for (let start = 0; start < rows; start += CHUNK) {
      const count = Math.min(CHUNK, rows - start);
      session.feed.load(0, rowRange(column, start, count), truth && rowRange(truth, start, count));
      const { mask, ...part } = await session.predict(0, count, breathe);
      all.outputs.set(part.outputs, start * cols);
      all.losses.set(part.losses, start * steps);
      masked = mask !== undefined;
      if (mask !== undefined) all.mask.set(mask, start * steps);
    }
    return masked ? all : { outputs: all.outputs, losses: all.losses };
  };

  const cols = size(session.network.outputShape);
  const outputRows = async (clean: Table): Promise<number[][]> => {
    const { outputs: values } = await outputs(await unhurried(readable(file, clean)), undefined, clean.rows);
    return Array.from({ length: clean.rows }, (_, i) => [...values.subarray(i * cols, (i + 1) * cols)]);
  };

  const predict = (rows: Rows): Promise<Prediction[]> =>
    inTurn(async () => {
      const clean = await cleanRows(tableOf(rows, file), "predict");
      const known = wordCounts(file, clean);
      return (await outputRows(clean)).map((output, i) => ({ ...predictionOf(file, output), ...known?.(i) }));
    });

  /** The outputs for texts; undefined for those of which no word is left. */
  const outputsOfTexts = (values: readonly string[]): Promise<(readonly number[] | undefined)[]> =>
    inTurn(async () => {
      const clean = await unhurried(cleaned(file, tableOf(values, file)));
      const words = column(clean, inputName(clean));
      const whole = Uint32Array.from(Array.from(values.keys()).filter((row) => missingPlace(words, row) < 0));
      const found = await outputRows(take(clean, whole));
      const rows: (readonly number[] | undefined)[] = values.map(() => undefined);
      for (const [i, row] of whole.entries()) rows[row] = found[i];
      return rows;
    });

  return {
    file,
    session,
    summary: summaryOf(session.network, pipeline.name ?? "model"),
    predict,
    generate: (prompt, settings = {}) =>
      generate(file, async (text) => ((await predict([text])) as [Prediction])[0].output, prompt, settings),
    async explain(text) {
      if (file.input.type !== "text")
        throw new PipelineError("data", "explain", `the model was trained on rows ${inputText(file.input)}, not of text`);
      const [prediction] = (await predict([text])) as [Prediction];
      const variants = withoutEachWord(text);
      if (variants === undefined) return { ...prediction, influences: undefined };
      const others = await outputsOfTexts(variants.map((variant) => variant.text));
      const said = strengthOf(prediction.output, prediction);
      const influences = variants.flatMap(({ word }, i) => {
        const other = others[i];
        return other === undefined ? [] : [{ word, change: said - strengthOf(other, prediction) }];
      });
      return { ...prediction, influences: influences.sort((a, b) => Math.abs(b.change) - Math.abs(a.change)) };
    },
    async evaluate(table, wanted = pipeline.evaluate) {
      const [then, now] = [inputText(file.input), inputText(rawInput(table))];
      if (then !== now) throw new PipelineError("shape", "evaluate", `the model was trained on rows ${then}, got ${now}`);
      const clean = await inTurn(() => cleanRows(table, "evaluate"));
      const truth = numericColumn(clean, clean.target);
      const [known, named] = [target.names, truth.classes];
      if (known !== undefined && named !== undefined && String(known) !== String(named)) {
        throw new PipelineError(
          "data",
          "evaluate",
          `the model knows the classes ${known.join(", ")}, the table has ${named.join(", ")}; give the source its classes in that order`,
        );
      }
      const asked = targetOf(truth);
      if (asked.kind === "labels" && target.kind === "labels" && asked.steps !== target.steps) {
        const labels = (steps: number | undefined): string =>
          steps === undefined ? "one class a row" : `a class at each of ${steps} steps`;
        throw new PipelineError(
          "data",
          "evaluate",
          `the model was trained on ${labels(target.steps)}, the table's target holds ${labels(asked.steps)}`,
        );
      }
      if (asked.kind !== target.kind) {
        throw new PipelineError("data", "evaluate", `the model was trained on ${target.kind}, the table's target holds ${asked.kind}`);
      }
      const measures = measuresOf(wanted, session.network);
      return inTurn(async () => {
        const result = await outputs(await unhurried(readable(file, clean)), truth, table.rows);
        const measurement = measure(measures.metrics, judge(truthOf(session.network, truth, table.rows), result), measures.at);
        const evaluation = await unhurried(perspective(measurement, session, file.baseline, pipeline, measures));
        const { importance: plan } = measures;
        if (plan === undefined) return evaluation;
        const score = async (rows: Table): Promise<number> => {
          const values = numericColumn(rows, rows.target);
          const made = await outputs(await unhurried(readable(file, rows)), values, rows.rows);
          return scoreOf(plan, judge(truthOf(session.network, values, rows.rows), made));
        };
        return { ...evaluation, importance: await importanceOf(clean, plan, seedOf(pipeline), score) };
      });
    },
    close: () => inTurn(() => session.executor.close()),
  };
}

/** What word numbers stand for, where the network reads such. */
function wordsOf(file: PipelineFile): { readonly vocabulary?: readonly string[] } {
  if (file.input.type !== "text") return {};
  const nothing = around(file.input.name, { type: "text", values: [] });
  const { vocabulary } = finish(readable(file, finish(cleaned(file, nothing))));
  return vocabulary === undefined ? {} : { vocabulary };
}
