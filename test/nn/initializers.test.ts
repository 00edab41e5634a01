import { describe, expect, test } from "vitest";
import { constant } from "../../src/nn/initializers/constant.ts";
import { fans } from "../../src/nn/initializers/fans.ts";
import { type Initializer, type InitializerName, initialize, initializerRule, initializers } from "../../src/nn/initializers/index.ts";
import { orthogonal } from "../../src/nn/initializers/orthogonal.ts";
import { randomNormal } from "../../src/nn/initializers/randomNormal.ts";
import { randomUniform } from "../../src/nn/initializers/randomUniform.ts";
import { truncatedNormal } from "../../src/nn/initializers/truncatedNormal.ts";
import { varianceScaling } from "../../src/nn/initializers/varianceScaling.ts";

function statistics(values: Float32Array): { mean: number; deviation: number; min: number; max: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return {
    mean,
    deviation: Math.sqrt(variance),
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
  };
}

/** 40,000 draws: the mean is within 5 of its own deviations, the deviation within 2.5 %. */
function expectSpread(initializer: Initializer, shape: readonly number[], deviation: number, limit: number, mean = 0): void {
  const got = statistics(initialize(initializer, shape, 7, 3));
  expect(Math.abs(got.mean - mean)).toBeLessThan((5 * deviation) / Math.sqrt(40_000));
  expect(Math.abs(got.deviation / deviation - 1)).toBeLessThan(0.025);
  expect(Math.max(got.max - mean, mean - got.min)).toBeLessThanOrEqual(limit * (1 + 1e-6));
  // 40,000 draws come near the limit, so it is not a looser one.
  if (limit < 4 * deviation) expect(got.max - mean).toBeGreaterThan(0.98 * limit);
}

describe("spread", () => {
  const shape = [100, 400];
  const scaled: readonly [InitializerName, number][] = [
    ["glorotUniform", Math.sqrt(2 / 500)],
    ["heUniform", Math.sqrt(2 / 100)],
    ["lecunUniform", Math.sqrt(1 / 100)],
  ];
  test.each(scaled)("%s is even up to its limit", (name, deviation) => expectSpread(name, shape, deviation, Math.sqrt(3) * deviation));

  const normal: readonly [InitializerName, number][] = [
    ["glorotNormal", Math.sqrt(2 / 500)],
    ["heNormal", Math.sqrt(2 / 100)],
    ["lecunNormal", Math.sqrt(1 / 100)],
  ];
  test.each(normal)("%s has its deviation after it is cut off at two", (name, deviation) => {
    expectSpread(name, shape, deviation, (2 * deviation) / 0.8796256610342398);
  });

  test("plain ones follow their settings", () => {
    expectSpread(randomUniform({ min: -1, max: 3 }), shape, 4 / Math.sqrt(12), 2, 1);
    expectSpread("randomUniform", shape, 0.1 / Math.sqrt(12), 0.05);
    expectSpread(randomNormal({ mean: 2, stddev: 0.5 }), shape, 0.5, 6 * 0.5, 2);
    expectSpread("truncatedNormal", shape, 0.05 * 0.8796256610342398, 0.1);
    expectSpread(truncatedNormal({ stddev: 1, mean: 5 }), shape, 0.8796256610342398, 2, 5);
  });

  test("varianceScaling counts inputs, outputs or both", () => {
    expectSpread(varianceScaling({ mode: "fanOut", scale: 3, distribution: "normal" }), shape, Math.sqrt(3 / 400), 6 * Math.sqrt(3 / 400));
    expect(initialize(varianceScaling({ mode: "fanAvg", distribution: "uniform" }), shape, 1, 2)).toEqual(
      initialize("glorotUniform", shape, 1, 2),
    );
    expect(initialize("varianceScaling", shape, 1, 2)).toEqual(initialize("lecunNormal", shape, 1, 2));
  });

  test("constants", () => {
    expect([...initialize("zeros", [3], 1, 1)]).toEqual([0, 0, 0]);
    expect([...initialize("ones", [2, 2], 1, 1)]).toEqual([1, 1, 1, 1]);
    expect([...initialize(constant(0.5), [2], 1, 1)]).toEqual([0.5, 0.5]);
  });
});

