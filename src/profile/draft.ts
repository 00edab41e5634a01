// A pipeline for a table that nobody has looked at before: as the text of a file that runs as it is, and says why each stage is there.
import { PipelineError } from "../errors.ts";
import { columnsLeft, has, isNames, MOST_ONE_HOT, type Step } from "./inputs.ts";
import { callOf, literal } from "./literal.ts";
import type { ColumnTold, Profile, TargetProfile } from "./profile.ts";
import type { SourceFound } from "./readTable.ts";
import { canStratify, classesLeft, stepsOf } from "./steps.ts";

const WIDTH = 120;
const SEED = 7;

/** The text of a module. Throws where there is nothing to learn from, or nothing to learn. */
export function draftPipeline(profile: Profile, source: SourceFound): string {
  if (profile.target === undefined) throw new PipelineError("config", "target", "a pipeline needs to know which column it is to predict");
  const left = classesLeft(profile);
  const target = { ...profile.target, ...(left && { classes: left }) };
  const found = profile.columns.find(({ name }) => name === target.name) as ColumnTold;
  if (found.constant || left?.length === 1)
    throw new PipelineError("data", `column "${target.name}"`, "it is the same in every row; there is nothing to learn");
  const classes = target.classes?.length ?? 0;
  if (classes > 20 && classes * 5 > profile.rows)
    throw new PipelineError(
      "data",
      `column "${target.name}"`,
      `it holds ${classes} different names in ${profile.rows} rows, which are no classes to learn`,
    );
  const { kept } = columnsLeft(profile);
  if (kept.length === 0)
    throw new PipelineError(
      "data",
      source.path,
      `no column is left to tell ${target.name} from: each is empty, different in every row, or gives it away`,
    );
  const steps = stepsOf(profile);
  const [numbers, names] = [kept.filter(({ type }) => type === "numbers"), kept.filter(isNames)];
  const size = sizeOf(profile, numbers, names);
  const model = modelOf(target, found, size);
  const uses = new Set(["pipeline", source.kind, "adam", "dense", "earlyStopping", ...model.uses]);
  for (const { uses: names, sure } of steps) if (sure) for (const name of names) uses.add(name);

  const at = (place: Step["at"]): Step[] => steps.filter((step) => step.at === place);
  const clean = at("clean").flatMap(lineOf);
  const scaled = ["standardize()", ...(names.some(({ distinct }) => distinct <= MOST_ONE_HOT || !has("targetEncode")) ? ["oneHot()"] : [])];
  const normalize = [
    ...at("normalize").flatMap(lineOf),
    ...scaled.map((call) => `${call}, // ${call === "oneHot()" ? "a number for each name" : "every number around 0, of deviation 1"}`),
  ];
  for (const call of scaled) uses.add(call.slice(0, -2));
  const stratify = canStratify(left);
  const weights = at("train").map(({ code, why }) => `    // ${code}, // ${why}`);
  const lines = [
    `// ${titleOf(profile, target, source)}`,
    `// Drafted by lanewise init: every line is yours to change. What is commented out is worth a thought.`,
    ...importLines([...uses].sort()),
    "",
    "export default pipeline({",
    ...sourceLines(source, target, found, at("source")),
    ...(clean.length === 0 ? [] : ["  clean: [", ...clean.map(indented), "  ],"]),
    "  normalize: [",
    ...normalize.map(indented),
    "  ],",
    `  split: ${literal({ test: 0.2, validation: size.rows < 20_000 ? 0.2 : 0.1, ...(stratify && { stratify }) })},`,
    "  model: [",
    ...model.layers.map(indented),
    "  ],",
    "  train: {",
    `    optimizer: adam({ learningRate: ${size.learningRate} }),`,
    `    loss: ${literal(model.loss)},`,
    `    epochs: ${size.epochs}, // at most: it stops when the validation loss has stopped falling, and keeps the best weights`,
    `    batchSize: ${size.batchSize},`,
    ...weights,
    `    callbacks: [earlyStopping({ patience: ${size.patience} })],`,
    "  },",
    `  evaluate: [${model.metrics.join(", ")}],`,
    `  seed: ${SEED},`,
    "});",
    "",
  ];
  return wrapped(lines).join("\n");
}

function importLines(names: readonly string[]): string[] {
  const line = `import { ${names.join(", ")} } from "lanewise";`;
  return line.length <= WIDTH ? [line] : ["import {", ...names.map((name) => `  ${name},`), '} from "lanewise";'];
}

const indented = (line: string): string => `    ${line}`;

/** A step that is not sure stands there as a remark. */
const lineOf = ({ code, why, sure }: Step): string[] => [`// ${why}`, sure ? `${code},` : `// ${code},`];

function titleOf({ rows, columns }: Profile, { name, task, classes }: TargetProfile, { path }: SourceFound): string {
  const what = task === "regression" ? "a number" : `${classes?.length} classes`;
  return `${name} (${what}) from ${columns.length === 2 ? "1 column" : `${columns.length - 1} columns`} of ${path}, ${rows.toLocaleString("en-US")} rows.`;
}

