import { describe, expect, it } from "vitest";
import { ansiColours, coloursFor, noColours } from "../../src/node/cli/colours.ts";
import { cutTo, duration, megabytes, perStep, widthOf } from "../../src/node/cli/format.ts";
import { render, type State, startState } from "../../src/node/cli/render.ts";
import { plainView, type View } from "../../src/node/cli/view.ts";
import type { BatchEvent, EpochEvent, MetricsEvent, RunEvent, StageEvent } from "../../src/pipeline/events.ts";
import { grouped } from "../../src/report/format.ts";

const terminal: View = { width: 120, colours: noColours, live: true, batchSize: 32 };

const stage: StageEvent = {
  type: "stage",
  stage: "clean",
  kind: "dropDuplicates",
  rowsIn: 60_000,
  rowsOut: 59_998,
  changed: 0,
  removed: [
    { id: 17, reason: "the same as row 3" },
    { id: 40, reason: "the same as row 5" },
  ],
  note: "",
  seconds: 0.25,
};

const batch: BatchEvent = {
  type: "batch",
  epoch: 3,
  epochs: 5,
  step: 1125,
  steps: 1875,
  samplesPerSecond: 51_234,
  secondsLeft: 12.4,
  metrics: { loss: 0.0931, accuracy: 0.9712 },
};

const epoch: EpochEvent = {
  type: "epoch",
  epoch: 3,
  epochs: 5,
  seconds: 2,
  samplesPerSecond: 30_000,
  learningRate: 0.001,
  train: { loss: 0.09, accuracy: 0.97 },
  validation: { loss: 0.1, accuracy: 0.96 },
};

const metrics = (set: MetricsEvent["set"]): MetricsEvent => ({
  type: "metrics",
  set,
  evaluation: { rows: 1000, scalars: { loss: 0.1, accuracy: 0.96 } },
});

/** All lines of a run of events, and the last live line. */
function play(events: readonly RunEvent[], view: View, state: State = startState): { lines: string[]; live: string; state: State } {
  const lines: string[] = [];
  let live = "";
  for (const event of events) {
    const frame = render(event, state, view);
    lines.push(...frame.lines);
    ({ live, state } = frame);
  }
  return { lines, live, state };
}

describe("numbers", () => {
  it("are written as a person reads them", () => {
    expect([0.0001, 0.0042, 0.9999, 3.21, 12.4, 75, 3700].map(duration)).toEqual(["<1ms", "4ms", "1.0s", "3.2s", "12s", "1m15s", "1h01m"]);
    expect([0.042, 0.0042, 0.000312, 0.000085].map(perStep)).toEqual(["42ms", "4.2ms", "0.31ms", "85us"]);
    expect([999, 60_000, 1_234_567.8].map(grouped)).toEqual(["999", "60,000", "1,234,568"]);
    expect([4200, 9_912_422].map(megabytes)).toEqual(["4 kB", "9.9 MB"]);
  });
});

describe("colours", () => {
  it("are for terminals that take them, and are off where NO_COLOR is set", () => {
    expect(coloursFor({ isTTY: true }, {})).toBe(ansiColours);
    expect(coloursFor({ isTTY: true }, { NO_COLOR: "1" })).toBe(noColours);
    expect(coloursFor({ isTTY: true }, { TERM: "dumb" })).toBe(noColours);
    expect(coloursFor({}, {})).toBe(noColours);
  });

  it("take no room, and are closed where a text is cut", () => {
    const text = `${ansiColours.red("abcdef")}ghi`;
    expect(widthOf(text)).toBe(9);
    expect(cutTo(text, 9)).toBe(text);
    expect(cutTo(text, 4)).toBe(ansiColours.red("abc…"));
    expect(cutTo("abc", 1)).toBe("");
  });
});

describe("a stage", () => {
  it("tells its rows, and the first row that it removed and why", () => {
    expect(play([stage], terminal).lines).toEqual([
      "✔ clean dropDuplicates  60,000 → 59,998 rows  250ms",
      "  removed row 17: the same as row 3 (and 1 more)",
    ]);
  });

  it("tells values that it changed", () => {
    const filled = { ...stage, kind: "fillMissing", rowsOut: 60_000, changed: 1200, removed: [] };
    expect(play([filled], terminal).lines).toEqual(["✔ clean fillMissing  60,000 rows, 1,200 values changed  250ms"]);
  });

  it("shows examples of them, and where the removed rows are", () => {
    const examples = [
      { id: 17, column: "city", before: '"NYC"', after: '"New York"' },
      { id: 4, column: "age", before: "-999", after: "missing" },
    ];
    const mapped = { ...stage, kind: "mapValues", rowsOut: 60_000, changed: 2, removed: [], examples };
    const file: RunEvent = { type: "artifact", name: "quarantine.jsonl", bytes: 900, rows: 1200 };
    const model: RunEvent = { type: "artifact", name: "model.safetensors", bytes: 900 };
    expect(play([mapped, file, { ...file, rows: 1 }, model], terminal).lines).toEqual([
      "✔ clean mapValues  60,000 rows, 2 values changed  250ms",
      '  changed row 17: city "NYC" → "New York"',
      "  changed row 4: age -999 → missing",
      "  1,200 removed rows are kept in quarantine.jsonl",
      "  1 removed row is kept in quarantine.jsonl",
    ]);
  });
});

