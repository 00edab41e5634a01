// Sequences worked out by hand from what Keras's callbacks do at the end of each epoch.
import { describe, expect, test } from "vitest";
import { type EarlyStopping, earlyStopping, stopping } from "../../src/nn/schedules/earlyStopping.ts";
import { type Monitor, monitored } from "../../src/nn/schedules/monitor.ts";
import { plateau, type ReduceOnPlateau, reduceOnPlateau } from "../../src/nn/schedules/plateau.ts";

/** The epoch after which training ends (0: it does not), and the epoch whose weights are the best. */
function stopAt(settings: EarlyStopping, values: readonly number[]): { stopped: number; best: number; saved: number[] } {
  let state = stopping.start();
  const saved: number[] = [];
  for (const [i, value] of values.entries()) {
    state = stopping.next(settings, JSON.parse(JSON.stringify(state)), value, i + 1);
    if (state.bestEpoch === i + 1) saved.push(i + 1);
    if (state.stop) return { stopped: i + 1, best: state.bestEpoch, saved };
  }
  return { stopped: 0, best: state.bestEpoch, saved };
}

/** The learning rate after each epoch. */
function rates(settings: ReduceOnPlateau, first: number, values: readonly number[]): number[] {
  let state = plateau.start();
  return values.map((value) => {
    state = plateau.next(settings, JSON.parse(JSON.stringify(state)), value, first * state.scale);
    return first * state.scale;
  });
}

describe("earlyStopping", () => {
  test("waits `patience` epochs without improvement, starting again at each", () => {
    const values = [5, 4, 4.5, 4.2, 3, 3.1, 3.2, 3.3, 1];
    expect(stopAt(earlyStopping({ patience: 3 }), values)).toEqual({ stopped: 8, best: 5, saved: [1, 2, 5] });
    expect(stopAt(earlyStopping({ patience: 2 }), values)).toEqual({ stopped: 4, best: 2, saved: [1, 2] });
  });

  test("without patience the first epoch that is no better ends it, but never the first epoch", () => {
    expect(stopAt(earlyStopping(), [2, 1, 1, 0]).stopped).toBe(3);
    expect(stopAt(earlyStopping(), [Number.NaN, Number.NaN]).stopped).toBe(2);
  });

  test("an improvement of exactly minDelta is none", () => {
    expect(stopAt(earlyStopping({ patience: 1, minDelta: 0.5 }), [2, 1.5, 1]).stopped).toBe(2);
    expect(stopAt(earlyStopping({ patience: 1, minDelta: 0.5 }), [2, 1.25, 0.5]).stopped).toBe(0);
  });

  test("accuracy gets better upwards, and mode says otherwise where that is meant", () => {
    expect(stopAt(earlyStopping({ monitor: "validation.accuracy", patience: 1 }), [0.5, 0.6, 0.55]).stopped).toBe(3);
    expect(stopAt(earlyStopping({ monitor: "validation.accuracy", mode: "min", patience: 1 }), [0.5, 0.6]).stopped).toBe(2);
    expect(stopAt(earlyStopping({ mode: "max", patience: 1 }), [1, 2, 3, 2]).stopped).toBe(4);
  });

  test("improvements that stay worse than the baseline do not stop the waiting", () => {
    // Epochs 1 to 3 improve but stay above 1; wait counts 1, 2, 3, and the first epoch without improvement is the fourth.
    expect(stopAt(earlyStopping({ patience: 3, baseline: 1 }), [4, 3, 2, 2, 0.5])).toMatchObject({ stopped: 4, best: 3 });
    expect(stopAt(earlyStopping({ patience: 3, baseline: 1 }), [4, 3, 0.9, 1, 1])).toMatchObject({ stopped: 0, best: 3 });
  });

  test("the first epochs can be left out", () => {
    expect(stopAt(earlyStopping({ startFromEpoch: 3, patience: 1 }), [1, 9, 9, 5, 6])).toEqual({ stopped: 5, best: 4, saved: [4] });
    expect(stopAt(earlyStopping({ startFromEpoch: 9 }), [1, 2, 3])).toEqual({ stopped: 0, best: 0, saved: [] });
  });

  test("NaN is no improvement, and the first weights seen are kept for want of better", () => {
    expect(stopAt(earlyStopping({ patience: 2 }), [Number.NaN, 3, Number.NaN, Number.NaN])).toEqual({ stopped: 4, best: 2, saved: [1, 2] });
  });
});

