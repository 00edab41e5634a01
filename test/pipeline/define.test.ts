// Every mistake in a pipeline is refused in one line that says where, what, and the way out.
import { describe, expect, it } from "vitest";
import {
  adam,
  arrays,
  concatenate,
  crop,
  denoise,
  dense,
  earlyStopping,
  f1,
  fillMissing,
  flatten,
  huber,
  minMax,
  type Pipeline,
  type RunOptions,
  requireRange,
  reshape,
  residual,
  rotate,
  run,
  strokes,
} from "../../src/node/index.ts";
import { checkPipeline, setPath } from "../../src/pipeline/define.ts";
import { all, failure, ofType } from "../support/runs.ts";

const x = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const y = [0, 1, 1, 0];
const right = {
  source: arrays({ x, y }),
  model: [dense(2, { activation: "softmax" })],
  train: { loss: "sparseCategoricalCrossentropy" },
} as const satisfies Pipeline;
const softmax10 = dense(10, { activation: "softmax" });
const digits = { ...right, source: strokes({ rows: 40, test: 10 }) };

const train = (settings: object): object => ({ ...right, train: { ...right.train, ...settings } });
const layer = (settings: object): object => ({ ...right, model: [settings] });

function messageOf(definition: unknown): string {
  try {
    checkPipeline(definition);
  } catch (error) {
    return (error as Error).message;
  }
  return "fine";
}