describe("fans", () => {
  test.each([
    { shape: [], fanIn: 1, fanOut: 1 },
    { shape: [7], fanIn: 7, fanOut: 7 },
    { shape: [784, 128], fanIn: 784, fanOut: 128 },
    { shape: [3, 5, 16, 32], fanIn: 240, fanOut: 480 },
    { shape: [4, 8, 2], fanIn: 32, fanOut: 8 },
  ])("of $shape are $fanIn and $fanOut", ({ shape, fanIn, fanOut }) => expect(fans(shape)).toEqual({ fanIn, fanOut }));
});

describe("orthogonal", () => {
  test.each([
    { shape: [5, 5], gain: 1 },
    { shape: [3, 8], gain: 2 },
    { shape: [64, 16], gain: 1 },
    { shape: [3, 3, 2, 4], gain: 0.5 },
    { shape: [1, 1], gain: 1 },
  ])("$shape times $gain: the shorter side is orthonormal", ({ shape, gain }) => {
    const columns = shape.at(-1) as number;
    const w = initialize(orthogonal({ gain }), shape, 11, 0);
    const rows = w.length / columns;
    const wide = rows < columns;
    const value = (v: number, i: number): number => w[wide ? v * columns + i : i * columns + v] as number;
    for (let a = 0; a < Math.min(rows, columns); a++) {
      for (let b = 0; b <= a; b++) {
        let dot = 0;
        for (let i = 0; i < Math.max(rows, columns); i++) dot += value(a, i) * value(b, i);
        expect(Math.abs(dot - (a === b ? gain * gain : 0))).toBeLessThan(1e-6);
      }
    }
  });

  test("favours no direction: each entry is as often positive as negative", () => {
    let sum = 0;
    for (let stream = 0; stream < 400; stream++) sum += Math.sign(initialize("orthogonal", [3, 3], 5, stream)[0] as number);
    expect(Math.abs(sum)).toBeLessThan(100);
  });
});

describe("the numbers", () => {
  const random = [...initializers.keys()].filter((name) => !["zeros", "ones", "constant"].includes(name)) as InitializerName[];

  test.each(random)("of %s depend on the seed and the weight, and on nothing else", (name) => {
    const first = initialize(name, [6, 4], 1, 0);
    expect(initialize(name, [6, 4], 1, 0)).toEqual(first);
    expect(initialize(name, [6, 4], 2, 0)).not.toEqual(first);
    expect(initialize(name, [6, 4], 1, 1)).not.toEqual(first);
    expect(first.every(Number.isFinite)).toBe(true);
  });

  test("are the same on every machine", () => {
    expect([...initialize("glorotUniform", [2, 2], 7, 0)]).toEqual([
      -0.7772406935691833, -0.8743441700935364, 1.1339176893234253, 0.0045747943222522736,
    ]);
    expect([...initialize("heNormal", [2, 2], 7, 0)]).toEqual([
      -0.968498170375824, -1.1338602304458618, 1.785481333732605, 0.005080018658190966,
    ]);
    expect([...initialize("orthogonal", [2, 2], 7, 0)]).toEqual([
      -0.6470023393630981, 0.7624880075454712, -0.7624880075454712, -0.6470023393630981,
    ]);
  });
});

describe("settings", () => {
  test("are checked, by name or by descriptor", () => {
    for (const good of ["heNormal", "zeros", constant(0.1), orthogonal({ gain: 2 }), { kind: "glorotUniform" }])
      initializerRule(good, "kernelInitializer");
    expect(() => initializerRule("glorotUnifrom", "kernelInitializer")).toThrow(
      'kernelInitializer: unknown initializer "glorotUnifrom"; did you mean "glorotUniform"?',
    );
    expect(() => initializerRule("constant", "kernelInitializer")).toThrow("kernelInitializer.value: expected a number");
    expect(() => initializerRule({ kind: "orthogonal", gains: 2 }, "kernelInitializer")).toThrow('did you mean "gain"?');
    expect(() => initializerRule(3, "kernelInitializer")).toThrow('expected an initializer such as "glorotUniform", got 3');
    expect(() => randomNormal({ stddev: -1 })).toThrow("randomNormal.stddev: expected a number >= 0, got -1");
    expect(() => initialize(randomUniform({ min: 1, max: 0 }), [1], 1, 1)).toThrow("expected min <= max, got min 1 and max 0");
  });
});
