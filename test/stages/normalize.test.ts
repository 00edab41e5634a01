import { describe, expect, test } from "vitest";
import type { Descriptor } from "../../src/check.ts";
import { minMax, minMaxStage } from "../../src/stages/normalize/minMax.ts";
import { robust, robustStage } from "../../src/stages/normalize/robust.ts";
import { standardize, standardizeStage } from "../../src/stages/normalize/standardize.ts";
import type { Affine, NumbersStage, Samples } from "../../src/stages/stage.ts";
import { finish } from "../../src/stages/work.ts";
import { golden, noGolden } from "../support/golden.ts";
import { samples } from "./tables.ts";

interface ScalerCase {
  readonly id: string;
  readonly op: string;
  readonly params: { readonly range?: [number, number] };
  readonly X: number[][];
  readonly X2: number[][];
  readonly fitted: Readonly<Record<string, number[]>>;
  readonly transformed: number[][];
  readonly transformed2: number[][];
}

const learned = <D extends Descriptor, F>(kind: NumbersStage<D, F>, stage: D, train: Samples): F => finish(kind.fit(stage, train));
const map = ({ scale, shift }: Affine, rows: readonly (readonly number[])[]): number[][] =>
  rows.map((row) => row.map((x, i) => x * (scale[i % scale.length] as number) + (shift[i % shift.length] as number)));

function expectClose(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  expect(actual.length).toBe(expected.length);
  actual.flat().forEach((value, i) => {
    const wanted = expected.flat()[i] as number;
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(wanted)));
  });
}

describe.skipIf(noGolden)("against scikit-learn (needs ../shared/golden)", () => {
  const cases = (golden<ScalerCase>("scalers") ?? []).filter(({ op }) => op === "standard" || op === "robust" || op.startsWith("minmax"));

  test.each(cases)("$id", ({ op, params, X, X2, fitted, transformed, transformed2 }) => {
    const train = samples(X);
    let affine: Affine;
    if (op === "standard") {
      const found = learned(standardizeStage, standardize(), train);
      expectClose([found.mean], [fitted.mean_ as number[]]);
      expectClose([found.variance], [fitted.var_ as number[]]);
      affine = standardizeStage.affine(standardize(), found);
    } else if (op === "robust") {
      const found = learned(robustStage, robust(), train);
      expectClose([found.center], [fitted.center_ as number[]]);
      expectClose([found.scale], [fitted.scale_ as number[]]);
      affine = robustStage.affine(robust(), found);
    } else {
      const stage = minMax(params.range ? { to: params.range } : {});
      const found = learned(minMaxStage, stage, train);
      expect(found).toEqual({ min: fitted.data_min_, max: fitted.data_max_ });
      affine = minMaxStage.affine(stage, found);
      expectClose([affine.scale], [fitted.scale_ as number[]]);
    }
    expectClose(map(affine, X), transformed);
    expectClose(map(affine, X2), transformed2);
  });
});

describe("minMax", () => {
  const pictures = samples(
    [
      [0, 51, 102, 255],
      [10, 20, 30, 40],
    ],
    [2, 2],
  );

  test("takes one pair of bounds for pictures and one a feature for vectors, unless told", () => {
    expect(learned(minMaxStage, minMax(), pictures)).toEqual({ min: [0], max: [255] });
    expect(learned(minMaxStage, minMax({ per: "feature" }), pictures)).toEqual({ min: [0, 20, 30, 40], max: [10, 51, 102, 255] });
    expect(
      learned(
        minMaxStage,
        minMax({ per: "all" }),
        samples([
          [1, 2],
          [3, 9],
        ]),
      ),
    ).toEqual({ min: [1], max: [9] });
  });

  test("sends the bounds to `to`, and a constant to its lower end", () => {
    const affine = minMaxStage.affine(minMax({ to: [-1, 1] }), { min: [0], max: [255] });
    expectClose(map(affine, [[0, 127.5, 255]]), [[-1, 0, 1]]);
    expectClose(map(minMaxStage.affine(minMax({ to: [2, 3] }), { min: [7], max: [7] }), [[7]]), [[2]]);
  });

  test("refuses settings that make no sense", () => {
    expect(() => minMax({ to: [1, 0] })).toThrow("minMax.to: expected [low, high] with low < high, got [1,0]");
    expect(() => minMax({ per: "row" as never })).toThrow('minMax.per: unknown value "row"');
  });
});

describe("standardize", () => {
  test("keeps its precision far from zero", () => {
    const { mean, variance } = learned(standardizeStage, standardize(), samples([[1e9 + 1], [1e9 + 2], [1e9 + 3]]));
    expect(mean).toEqual([1e9 + 2]);
    expect(variance[0]).toBeCloseTo(2 / 3, 12);
  });

  test("equal values have no variance, whatever their mean rounds to", () => {
    expect(learned(standardizeStage, standardize(), samples([[0.1], [0.1], [0.1]])).variance).toEqual([0]);
  });

  test("takes one mean for pictures and one a feature for vectors, unless told", () => {
    const pictures = samples(
      [
        [1, 3],
        [5, 7],
      ],
      [1, 2],
    );
    expect(learned(standardizeStage, standardize(), pictures)).toEqual({ mean: [4], variance: [5] });
    expect(learned(standardizeStage, standardize({ per: "feature" }), pictures)).toEqual({ mean: [3, 5], variance: [4, 4] });
  });
});

test.each([
  [
    "minMax",
    () =>
      learned(
        minMaxStage,
        minMax(),
        samples([
          [1, 2],
          [3, Number.NaN],
        ]),
      ),
  ],
  [
    "standardize",
    () =>
      learned(
        standardizeStage,
        standardize(),
        samples([
          [1, 2],
          [3, Number.NaN],
        ]),
      ),
  ],
])("%s names the column, the feature and the row of a NaN", (kind, fit) => {
  expect(fit).toThrow(`${kind}: column "x": feature 1 of training row 1 is NaN; add fillMissing() or dropIncomplete() to clean`);
});