describe("folds", () => {
  const fold = { fold: 2, folds: 5, repeat: 1, repeats: 1 };
  const result: RunEvent = {
    type: "fold",
    fold,
    rows: { train: 455, validation: 0, test: 114 },
    seconds: 0.4,
    epochs: 50,
    reason: "epochs",
    train: { loss: 0.05 },
    test: { loss: 0.1222, accuracy: 0.9649 },
  };
  const summary: RunEvent = {
    type: "crossValidation",
    folds: 2,
    repeats: 1,
    mean: { accuracy: 0.95 },
    deviation: { accuracy: 0.05 },
    values: { accuracy: [0.9, 1] },
    baseline: { accuracy: 0.6274 },
  };

  it("are a live line while they run, and one line each at the end", () => {
    const { lines, live } = play(
      [
        { ...stage, fold },
        { ...epoch, fold },
        { ...batch, fold },
        { ...metrics("test"), fold },
      ],
      terminal,
    );
    expect(lines).toEqual([]);
    expect(live).toBe("");
    expect(play([{ ...epoch, fold }], terminal).live).toBe(
      "Fold 2/5  Epoch 3/5  accuracy: 0.9700  loss: 0.0900  val_accuracy: 0.9600  val_loss: 0.1000",
    );
    const repeated = { ...fold, repeat: 3, repeats: 4 };
    expect(play([{ ...batch, fold: repeated }], terminal).live).toMatch(/^Fold 2\/5, repeat 3\/4 {2}Epoch 3\/5 {2}1125\/1875 ━/);
    expect(play([result], terminal).lines).toEqual(["✔ Fold 2/5  455 train, 114 test  50 epochs 400ms  accuracy: 0.9649  loss: 0.1222"]);
  });

  it("end with the columns that matter, as a run does", () => {
    const columns = [
      { column: "age", mean: 0.25, deviation: 0.0125 },
      { column: "sex", mean: 0.005, deviation: 0.001 },
      { column: "noise", mean: -0.01, deviation: 0.02 },
    ];
    const importance = { metric: "accuracy", score: 0.9, rows: 100, repeats: 5, columns };
    const lines = [
      "",
      "what accuracy loses when a column is shuffled (5 times in each fold)",
      "age     0.250 ± 0.013  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇",
      "sex     0.005 ± 0.001  ▇",
      "noise  -0.010 ± 0.020",
    ];
    expect(play([{ ...summary, importance: { ...importance, folds: 2 } }], terminal).lines.slice(-5)).toEqual(lines);
    const many = { ...importance, columns: Array.from({ length: 23 }, (_, i) => ({ column: `c${i}`, mean: 0, deviation: 0 })) };
    const shown = play([{ type: "metrics", set: "test", evaluation: { rows: 100, scalars: {}, importance: many } }], terminal).lines;
    expect([shown.at(-22), shown.at(-21), shown.at(-1)]).toEqual([
      "what accuracy loses when a column is shuffled (5 times)",
      "c0   0.0000 ± 0.0000",
      "and 3 more",
    ]);
  });

  it("warn once of the same", () => {
    const warning: RunEvent = { type: "warning", at: "train.batchSize", message: "too large", fold };
    expect(play([warning, { ...warning, fold: { ...fold, fold: 3 } }], terminal).lines).toEqual(["⚠ Fold 2/5, train.batchSize: too large"]);
  });

  it("end with mean and deviation, and the final model has a heading", () => {
    const { lines } = play([summary, { ...stage, removed: [] }, stage], terminal);
    expect(lines.slice(0, 6)).toEqual([
      "",
      "Cross-validation",
      "          mean ± deviation  trivial model  fold 1  fold 2",
      "accuracy  0.9500 ± 0.0500          0.6274  0.9000  1.0000",
      "",
      "Final model",
    ]);
    expect(lines.filter((line) => line === "Final model")).toHaveLength(1);
  });

  it("end with one confusion matrix of all", () => {
    const matrix = [
      [5, 0],
      [1, 1234],
    ];
    const { lines } = play([{ ...summary, confusionMatrix: matrix, classes: ["no", "yes"] }], terminal);
    expect(lines.slice(4)).toEqual([
      "",
      "confusion matrix of all folds (down: true, across: predicted)",
      "     no    yes",
      " no   5      0",
      "yes   1  1,234",
    ]);
  });

  it("are too many to list beyond ten", () => {
    const values = { accuracy: Array.from({ length: 12 }, (_, i) => i / 12) };
    const { lines } = play([{ ...summary, folds: 6, repeats: 2, values }], terminal);
    expect(lines[2]).toMatch(/trivial model {2}lowest {2}highest$/);
    expect(lines[3]).toMatch(/0\.0000 {3}0\.9167$/);
  });
});

