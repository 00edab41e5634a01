// A model and an evaluation as text for a terminal. Pure functions: no colours, nothing printed.
import type { ClassReport, Evaluation } from "../nn/metrics/evaluation.ts";
import type { ModelSummary } from "./events.ts";
import { alignedLines, framedTable, type TextOptions } from "./textTable.ts";

/** As Keras's `model.summary()`. */
export function formatSummary(summary: ModelSummary, options: TextOptions = {}): string {
  const rows = summary.layers.map(({ name, kind, output, parameters }) => [
    `${name} (${upperFirst(kind)})`,
    shapeText(output),
    grouped(parameters),
  ]);
  const columns = [
    { title: "Layer (type)", align: "left" },
    { title: "Output Shape", align: "left" },
    { title: "Param #", align: "right" },
  ] as const;
  return [
    `Model: "${summary.name}"`,
    ...framedTable(columns, rows, options),
    ` Total params: ${parameterText(summary.parameters)}`,
    ` Trainable params: ${parameterText(summary.trainable)}`,
    ` Non-trainable params: ${parameterText(summary.parameters - summary.trainable)}`,
  ].join("\n");
}

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
const parameterText = (n: number): string => `${grouped(n)} (${bytesText(4 * n)})`;

/** Python's way to write a shape, as Keras does: `(None, 10)`, `(None,)`. */
function shapeText(shape: readonly (number | null)[]): string {
  const sizes = shape.map((n) => (n === null ? "None" : String(n)));
  return `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;
}

/** In powers of 1024, with two decimals. */
export function bytesText(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${bytes.toFixed(2)} ${units[unit]}`;
}

/** At most this many classes are listed. */
const classLimit = 20;

/** The numbers, then a line a class as scikit-learn's `classification_report`, then the confusion matrix. */
export function formatEvaluation(evaluation: Evaluation): string {
  const blocks = [scalarLines(evaluation)];
  if (evaluation.perClass !== undefined) blocks.push(reportLines(evaluation.perClass, evaluation.scalars));
  if (evaluation.confusionMatrix !== undefined) blocks.push(matrixLines(evaluation.confusionMatrix, evaluation.classes ?? []));
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** A line a number: its interval, and what the trivial baseline gets. */
function scalarLines({ rows, scalars, intervals, baseline }: Evaluation): string[] {
  const columns: { readonly align: "left" | "right"; readonly title: string; of(name: string): string }[] = [
    { align: "left", title: "rows", of: (name) => name },
    { align: "right", title: grouped(rows), of: (name) => numberText(scalars[name] as number) },
  ];
  if (intervals !== undefined) {
    const title = `${Number((100 * intervals.confidence).toFixed(2))} % interval`;
    columns.push({ align: "left", title, of: (name) => intervalText(intervals.scalars[name]) });
  }
  if (baseline !== undefined) {
    const title = baseline.predicts === "mean" ? "always the mean" : "most frequent class";
    columns.push({ align: "right", title, of: (name) => numberText(baseline.scalars[name] as number) });
  }
  const table = Object.keys(scalars).map((name) => columns.map(({ of }) => of(name)));
  return alignedLines(
    [columns.map(({ title }) => title), ...table],
    columns.map(({ align }) => align),
  );
}

const intervalText = (interval: readonly [number, number] | undefined): string =>
  interval === undefined ? "" : `[${interval.map(numberText).join(", ")}]`;

/** Four decimals, or four digits where those would say nothing. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (Number.isNaN(value)) return "NaN";
  return value === 0 || (size >= 0.001 && size < 1e6) ? value.toFixed(4) : value.toExponential(3);
}

function reportLines(report: readonly ClassReport[], scalars: Evaluation["scalars"]): string[] {
  const shown = report.slice(0, classLimit);
  const total = report.reduce((sum, r) => sum + r.support, 0);
  const mean = (of: "precision" | "recall" | "f1", weight: (r: ClassReport) => number): string => {
    const weights = report.reduce((sum, r) => sum + weight(r), 0);
    return numberText(weights === 0 ? 0 : report.reduce((sum, r) => sum + weight(r) * r[of], 0) / weights);
  };
  const average = (name: string, weight: (r: ClassReport) => number): string[] => [
    name,
    mean("precision", weight),
    mean("recall", weight),
    mean("f1", weight),
    grouped(total),
  ];
  const rows = [
    ["", "precision", "recall", "f1", "support"],
    ...shown.map((r) => [clip(r.class, 24), numberText(r.precision), numberText(r.recall), numberText(r.f1), grouped(r.support)]),
    ...(report.length > shown.length ? [[`... ${report.length - shown.length} more`]] : []),
    [],
    ...(scalars.accuracy === undefined ? [] : [["accuracy", "", "", numberText(scalars.accuracy), grouped(total)]]),
    average("macro avg", () => 1),
    average("weighted avg", (r) => r.support),
  ];
  return alignedLines(rows, ["right", "right", "right", "right", "right"]);
}

const clip = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 3)}...` : text);

/** `what` is the matrix of what. */
export function matrixLines(matrix: readonly (readonly number[])[], classes: readonly string[], what = ""): string[] {
  const name = (c: number): string => clip(classes[c] ?? String(c), 12);
  if (matrix.length > classLimit) return mistakeLines(matrix, name);
  const rows = [["", ...matrix.map((_, c) => name(c))], ...matrix.map((row, c) => [name(c), ...row.map(grouped)])];
  return [
    `confusion matrix${what} (down: true, across: predicted)`,
    ...alignedLines(rows, new Array<"right">(matrix.length + 1).fill("right")),
  ];
}

/** A matrix that would not fit a terminal: its largest numbers off the diagonal. */
function mistakeLines(matrix: readonly (readonly number[])[], name: (c: number) => string): string[] {
  const mistakes = matrix
    .flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, classLimit);
  const rows = mistakes.map(({ actual, predicted, count }) => [grouped(count), `${name(actual)} taken for ${name(predicted)}`]);
  return [`most frequent mistakes between ${matrix.length} classes`, ...alignedLines(rows, ["right", "left"])];
}