describe("before any row is read", () => {
  it("finds nothing wrong with a right pipeline, and freezes it", () => {
    expect(messageOf(right)).toBe("fine");
    expect(Object.isFrozen(checkPipeline(right))).toBe(true);
  });

  it.each<[unknown, string]>([
    [undefined, "pipeline: expected an object with source, model and train, got undefined"],
    [[], "pipeline: expected an object with source, model and train, got []"],
    [{}, 'pipeline: "source" is missing; a pipeline needs at least source, model and train'],
    [{ ...right, model: undefined }, 'pipeline: "model" is missing; a pipeline needs at least source, model and train'],
    [{ ...right, normalise: [] }, 'pipeline: unknown key "normalise"; did you mean "normalize"?'],
    [
      { ...right, zzz: 1 },
      'pipeline: unknown key "zzz"; known: augment, clean, evaluate, model, name, normalize, seed, source, split, train',
    ],
    [{ ...right, seed: -1 }, "seed: expected an integer >= 0 and <= 9007199254740991, got -1"],
    [{ ...right, name: 3 }, "name: expected a non-empty string, got 3"],
  ])("names a wrong key (%#)", (definition, message) => {
    expect(messageOf(definition)).toBe(message);
  });

  it.each<[object, string]>([
    [{ source: strokes }, "source: expected a source such as mnist(), got the function strokes itself; call it, as in strokes(…)"],
    [{ source: { kind: "stroks" } }, 'source: unknown source "stroks"; did you mean "strokes"?'],
    [{ source: { kind: "strokes", row: 3 } }, 'source strokes: unknown setting "row"; did you mean "rows"?'],
    [{ clean: denoise() }, 'clean: expected a list such as [dropDuplicates()], got {"kind":"denoise"}'],
    [{ clean: [denoise] }, "clean[0]: expected dropDuplicates(), got the function denoise itself; call it, as in denoise(…)"],
    [{ clean: [{ kind: "dropDuplicate" }] }, 'clean[0]: unknown clean stage "dropDuplicate"; did you mean "dropDuplicates"?'],
    [{ clean: [denoise(), minMax()] }, "clean[1]: minMax() is no clean stage; move it to normalize"],
    [{ clean: [{ kind: "denoise", size: 4 }] }, "clean[0] denoise.size: expected an odd number, got 4"],
    [{ normalize: [{ kind: "minmax" }] }, 'normalize[0]: unknown normalize stage "minmax"; did you mean "minMax"?'],
    [{ normalize: [{ kind: "minMax", to: [1, 0] }] }, "normalize[0] minMax.to: expected [low, high] with low < high, got [1,0]"],
    [{ augment: [{ kind: "rotat" }] }, 'augment[0]: unknown augment stage "rotat"; did you mean "rotate"?'],
    [{ augment: [{ kind: "rotate", degrees: "ten" }] }, 'augment[0] rotate.degrees: expected a number >= 0 and <= 360, got "ten"'],
    [{ split: { valdation: 0.1 } }, 'split: unknown setting "valdation"; did you mean "validation"?'],
    [{ split: { test: 1.5 } }, "split.test: expected an integer, got 1.5"],
    [{ split: { test: "givn" } }, 'split.test: unknown value "givn"; did you mean "given"?'],
    [{ split: 0.2 }, "split: expected settings such as { test: 0.2 }, got 0.2"],
    [{ evaluate: ["acuracy"] }, 'evaluate[0]: unknown metric "acuracy"; did you mean "accuracy"?'],
    [{ evaluate: [f1] }, 'evaluate[0]: expected a metric such as "accuracy" or topK(5), got the function f1 itself; call it, as in f1(…)'],
    [
      { evaluate: "accuracy" },
      'evaluate: expected a list such as ["accuracy"], or settings such as { metrics: ["accuracy"], confidence: 0.9 }, got "accuracy"',
    ],
    [{ evaluate: f1() }, "evaluate: expected a list; write [f1(…)]"],
    [{ evaluate: { metrics: ["acuracy"] } }, 'evaluate.metrics[0]: unknown metric "acuracy"; did you mean "accuracy"?'],
    [{ evaluate: { confidence: 95 } }, "evaluate.confidence: expected a number > 0 and < 1, got 95"],
    [{ evaluate: { confidense: 0.9 } }, 'evaluate: unknown setting "confidense"; did you mean "confidence"?'],
  ])("names a wrong source, stage or metric (%#)", (change, message) => {
    expect(messageOf({ ...right, ...change })).toBe(message);
  });

  it.each<[object, string]>([
    [{ ...right, model: [] }, "model: expected a list of layers, got []"],
    [{ ...right, model: dense(3) }, 'model: expected a list of layers, got {"kind":"dense","units":3}'],
    [
      { ...right, model: [flatten] },
      "model[0]: expected a layer such as dense(10), got the function flatten itself; call it, as in flatten(…)",
    ],
    [layer({ kind: "dens", units: 3 }), 'model[0]: unknown layer "dens"; did you mean "dense"?'],
    [layer({ kind: "dense", units: 0 }), "model[0] dense.units: expected an integer >= 1, got 0"],
    [layer({ kind: "dense", unit: 3 }), 'model[0] dense: unknown setting "unit"; did you mean "units"?'],
    [layer({ kind: "dense", units: 3, activation: "rleu" }), 'model[0] dense.activation: unknown activation "rleu"; did you mean "relu"?'],
    [
      layer({ kind: "dense", units: 3, kernelInitializer: "heNorml" }),
      'model[0] dense.kernelInitializer: unknown initializer "heNorml"; did you mean "heNormal"?',
    ],
    [layer({ kind: "dropout", rate: 1 }), "model[0] dropout.rate: expected a number >= 0 and < 1, got 1"],
    [layer({ kind: "residual", layers: [{ kind: "dens" }] }), 'model[0] residual.layers[0]: unknown layer "dens"; did you mean "dense"?'],
    [layer({ kind: "concatenate", branches: [[]] }), "model[0] concatenate.branches: expected a list of 2 or more, got [[]]"],
  ])("names a wrong layer (%#)", (definition, message) => {
    expect(messageOf(definition)).toBe(message);
  });

  it.each<[object, string]>([
    [{ ...right, train: {} }, 'train.loss: expected the name of a loss such as "meanSquaredError", got undefined'],
    [
      train({ loss: "sparseCategoricalCrossEntropy" }),
      'train.loss: unknown loss "sparseCategoricalCrossEntropy"; did you mean "sparseCategoricalCrossentropy"?',
    ],
    [
      train({ loss: huber }),
      'train.loss: expected the name of a loss such as "meanSquaredError", got the function huber itself; call it, as in huber(…)',
    ],
    [train({ loss: { kind: "huber", detla: 1 } }), 'train.loss: unknown setting "detla"; did you mean "delta"?'],
    [train({ optimizer: "adm" }), 'train.optimizer: unknown optimizer "adm"; did you mean "adam"?'],
    [
      train({ optimizer: adam }),
      "train.optimizer: expected an optimizer such as adam(), got the function adam itself; call it, as in adam(…)",
    ],
    [
      train({ optimizer: { kind: "adam", lr: 1 } }),
      'train.optimizer: unknown setting "lr"; known: beta1, beta2, clipNorm, clipValue, epsilon, globalClipNorm, learningRate, weightDecay',
    ],
    [
      train({ optimizer: { kind: "adam", learningRate: "fast" } }),
      'train.optimizer.learningRate: expected a number > 0 or a schedule such as cosineDecay({ … }), got "fast"',
    ],
    [train({ epochs: "3" }), 'train.epochs: expected an integer >= 1, got "3"'],
    [train({ batchSize: 2.5 }), "train.batchSize: expected an integer >= 1, got 2.5"],
    [train({ bathSize: 2 }), 'train: unknown setting "bathSize"; did you mean "batchSize"?'],
    [train({ classWeight: "balance" }), 'train.classWeight: expected "balanced" or a list of one number per class, got "balance"'],
    [train({ callbacks: earlyStopping() }), 'train.callbacks: expected a list such as [earlyStopping()], got {"kind":"earlyStopping"}'],
    [
      train({ callbacks: [{ kind: "earlyStoping" }] }),
      'train.callbacks[0]: unknown callback "earlyStoping"; did you mean "earlyStopping"?',
    ],
    [
      train({ callbacks: [{ kind: "earlyStopping", monitor: "val_loss" }] }),
      'train.callbacks[0] earlyStopping.monitor: expected "train." or "validation." and a metric, such as "validation.loss", got "val_loss"',
    ],
  ])("names a wrong setting of training (%#)", (definition, message) => {
    expect(messageOf(definition)).toBe(message);
  });

  it.each<[RunOptions, string]>([
    [{ threads: -1 }, "options.threads: expected an integer >= 1, got -1"],
    [{ backend: "gpu" as "js" }, 'options.backend: unknown value "gpu"; known: js, wasm'],
    [{ thread: 2 } as RunOptions, 'options: unknown setting "thread"; did you mean "threads"?'],
  ])("names a wrong option (%#)", async (options, message) => {
    expect(await failure(run(right, options))).toBe(message);
  });
});