function sourceLines({ kind, path, settings }: SourceFound, target: TargetProfile, found: ColumnTold, steps: readonly Step[]): string[] {
  const place = /^https?:/.test(path) ? { url: path } : { path };
  const given = Object.entries({ ...place, ...settings, target: target.name }).map(([key, value]) => `${key}: ${literal(value)},`);
  const types = { [target.name]: "category" };
  const counted = target.classes?.every((_, i, all) => all.some(({ value }) => value === String(i))) === true;
  const asClasses = found.read === "numbers" && target.task === "classification" && !counted;
  const isAmount = found.read === "numbers" && target.task === "regression" && found.moments?.whole === true;
  return [
    `  source: ${kind}({`,
    ...given.map(indented),
    ...steps.map(({ code, why }) => `    ${code}, // ${why}`),
    ...(asClasses ? [`    types: ${literal(types)}, // its numbers are classes`] : []),
    ...(isAmount ? ['    task: "regression",'] : []),
    "  }),",
  ];
}

interface Size {
  readonly rows: number;
  readonly units: readonly number[];
  readonly dropout: number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly patience: number;
  readonly batchSize: number;
}

/** As many units as rows can teach, and as features need. */
function sizeOf({ rows }: Profile, numbers: readonly ColumnTold[], names: readonly ColumnTold[]): Size {
  const features = numbers.length + names.reduce((sum, { distinct }) => sum + (distinct > MOST_ONE_HOT ? 1 : distinct), 0);
  const small = rows < 2_000;
  const first = rows < 500 ? 16 : small ? 32 : 64;
  const units = rows >= 5_000 && features >= 6 ? [first, first / 2] : [first];
  return {
    rows,
    units,
    dropout: features * 20 > rows ? 0.3 : rows < 500 ? 0 : 0.1,
    learningRate: small ? 0.01 : 0.003,
    epochs: small ? 200 : rows < 20_000 ? 60 : 30,
    patience: small ? 20 : rows < 20_000 ? 8 : 4,
    batchSize: rows < 500 ? 16 : small ? 32 : rows < 20_000 ? 64 : rows < 200_000 ? 128 : 512,
  };
}

interface Model {
  readonly layers: readonly string[];
  readonly loss: string;
  readonly metrics: readonly string[];
  readonly uses: readonly string[];
}

function modelOf(target: TargetProfile, found: ColumnTold, { units, dropout }: Size): Model {
  const hidden = units.flatMap((n) => [`${callOf("dense", n, { activation: "relu" })},`, ...(dropout > 0 ? [`dropout(${dropout}),`] : [])]);
  const uses = dropout > 0 ? ["dropout"] : [];
  if (target.task === "regression") {
    const { layers, more } = amountLayers(target.name, found);
    return { layers: [...hidden, ...layers], loss: "meanSquaredError", metrics: ['"r2"', '"rmse"', '"mae"'], uses: [...uses, ...more] };
  }
  const classes = target.classes?.length ?? 0;
  if (classes === 2) {
    const metrics = ['"accuracy"', '"precision"', '"recall"', '"f1"', "rocAuc()", '"confusionMatrix"'];
    const output = `${callOf("dense", 1, { activation: "sigmoid" })}, // the probability of the second of the two classes, in sorted order`;
    return { layers: [...hidden, output], loss: "binaryCrossentropy", metrics, uses: [...uses, "rocAuc"] };
  }
  const output = `${callOf("dense", classes, { activation: "softmax" })}, // a probability for each class`;
  const metrics = ['"accuracy"', '"balancedAccuracy"', '"f1"', '"confusionMatrix"'];
  return { layers: [...hidden, output], loss: "sparseCategoricalCrossentropy", metrics, uses };
}

/**
 * Amounts far from 0 or far apart: a last layer that begins at their mean and in steps of their deviation does what standardizing them would
 * do, and the numbers that come out are still in their unit.
 */
function amountLayers(name: string, { moments }: ColumnTold): { readonly layers: readonly string[]; readonly more: readonly string[] } {
  const [mean, sd] = [rounded(moments?.mean ?? 0), rounded(moments?.sd ?? 1)];
  if (Math.abs(mean) <= 1 && sd >= 0.3 && sd <= 3) return { layers: ["dense(1),"], more: [] };
  const begin = `dense(1, { kernelInitializer: constant(${sd}), biasInitializer: constant(${mean}) }),`;
  return { layers: ["dense(1),", `${begin} // from around 0 to ${name}: its mean and deviation`], more: ["constant"] };
}

const rounded = (value: number): number => Number(value.toPrecision(2));

/** Remarks that are too long for a line go on in the next, and lists where no remark follows. */
function wrapped(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const remark = /^\s*\/\/ /.exec(line)?.[0];
    if (line.length <= WIDTH || (remark === undefined && line.includes("//"))) return [line];
    const next = remark ?? `${/^\s*/.exec(line)?.[0]}  `;
    const parts: string[] = [];
    let rest = line;
    for (let end = breakIn(rest, remark !== undefined); end > next.length; end = breakIn(rest, remark !== undefined)) {
      parts.push(rest.slice(0, end).trimEnd());
      rest = next + rest.slice(end).trimStart();
    }
    return [...parts, rest];
  });
}

/** The last place within the width where a line may end: behind a word, or behind a comma outside of quotes; -1 where it need not, or cannot. */
function breakIn(line: string, remark: boolean): number {
  if (line.length <= WIDTH) return -1;
  if (remark) return line.lastIndexOf(" ", WIDTH);
  let last = -1;
  let quoted = false;
  for (let i = 0; i < WIDTH; i++) {
    if (line[i] === "\\") i++;
    else if (line[i] === '"') quoted = !quoted;
    else if (!quoted && line[i] === "," && line[i + 1] === " ") last = i + 1;
  }
  return last;
}
