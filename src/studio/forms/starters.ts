// What a value is at first, when somebody adds it. What must be given has a usual value, or one that its form allows.
import type { Family, Form } from "../../check.ts";
import { rulesOf } from "./families.ts";

const usual: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  activation: { activation: "relu" },
  anonymize: { columns: ["name"], how: "drop" },
  arrays: { x: [0, 1], y: [0, 1] },
  bidirectional: { layer: { kind: "lstm", units: 32 } },
  checkAnonymity: { quasiIdentifiers: ["age"] },
  concatenate: { branches: [[], [{ kind: "dense", units: 32 }]] },
  cosineDecay: { initialLearningRate: 0.001, decaySteps: 10, unit: "epoch" },
  cosineDecayRestarts: { initialLearningRate: 0.001, firstDecaySteps: 5, unit: "epoch" },
  crop: { padding: 2 },
  csv: { path: "table.csv" },
  cutout: { size: 8 },
  dense: { units: 32, activation: "relu" },
  dropColumns: { columns: ["id"] },
  dropout: { rate: 0.2 },
  embedding: { inputDim: 10_000, outputDim: 32 },
  exponentialDecay: { initialLearningRate: 0.001, decaySteps: 1, decayRate: 0.9, unit: "epoch" },
  filterRows: { where: { column: "age", min: 18 } },
  fixLabels: { labels: { old: "new" } },
  gru: { units: 32 },
  idx: { images: "images-idx3-ubyte.gz", labels: "labels-idx1-ubyte.gz" },
  images: { folder: "pictures" },
  inverseTimeDecay: { initialLearningRate: 0.001, decaySteps: 1, decayRate: 0.5, unit: "epoch" },
  jsonl: { path: "texts.jsonl" },
  leakyRelu: { negativeSlope: 0.2 },
  lines: { path: "texts.tsv" },
  lstm: { units: 32 },
  l1l2: { l1: 0, l2: 0.01 },
  mapValues: { map: { column: { old: "new" } } },
  nextCharacters: { path: "text.txt" },
  noise: { deviation: 0.1 },
  oneCycle: { maxLearningRate: 0.01, totalSteps: 10, unit: "epoch" },
  parseMissing: { values: ["?"] },
  piecewiseConstantDecay: { boundaries: [5], values: [0.001, 0.0001], unit: "epoch" },
  polynomialDecay: { initialLearningRate: 0.001, decaySteps: 10, unit: "epoch" },
  requireRange: { min: 0 },
  requireShape: { shape: [28, 28] },
  reshape: { targetShape: [-1] },
  residual: { layers: [{ kind: "dense", units: 32, activation: "relu" }] },
  rotate: { degrees: 10 },
  shift: { x: 0.1, y: 0.1 },
  simpleRnn: { units: 32 },
  stepDecay: { initialLearningRate: 0.001, stepSize: 5, unit: "epoch" },
  synonyms: { table: { good: ["fine"] }, rate: 0.1 },
  textFolder: { folder: "texts" },
  timeDistributed: { layer: { kind: "dense", units: 32, activation: "relu" } },
  topK: { k: 5 },
  zoom: { range: [0.9, 1.1] },
};

/** Settings that start with this value, wherever they are. */
const usualSettings: Readonly<Record<string, unknown>> = {
  activation: "relu",
  learningRate: 0.001,
  optimizer: "adam",
  batchSize: 32,
  epochs: 10,
  validation: 0.1,
  test: 0.2,
  folds: 5,
  quantiles: [0.25, 0.75],
  range: [0.01, 0.99],
  to: [0, 1],
};

/** A name where that is enough. */
export function startOfKind(family: Family, kind: string, names: readonly string[] = []): unknown {
  if (names.includes(kind)) return kind;
  const required = Object.entries(rulesOf(family, kind) ?? {}).filter(([, rule]) => rule.optional !== true);
  const given = usual[kind] ?? {};
  return { kind, ...Object.fromEntries(required.map(([name, { form }]) => [name, startOf(form, name)])), ...given };
}

/** A first value of this form; `name` is the setting's. */
export function startOf(form: Form, name = ""): unknown {
  const known = Object.hasOwn(usualSettings, name) ? usualSettings[name] : undefined;
  if (known !== undefined && !(form.type === "number" && form.integer === true && !Number.isInteger(known))) return known;
  switch (form.type) {
    case "number":
      return startOfNumber(form);
    case "boolean":
      return true;
    case "string":
      return "";
    case "oneOf":
      return form.values[0];
    case "either":
      return startOf(form.of[0] as Form, name);
    case "list":
      return Array.from({ length: form.length ?? form.least ?? 0 }, () => startOf(form.of));
    case "record":
      return { name: startOf(form.of) };
    case "settings":
      return Object.fromEntries(
        Object.entries(form.rules).flatMap(([key, rule]) => (rule.optional === true ? [] : [[key, startOf(rule.form, key)]])),
      );
    case "descriptor": {
      const kind = form.names?.[0] ?? form.kinds?.[0];
      return kind === undefined ? undefined : startOfKind(form.family, kind, form.names);
    }
    case "rows":
      return undefined;
  }
}

function startOfNumber({ min, max, above, below, integer }: Extract<Form, { readonly type: "number" }>): number {
  const low = min ?? above;
  const high = max ?? below;
  if (integer === true) return min ?? (above === undefined ? 0 : above + 1);
  if (low !== undefined && high !== undefined) return (low + high) / 2;
  return above === undefined ? (min ?? 0) : above + 1;
}