describe("before training", () => {
  it.each<[Pipeline["model"], string]>([
    [[softmax10], "model: the output must be [*, 10] to match 10 classes, got [*, 28, 10]; put flatten() before the last layers"],
    [
      [flatten(), dense(9, { activation: "softmax" })],
      "model: the output must be [*, 10] to match 10 classes, got [*, 9]; give the last layer 10 units",
    ],
    [
      [reshape([10, 10]), flatten(), softmax10],
      "model[0] reshape: expected 100 values a row for [10,10], got [*, 28, 28]; it holds 784 a row; choose a targetShape with that product",
    ],
    [
      [flatten(), residual([dense(10)]), softmax10],
      "model[1] residual: expected layers that keep [*, 784], got [*, 10]; end with a layer of the input's size",
    ],
    [
      [concatenate([[flatten()], []]), softmax10],
      "model[0] concatenate: expected branches that agree in all but the last dimension, such as [*, 784], got [*, 28, 28]; reshape() one of them",
    ],
    [[flatten(), dense(10, { name: "a" }), dense(10, { name: "a" })], 'model layer "a": two layers have this name; give each its own'],
  ])("names layers that do not fit, and both shapes (%#)", async (model, message) => {
    expect(await failure(run({ ...digits, model }))).toBe(message);
  });

  it.each<[Partial<Pipeline>, string]>([
    [{ source: arrays({ x: [], y: [] }) }, "arrays.x: there are no rows"],
    [{ source: arrays({ x, y: [0, 1] }) }, "arrays.y: 2 labels, but x has 4 rows"],
    [{ source: arrays({ x, y: [0, 1, 2, 0], classes: ["a", "b"] }) }, "y[2]: the label is 2, but there are 2 classes (0 to 1)"],
    [{ source: arrays({ x, y: ["a", "b", "c", "a"], classes: ["a", "b"] }) }, 'y[2]: "c" is not one of the classes "a", "b"'],
    [
      { source: arrays({ x, y: [0, null as never, 1, 0] }) },
      'column "y": 1 of 4 rows have missing values (NaN), the first is y of row 1; add dropIncomplete() to clean',
    ],
    [
      { source: arrays({ x: x.with(2, [1, Number.NaN]), y }) },
      'column "x": 1 of 4 rows have missing values (NaN), the first is x[1] of row 2; add fillMissing() or dropIncomplete() to clean',
    ],
    [
      { source: arrays({ x: x.with(2, [1, Number.NaN]), y, columns: ["height", "mass"] }) },
      'column "x": 1 of 4 rows have missing values (NaN), the first is x "mass" of row 2; add fillMissing() or dropIncomplete() to clean',
    ],
    [
      { source: arrays({ x: x.with(1, [Number.POSITIVE_INFINITY, 0]), y }) },
      'column "x": x[0] of row 1 is Infinity; add requireRange({ min, max }) to clean to leave such rows out',
    ],
    [
      { source: arrays({ x: x.with(1, [0]), y }) },
      "rows: 1 of 4 rows have another shape: x[1] is [1], but the first row is [2]; add requireShape() to clean to leave them out",
    ],
    [
      { clean: [requireRange({ min: 5 })] },
      "clean[0] requireRange: all 4 rows were removed, the first because: x[0] is 0, outside [5, Infinity]; loosen the stage",
    ],
    [
      { split: { test: 3, shuffle: false }, clean: [fillMissing(), requireRange({ min: 1 })] },
      "clean: no training row is left: all were removed; loosen its stages",
    ],
    [
      { split: { test: "given" } },
      'split.test: asked for "given", but this source has no given test set; set a fraction instead, as in test: 0.2',
    ],
    [{ split: { test: 4 } }, "split: no rows are left to train on: of 4, 4 for test were set aside; ask for less or give more data"],
    [
      { source: arrays({ x, y: [0, 0, 0, 1] }), split: { test: 0.5, stratify: true } },
      'split.stratify: class "1" has 1 row(s), too few for 2 parts; drop the class or set stratify: false',
    ],
    [
      { augment: [crop({ padding: 2 })] },
      "augment[0] crop: expected images, got rows of shape [2]; give the source a shape such as [28, 28], or use noise()",
    ],
  ])("names rows that will not do (%#)", async (change, message) => {
    expect(await failure(run({ ...right, ...change }))).toBe(message);
  });

  const numbers = arrays({ x, y: [0.5, 1, 2, 1] });

  it.each<[Partial<Pipeline>, string]>([
    [
      { source: numbers },
      'train.loss: "sparseCategoricalCrossentropy" needs class numbers (0, 1, 2, …), but some labels are other numbers; use "meanSquaredError", or mend the labels',
    ],
    [
      {
        source: arrays({
          x,
          y: [
            [0, 1],
            [1, 0],
            [1, 0],
            [0, 1],
          ],
        }),
      },
      'train.loss: "sparseCategoricalCrossentropy" needs one class number a row, but the target holds values of shape [2]; use "categoricalCrossentropy"',
    ],
    [
      { model: [dense(2)] },
      'train.loss: "sparseCategoricalCrossentropy" compares probabilities, but the last layer puts out any number; give it activation: "softmax"',
    ],
    [
      { model: [dense(1)], train: { loss: "binaryCrossentropy" } },
      'train.loss: "binaryCrossentropy" compares probabilities, but the last layer puts out any number; give it activation: "sigmoid"',
    ],
    [
      { source: arrays({ x, y: [3, 1, 2, 1] }), model: [dense(1)], train: { loss: "mse" } },
      'model: the output must be [*, 4] to match 4 classes, got [*, 1]; give the last layer 4 units, or say that the labels are amounts: arrays({ task: "regression" })',
    ],
    [
      { source: numbers, model: [dense(2)], train: { loss: "mse" } },
      "model: the output must be [*, 1] to match the target, got [*, 2]; change the last layer",
    ],
    [
      { evaluate: ["accuracy", "r2"] },
      'evaluate[1]: "r2" measures amounts, but the target is one of 2 classes; use loss, accuracy, balancedAccuracy, top5, precision, recall, f1, matthewsCorrcoef, cohenKappa, rocAuc, averagePrecision, logLoss, brierScore, expectedCalibrationError, classificationReport, confusionMatrix',
    ],
    [
      { source: numbers, model: [dense(1)], train: { loss: "mse" }, evaluate: ["accuracy"] },
      'evaluate[0]: "accuracy" measures classes, but the target is a number; use loss, mse, rmse, mae, mape, r2',
    ],
    [{ train: { ...right.train, classWeight: [1, 2, 3] } }, "train.classWeight: expected one number for each of the 2 classes, got 3"],
    [
      { source: numbers, model: [dense(1)], train: { loss: "mse", classWeight: "balanced" } },
      "train.classWeight: the target holds values, not classes; leave it out",
    ],
    [
      { train: { ...right.train, callbacks: [earlyStopping({ monitor: "validation.loss" })] } },
      'train.callbacks[0] earlyStopping.monitor: "validation.loss" needs validation rows; set split.validation, such as 0.1',
    ],
    [
      { train: { ...right.train, callbacks: [earlyStopping({ monitor: "train.f1" })] } },
      'train.callbacks[0] earlyStopping.monitor: "train.f1" is not measured after each epoch; use train.loss, train.accuracy',
    ],
  ])("names a loss, metric or callback that does not fit the target (%#)", async (change, message) => {
    const seen: string[] = [];
    const follow = async (): Promise<void> => {
      for await (const event of run({ ...right, ...change })) seen.push(event.type);
    };
    expect(await failure(follow())).toBe(message);
    expect(seen).not.toContain("epoch");
  });
});

