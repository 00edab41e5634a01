import { describe, expect, test } from "vitest";
import { cosineDecay } from "../../src/nn/schedules/cosineDecay.ts";
import { cosineDecayRestarts } from "../../src/nn/schedules/cosineDecayRestarts.ts";
import { exponentialDecay } from "../../src/nn/schedules/exponentialDecay.ts";
import { learningRate, type Schedule, scheduleRule } from "../../src/nn/schedules/index.ts";
import { inverseTimeDecay } from "../../src/nn/schedules/inverseTimeDecay.ts";
import { oneCycle } from "../../src/nn/schedules/oneCycle.ts";
import { piecewiseConstantDecay } from "../../src/nn/schedules/piecewiseConstantDecay.ts";
import { polynomialDecay } from "../../src/nn/schedules/polynomialDecay.ts";
import { stepDecay } from "../../src/nn/schedules/stepDecay.ts";
import { golden, noGolden } from "../support/golden.ts";

const at = (schedule: number | Schedule, step: number, stepsPerEpoch = 1): number => learningRate(schedule, step, { stepsPerEpoch });

describe("the rate of a step", () => {
  test("a number is the rate of every step", () => {
    expect(at(0.01, 0)).toBe(0.01);
    expect(at(0.01, 1e6)).toBe(0.01);
  });

  test("with unit epoch, lengths are whole epochs and the rate still moves within them", () => {
    const inEpochs = cosineDecay({ initialLearningRate: 0.1, decaySteps: 3, unit: "epoch" });
    const inSteps = cosineDecay({ initialLearningRate: 0.1, decaySteps: 30 });
    for (let step = 0; step < 40; step++) expect(at(inEpochs, step, 10)).toBe(at(inSteps, step));
    const stairs = stepDecay({ initialLearningRate: 1, stepSize: 2, gamma: 0.5, unit: "epoch" });
    expect([0, 19, 20, 39, 40].map((step) => at(stairs, step, 10))).toEqual([1, 1, 0.5, 0.5, 0.25]);
  });

  test("after its end a schedule stays at its last rate", () => {
    expect(at(polynomialDecay({ initialLearningRate: 0.1, decaySteps: 4, endLearningRate: 0.02 }), 999)).toBe(0.02);
    expect(at(cosineDecay({ initialLearningRate: 0.5, decaySteps: 4, alpha: 0.5 }), 999)).toBe(0.25);
    expect(at(oneCycle({ maxLearningRate: 1, totalSteps: 10, divFactor: 10, finalDivFactor: 100 }), 999)).toBeCloseTo(0.001, 15);
    expect(at(piecewiseConstantDecay({ boundaries: [3], values: [1, 2] }), 999)).toBe(2);
  });

  test("restarts fall on their exact steps, however late", () => {
    const schedule = cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 10, tMul: 2 });
    for (let i = 0, start = 0; i < 12; i++, start += 10 * 2 ** (i - 1)) expect(at(schedule, start), `step ${start}`).toBe(1);
    const equal = cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 7, tMul: 1, mMul: 0.5 });
    expect([0, 7, 14, 21].map((step) => at(equal, step))).toEqual([1, 0.5, 0.25, 0.125]);
  });

  test("one cycle that only falls, and one that only climbs, stay finite", () => {
    expect(at(oneCycle({ maxLearningRate: 1, totalSteps: 5, pctStart: 0 }), 0)).toBe(1);
    expect(at(oneCycle({ maxLearningRate: 1, totalSteps: 5, pctStart: 1 }), 4)).toBe(1);
    expect(at(oneCycle({ maxLearningRate: 1, totalSteps: 1 }), 0)).toBe(1);
  });
});

