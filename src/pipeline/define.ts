// The pipeline object: what a user writes. It is checked whole before any row is read, and is nothing but data afterwards.
import {
  boolean,
  type Descriptor,
  describe,
  either,
  type Family,
  formOfEither,
  list,
  narrowed,
  number,
  oneOf,
  optional,
  positiveInteger,
  type Rule,
  type Rules,
  rule,
  string,
} from "../check.ts";
import { type SourceName, sources } from "../data/index.ts";
import { PipelineError, show, unknownName } from "../errors.ts";
import type { Layer } from "../nn/layers/layer.ts";
import { layersRule } from "../nn/layers/layersRule.ts";
import { type Loss, lossRule } from "../nn/losses/index.ts";
import { type Metric, metricRule, metricRules } from "../nn/metrics/index.ts";
import { optimizerRule } from "../nn/optimizers/index.ts";
import type { Optimizer } from "../nn/optimizers/optimizer.ts";
import { type AugmentKind, augmentStages, type CleanKind, cleanStages, type NormalizeKind, normalizeStages } from "../stages/index.ts";
import { checkSplit, type SplitSettings, splitRules } from "../stages/split/settings.ts";
import { type Callback, callbacksRule } from "./callbacks.ts";
import type { ImportanceSettings } from "./importance.ts";

/** As in Keras. */
export const DEFAULT_OPTIMIZER = "rmsprop";

export interface TrainSettings {
  readonly loss: Loss;
  /** Default "rmsprop". */
  readonly optimizer?: Optimizer | string;
  /** Default 1. */
  readonly epochs?: number;
  /** Default 32. The last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /** A new order of the training rows in every epoch. Default true. */
  readonly shuffle?: boolean;
  /** What a row of each class counts for: numbers by class, or "balanced" (rows / (classes · rows of the class)). */
  readonly classWeight?: "balanced" | readonly number[];
  /** earlyStopping(…), reduceOnPlateau(…). */
  readonly callbacks?: readonly Callback[];
  /** End when the loss is no longer a number. Default true. */
  readonly stopOnNaN?: boolean;
  /** Keep a checkpoint after every epoch, to resume from. Default true. */
  readonly checkpoint?: boolean;
}

export interface EvaluateSettings {
  /** Default: accuracy where classes are predicted. The loss is always there besides. */
  readonly metrics?: readonly Metric[];
  /**
   * How sure the intervals beside the final numbers are, such as 0.9; `false` leaves them out. Default 0.95. They are percentiles of
   * 1000 bootstrap samples of the rows; beyond 40,000 rows of fewer, but at least 200.
   */
  readonly confidence?: number | false;
  /**
   * Which columns matter: what a metric loses when the values of one are shuffled among the test rows (the validation rows, where there are
   * no test rows), several times each; with folds the means over them. Default false. It tells what this model reads, not what is so:
   * where two columns tell the same, either makes up for the other, and both look as if they did not matter.
   */
  readonly importance?: boolean | ImportanceSettings;
}

/** The keys stand in the order in which data flows; every row is tagged train, validation or test right after `clean`. */
type OfKind<K extends string> = Descriptor & { readonly kind: K };

export type SourceDescriptor = OfKind<SourceName>;
export type CleanDescriptor = OfKind<CleanKind>;
export type NormalizeDescriptor = OfKind<NormalizeKind>;
export type AugmentDescriptor = OfKind<AugmentKind>;

export interface Pipeline {
  /** Default: the name of its file. */
  readonly name?: string;
  readonly source: SourceDescriptor;
  readonly clean?: readonly CleanDescriptor[];
  readonly normalize?: readonly NormalizeDescriptor[];
  readonly augment?: readonly AugmentDescriptor[];
  readonly split?: SplitSettings;
  readonly model: readonly Layer[];
  readonly train: TrainSettings;
  /** A list of metrics, or settings. */
  readonly evaluate?: readonly Metric[] | EvaluateSettings;
  /** Everything random follows from it. Default 0. */
  readonly seed?: number;
}

const weights = list(1, number({ min: 0 }));
const classWeight: Rule = rule(formOfEither(oneOf("balanced"), weights), (value, at) => {
  if (value === "balanced") return;
  if (!Array.isArray(value) || value.length === 0)
    throw new PipelineError("config", at, `expected "balanced" or a list of one number per class, got ${show(value)}`);
  weights(value, at);
});

const trainRules: Rules = {
  loss: lossRule,
  optimizer: optional(optimizerRule),
  epochs: optional(positiveInteger),
  batchSize: optional(positiveInteger),
  shuffle: optional(boolean),
  classWeight: optional(classWeight),
  callbacks: optional(callbacksRule),
  stopOnNaN: optional(boolean),
  checkpoint: optional(boolean),
};

const stages: Readonly<Record<string, object>> = { clean: cleanStages, normalize: normalizeStages, augment: augmentStages };

/** One descriptor of a family, such as a source. */
function memberOf(what: Family, example: string, family: Readonly<Record<string, { readonly rules: Rules }>>): Rule {
  return rule({ type: "descriptor", family: what }, (value, at) => {
    const kind = (value as Descriptor | null | undefined)?.kind;
    if (typeof kind !== "string") throw new PipelineError("config", at, `expected ${example}, got ${show(value)}`);
    const found = Object.hasOwn(family, kind) ? family[kind] : undefined;
    if (found === undefined) {
      const home = Object.entries(stages).find(([, members]) => Object.hasOwn(members, kind))?.[0];
      const problem = home === undefined ? unknownName(what, kind, Object.keys(family)) : `${kind}() is no ${what}; move it to ${home}`;
      throw new PipelineError("config", at, problem);
    }
    describe(kind, value as Descriptor, found.rules, `${at} ${kind}`);
  });
}