describe("an epoch on a terminal", () => {
  it("has a heading once, then a live line", () => {
    const { lines, live } = play([batch, batch], terminal);
    expect(lines).toEqual(["Epoch 3/5"]);
    expect(live).toBe("1125/1875 ━━━━━━━━━━━━──────── 12s 0.62ms/step 51,234 samples/s  accuracy: 0.9712  loss: 0.0931");
  });

  it("ends with its metrics, those of validation last, and no live line", () => {
    const { lines, live } = play([batch, epoch], { ...terminal, width: 200 });
    expect(lines[1]).toBe(
      `1875/1875 ${"━".repeat(20)} 2.0s 1.1ms/step 30,000 samples/s  accuracy: 0.9700  loss: 0.0900  val_accuracy: 0.9600  val_loss: 0.1000`,
    );
    expect(live).toBe("");
  });

  it.each([200, 120, 100, 90, 80, 74])("keeps every metric in %i columns", (width) => {
    const line = play([batch, epoch], { ...terminal, width }).lines[1] as string;
    expect(widthOf(line)).toBeLessThan(width);
    expect(line).toContain("val_loss: 0.1000");
  });

  it("never lets the live line reach the last column, where it would wrap", () => {
    for (let width = 1; width < 130; width++) {
      for (const colours of [noColours, ansiColours]) {
        expect(widthOf(play([batch], { ...terminal, width, colours }).live)).toBeLessThan(width);
      }
    }
  });

  it("that is one of many quick ones passes in the live line, unless it is a tenth of them, the first or the last", () => {
    const quick = Array.from({ length: 200 }, (_, i): EpochEvent => ({ ...epoch, epoch: i + 1, epochs: 200, seconds: 0.0001 }));
    const { lines } = play(quick, terminal);
    expect(lines.filter((line) => line.startsWith("Epoch"))).toEqual(
      [1, ...Array.from({ length: 10 }, (_, i) => 20 * (i + 1))].map((n) => `Epoch ${n}/200`),
    );
    expect(play(quick.slice(0, 5), terminal).live).toMatch(/^Epoch 5\/200 {2}/);
  });
});

describe("an epoch without a terminal", () => {
  it("is one plain line", () => {
    const { lines, live } = play([batch, batch, epoch], plainView);
    expect(lines).toEqual([
      "Epoch 3/5  2.0s 1.1ms/step 30,000 samples/s  accuracy: 0.9700  loss: 0.0900  val_accuracy: 0.9600  val_loss: 0.1000",
    ]);
    expect(live).toBe("");
  });
});

describe("the end of a run", () => {
  const done: RunEvent = { type: "done", seconds: 1, epochs: 1, reason: "epochs", train: {} };

  it("has the validation rows in a line and the test rows' report", () => {
    const text = play([metrics("validation"), metrics("test"), done], terminal).lines.join("\n");
    expect(text).toContain("Validation  1,000 rows  accuracy: 0.9600  loss: 0.1000");
    expect(text).toMatch(/Test\nrows +1,000\n/);
  });

  it("has the validation rows' report where there are no test rows", () => {
    expect(play([metrics("validation"), done], terminal).lines.join("\n")).toMatch(/Validation\nrows +1,000\n/);
  });
});

describe("progress and warnings", () => {
  it("shows how much of a download is there", () => {
    const event = { type: "progress", stage: "source", what: "downloading mnist/train.gz", done: 4_956_211, total: 9_912_422 } as const;
    expect(play([event], terminal).live).toBe(`  source downloading mnist/train.gz ${"━".repeat(10)}${"─".repeat(10)} 5.0 MB/9.9 MB`);
    expect(play([{ ...event, total: 0 }], terminal).live).toBe("  source downloading mnist/train.gz 5.0 MB");
    expect(play([event], plainView).live).toBe("");
  });

  it("gives warnings whole, in yellow", () => {
    const warning = { type: "warning", at: "split.test", message: "x".repeat(300) } as const;
    const view = { ...terminal, width: 40, colours: ansiColours };
    expect(play([warning], view).lines).toEqual([`${ansiColours.yellow("⚠")} ${ansiColours.yellow(`split.test: ${"x".repeat(300)}`)}`]);
  });
});