describe("reduceOnPlateau", () => {
  test("multiplies by factor after `patience` epochs, and counts anew", () => {
    expect(rates(reduceOnPlateau({ factor: 0.5, patience: 2 }), 1, [3, 3, 3, 3, 3, 2, 2, 2])).toEqual([
      1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125,
    ]);
  });

  test("waits out the cooldown, and counts from the epoch in which it ends", () => {
    // Reduced after 2; the cooldown of 2 passes in 3 and ends in 4, which counts already: reduced after 4, and after 6.
    expect(rates(reduceOnPlateau({ factor: 0.5, patience: 1, cooldown: 2 }), 1, [3, 3, 3, 3, 3, 3])).toEqual([
      1, 0.5, 0.5, 0.25, 0.25, 0.125,
    ]);
    expect(rates(reduceOnPlateau({ factor: 0.5, patience: 2, cooldown: 1 }), 1, [3, 3, 3, 3, 3, 3])).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25]);
  });

  test("an improvement during the cooldown counts as the best", () => {
    expect(rates(reduceOnPlateau({ factor: 0.5, patience: 1, cooldown: 2 }), 1, [3, 3, 1, 2])).toEqual([1, 0.5, 0.5, 0.25]);
  });

  test("does not go below minLearningRate", () => {
    expect(rates(reduceOnPlateau({ factor: 0.5, patience: 1, minLearningRate: 0.25 }), 0.75, [1, 1, 1, 1])).toEqual([
      0.75, 0.375, 0.25, 0.25,
    ]);
  });

  test("minDelta is 0.0001 by default, and the change must be more than it", () => {
    expect(rates(reduceOnPlateau({ patience: 1 }), 1, [1, 0.99995]).at(-1)).toBe(0.1);
    expect(rates(reduceOnPlateau({ patience: 1 }), 1, [1, 0.9998]).at(-1)).toBe(1);
  });

  test("refuses a factor that does not reduce", () => {
    expect(() => reduceOnPlateau({ factor: 1 })).toThrow("reduceOnPlateau.factor: expected a number > 0 and < 1, got 1");
  });
});

describe("monitor", () => {
  const epoch = { train: { loss: 1, accuracy: 0.5 }, validation: { loss: 2, accuracy: 0.25 } };

  test("is the validation loss, or the training loss where nothing is held out", () => {
    expect(monitored({}, epoch, "train")).toBe(2);
    expect(monitored({}, { train: epoch.train }, "train")).toBe(1);
    expect(monitored({ monitor: "train.accuracy" }, epoch, "train")).toBe(0.5);
  });

  test("says what is missing", () => {
    expect(() => monitored({ monitor: "validation.loss" }, { train: epoch.train }, "earlyStopping")).toThrow(
      'earlyStopping.monitor: "validation.loss" needs validation rows; set split.validation, such as 0.1',
    );
    expect(() => monitored({ monitor: "validation.f1" }, epoch, "earlyStopping")).toThrow(
      '"validation.f1" is not measured after each epoch; use train.loss, train.accuracy, validation.loss, validation.accuracy',
    );
    expect(() => earlyStopping({ monitor: "val_loss" as Monitor })).toThrow('such as "validation.loss", got "val_loss"');
    expect(() => earlyStopping({ monitor: "validation.acuracy" as Monitor })).toThrow('did you mean "accuracy"?');
  });
});