it("warns of a batch larger than the data, and of a model that nothing measures", async () => {
  const events = await all(run({ ...right, augment: [], split: { validation: 1 } }));
  expect(ofType(events, "warning").map((e) => `${e.at}: ${e.message}`)).toEqual([
    "train.batchSize: 32 is more than the 3 training rows; every batch holds all of them",
    "split.test: there are no test rows, so nothing says how the model does on rows it has not seen; set split.test, such as 0.2",
  ]);
});

describe("setPath", () => {
  const full = checkPipeline({
    ...right,
    augment: [rotate({ degrees: 5 })],
    evaluate: ["accuracy"],
    train: { ...right.train, optimizer: "adam", loss: "categoricalCrossentropy", callbacks: [earlyStopping()] },
  });

  it.each<[string, unknown, object]>([
    ["train.epochs", 3, { train: { epochs: 3 } }],
    ["seed", 9, { seed: 9 }],
    ["split.test", 0.2, { split: { test: 0.2 } }],
    ["evaluate.confidence", false, { evaluate: { metrics: ["accuracy"], confidence: false } }],
    ["evaluate[0]", "f1", { evaluate: ["f1"] }],
    ["model[0].units", 4, { model: [{ kind: "dense", units: 4, activation: "softmax" }] }],
    ["model.0.units", 4, { model: [{ kind: "dense", units: 4, activation: "softmax" }] }],
    ["augment[0].degrees", 20, { augment: [{ kind: "rotate", degrees: 20 }] }],
    ["evaluate[0]", "f1", { evaluate: ["f1"] }],
    ["train.optimizer.learningRate", 0.1, { train: { optimizer: { kind: "adam", learningRate: 0.1 } } }],
    ["train.loss.labelSmoothing", 0.1, { train: { loss: { kind: "categoricalCrossentropy", labelSmoothing: 0.1 } } }],
    ["train.callbacks[0].patience", 3, { train: { callbacks: [{ kind: "earlyStopping", patience: 3 }] } }],
  ])("sets %s to %j, and nothing else", (path, value, part) => {
    const changed = setPath(full, path, value);
    expect(changed).toMatchObject(part);
    expect(Object.keys({ ...full, ...part })).toEqual(expect.arrayContaining(Object.keys(changed)));
    expect(full.train).not.toHaveProperty("epochs");
  });

  it("knows the optimizer that is used where none is named", () => {
    expect(setPath(right, "train.optimizer.learningRate", 0.1).train.optimizer).toEqual({ kind: "rmsprop", learningRate: 0.1 });
  });

  it.each<[string, unknown, string]>([
    ["train.epochs", "three", 'train.epochs: expected an integer >= 1, got "three"'],
    ["train.epoch", 3, 'train: unknown setting "epoch"; did you mean "epochs"?'],
    ["trian.epochs", 3, 'pipeline: unknown key "trian"; did you mean "train"?'],
    ["model[1].units", 4, "--set model[1].units: there is no item 1; model has 1, counted from 0"],
    ["model.units", 4, "--set model.units: model is a list; name an item, as in model[0].units"],
    ["model[0].units.x", 4, "--set model[0].units.x: model.0.units is 2, which has no settings"],
    [
      "__proto__.x",
      1,
      'pipeline: unknown key "__proto__"; known: augment, clean, evaluate, model, name, normalize, seed, source, split, train',
    ],
  ])("refuses %s = %j", (path, value, message) => {
    expect(() => setPath(full, path, value)).toThrow(expect.objectContaining({ message }));
  });
});

it("does not compile with a stage of another step", () => {
  // @ts-expect-error minMax() belongs to normalize
  const scaled: Pipeline = { ...right, clean: [minMax()] };
  // @ts-expect-error fillMissing() belongs to clean
  const filled: Pipeline = { ...right, normalize: [fillMissing()] };
  // @ts-expect-error rotate() makes no rows
  const turned: Pipeline = { ...right, source: rotate({ degrees: 10 }) };
  for (const wrong of [scaled, filled, turned]) expect(messageOf(wrong)).not.toBe("fine");
});