function listOfMembers(what: Family, example: string, family: Readonly<Record<string, { readonly rules: Rules }>>): Rule {
  const each = memberOf(what, example, family);
  return rule({ type: "list", of: each.form }, (value, at) => {
    if (!Array.isArray(value)) throw new PipelineError("config", at, `expected a list such as [${example}], got ${show(value)}`);
    value.forEach((item, i) => {
      each(item, `${at}[${i}]`);
    });
  });
}

const section = (rules: Rules, example: string): Rule =>
  rule({ type: "settings", rules }, (value, at) => {
    if (typeof value !== "object" || value === null) throw new PipelineError("config", at, `expected ${example}, got ${show(value)}`);
    describe(at, value as Descriptor, rules, at);
  });

const evaluateSettings = section(
  {
    metrics: optional(metricRules),
    confidence: optional(either(number({ above: 0, below: 1 }), oneOf(false))),
    importance: optional(
      either(
        section(
          { repeats: optional(positiveInteger), metric: optional(metricRule), maxSamples: optional(positiveInteger) },
          "true, or settings such as { repeats: 10 }",
        ),
        boolean,
      ),
    ),
  },
  'a list such as ["accuracy"], or settings such as { metrics: ["accuracy"], confidence: 0.9 }',
);

const evaluateRule: Rule = rule(formOfEither(metricRules, evaluateSettings), (value, at) => {
  const alone = (value as Descriptor | null)?.kind;
  if (alone !== undefined) throw new PipelineError("config", at, `expected a list; write [${alone}(…)]`);
  (Array.isArray(value) ? metricRules : evaluateSettings)(value, at);
});

export const pipelineRules: Rules = {
  name: optional(string),
  source: memberOf("source", "a source such as mnist()", sources),
  clean: optional(listOfMembers("clean stage", "dropDuplicates()", cleanStages)),
  normalize: optional(listOfMembers("normalize stage", "minMax()", normalizeStages)),
  augment: optional(listOfMembers("augment stage", "rotate({ degrees: 10 })", augmentStages)),
  split: optional(narrowed(section(splitRules, "settings such as { test: 0.2 }"), (value) => checkSplit(value as SplitSettings))),
  model: layersRule,
  train: section(trainRules, 'settings such as { loss: "meanSquaredError" }'),
  evaluate: optional(evaluateRule),
  seed: optional(number({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true })),
};

/** Returns its argument, frozen. It exists to check it, before any row is read, and to give it its type. */
export function pipeline(definition: Pipeline): Pipeline {
  return checkPipeline(definition);
}

/** As `pipeline`, for a value of unknown origin. */
export function checkPipeline(value: unknown): Pipeline {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PipelineError("config", "pipeline", `expected an object with source, model and train, got ${show(value)}`);
  }
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(pipelineRules, key))
      throw new PipelineError("config", "pipeline", unknownName("key", key, Object.keys(pipelineRules)));
  }
  const given = value as Record<string, unknown>;
  for (const key of ["source", "model", "train"]) {
    if (given[key] === undefined)
      throw new PipelineError("config", "pipeline", `"${key}" is missing; a pipeline needs at least source, model and train`);
  }
  for (const [key, rule] of Object.entries(pipelineRules)) rule(given[key], key);
  return Object.freeze({ ...(value as Pipeline) });
}

/** The pipeline with one setting changed, such as `train.epochs` or `model[1].units`, checked again. */
export function setPath(from: Pipeline, path: string, value: unknown): Pipeline {
  const keys = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  const set = (node: unknown, depth: number, parent: unknown): unknown => {
    if (depth === keys.length) return value;
    const key = keys[depth] as string;
    if (Array.isArray(node)) {
      const list = keys.slice(0, depth).join(".");
      if (!/^\d+$/.test(key))
        throw new PipelineError("config", `--set ${path}`, `${list} is a list; name an item, as in ${list}[0].${key}`);
      if (Number(key) >= node.length)
        throw new PipelineError("config", `--set ${path}`, `there is no item ${key}; ${list} has ${node.length}, counted from 0`);
      return node.map((item: unknown, i) => (i === Number(key) ? set(item, depth + 1, node) : item));
    }
    if (node !== undefined && (typeof node !== "object" || node === null)) {
      // A shorthand such as "adam" becomes its descriptor when one of its settings is asked for.
      if (typeof node === "string" && parent !== undefined) return { kind: node, [key]: set(undefined, depth + 1, node) };
      throw new PipelineError("config", `--set ${path}`, `${keys.slice(0, depth).join(".")} is ${show(node)}, which has no settings`);
    }
    const object = (node ?? {}) as Record<string, unknown>;
    return { ...object, [key]: set(object[key], depth + 1, object) };
  };
  return checkPipeline(set(spelledOut(from, path), 0, undefined));
}

/** A shorthand, or a default, has settings once it is written out. */
function spelledOut(from: Pipeline, path: string): Pipeline {
  if (path.startsWith("train.optimizer.") && from.train.optimizer === undefined)
    return { ...from, train: { ...from.train, optimizer: DEFAULT_OPTIMIZER } };
  if (/^evaluate\.[a-z]/.test(path) && Array.isArray(from.evaluate)) return { ...from, evaluate: { metrics: from.evaluate } };
  return from;
}