describe("settings", () => {
  test("wrong ones are refused where they are written", () => {
    expect(() => cosineDecay({ initialLearningRate: 0.1, decaySteps: 0 })).toThrow("cosineDecay.decaySteps: expected a number > 0, got 0");
    expect(() => stepDecay({ initialLearningRate: 0.1, stepsize: 3 } as never)).toThrow('did you mean "stepSize"?');
    expect(() => piecewiseConstantDecay({ boundaries: [1, 2], values: [1, 2] })).toThrow("expected 3 values for 2 boundaries, got 2");
    expect(() => piecewiseConstantDecay({ boundaries: [2, 2], values: [1, 2, 3] })).toThrow("expected rising boundaries");
  });

  test("a rate is a positive number or a schedule", () => {
    for (const good of [0.1, cosineDecay({ initialLearningRate: 0, decaySteps: 3, warmupTarget: 1, warmupSteps: 2 })])
      scheduleRule(good, "learningRate");
    expect(() => scheduleRule(0, "learningRate")).toThrow("learningRate: expected a number > 0, got 0");
    expect(() => scheduleRule(null, "learningRate")).toThrow("expected a number > 0 or a schedule");
    expect(() => scheduleRule({ kind: "cosineDecays" }, "learningRate")).toThrow('did you mean "cosineDecay"?');
    expect(() => scheduleRule({ kind: "stepDecay", initialLearningRate: 1 }, "learningRate")).toThrow("learningRate.stepSize");
    expect(() => scheduleRule({ kind: "piecewiseConstantDecay", boundaries: [1], values: [1] }, "learningRate")).toThrow(
      "learningRate.values",
    );
  });
});

type Numbers = Readonly<Record<string, number>>;

interface TorchCase {
  readonly id: string;
  readonly op: string;
  readonly params: Numbers & { readonly milestones: readonly number[] };
  readonly lr: readonly number[];
}

/** PyTorch's schedules, by ours that are the same function of the step. */
const fromTorch: Readonly<Record<string, (p: TorchCase["params"]) => Schedule>> = {
  step: (p) => stepDecay({ initialLearningRate: p.initialLr as number, stepSize: p.stepSize as number, gamma: p.gamma as number }),
  multistep: ({ initialLr, milestones, gamma }) =>
    piecewiseConstantDecay({
      boundaries: milestones.map((m) => m - 1),
      values: [1, gamma as number, (gamma as number) ** 2].map((g) => g * (initialLr as number)),
    }),
  exponential: (p) => exponentialDecay({ initialLearningRate: p.initialLr as number, decaySteps: 1, decayRate: p.gamma as number }),
  cosine: (p) =>
    cosineDecay({
      initialLearningRate: p.initialLr as number,
      decaySteps: p.tMax as number,
      alpha: (p.etaMin as number) / (p.initialLr as number),
    }),
  linear: (p) =>
    polynomialDecay({
      initialLearningRate: (p.initialLr as number) * (p.startFactor as number),
      endLearningRate: (p.initialLr as number) * (p.endFactor as number),
      decaySteps: p.steps as number,
    }),
  onecycle: (p) => oneCycle({ maxLearningRate: p.maxLr as number, totalSteps: p.totalSteps as number }),
  cosineWarmRestarts: (p) =>
    cosineDecayRestarts({ initialLearningRate: p.initialLr as number, firstDecaySteps: p.t0 as number, tMul: p.tMult as number }),
};

describe.skipIf(noGolden)("PyTorch", () => {
  test.each(golden<TorchCase>("schedules") ?? [])("$id", ({ op, params, lr }) => {
    const schedule = (fromTorch[op] as (p: TorchCase["params"]) => Schedule)(params);
    for (const [step, rate] of lr.entries()) expect(at(schedule, step), `step ${step}`).toBeCloseTo(rate, 12);
  });
});

interface KerasCase {
  readonly id: string;
  readonly schedule: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly lr: readonly number[];
}

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

describe.skipIf(noGolden)("Keras", () => {
  test.each(golden<KerasCase>("keras/schedules") ?? [])("$id", ({ schedule, config, lr }) => {
    const settings = Object.fromEntries(Object.entries(config).map(([name, value]) => [camel(name), value]));
    const ours = { kind: schedule[0]?.toLowerCase() + schedule.slice(1), ...settings };
    scheduleRule(ours, "learningRate");
    for (const [step, rate] of lr.entries())
      expect(Math.abs(at(ours as unknown as Schedule, step) - rate), `step ${step}`).toBeLessThan(3e-8);
  });

  test("inverse time decay in stairs", () => {
    const stairs = inverseTimeDecay({ initialLearningRate: 1, decaySteps: 10, decayRate: 1, staircase: true });
    expect([0, 9, 10, 20].map((step) => at(stairs, step))).toEqual([1, 1, 1 / 2, 1 / 3]);
  });
});
