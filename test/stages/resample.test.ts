import { describe, expect, test } from "vitest";
import { purpose, random } from "../../src/random.ts";
import { oversample, oversampleStage } from "../../src/stages/resample/oversample.ts";
import { type Smote, smote, smoteStage } from "../../src/stages/resample/smote.ts";
import { undersample, undersampleStage } from "../../src/stages/resample/undersample.ts";
import { finish } from "../../src/stages/work.ts";
import { samples } from "./tables.ts";

const source = (seed: number) => random(seed, purpose.resample);
/** Classes of 10, 4, 0 and 3 rows. */
const strata = [[0, 2, 4, 6, 8, 10, 12, 14, 15, 16], [1, 3, 5, 7], [], [9, 11, 13]].map((rows) => Uint32Array.from(rows));
const counts = (pieces: readonly Uint32Array[]): number[] =>
  strata.map((rows) => pieces.reduce((n, piece) => n + piece.filter((row) => rows.includes(row)).length, 0));

describe("oversample", () => {
  test("gives every class the rows of the largest, each row equally often within one", () => {
    const pieces = oversampleStage.order?.(oversample(), strata, source(1)) ?? [];
    expect(counts(pieces)).toEqual([10, 10, 0, 10]);
    for (const stratum of strata) {
      const times = [...stratum].map((row) => pieces.reduce((n, piece) => n + piece.filter((r) => r === row).length, 0));
      expect(Math.max(0, ...times) - Math.min(...times, 99) || 0).toBeLessThanOrEqual(1);
    }
  });

  test("or a ratio of them, rounded down as imbalanced-learn does", () => {
    expect(counts(oversampleStage.order?.(oversample({ ratio: 0.55 }), strata, source(1)) ?? [])).toEqual([10, 5, 0, 5]);
    expect(() => oversample({ ratio: 1.5 })).toThrow("oversample.ratio: expected a number > 0 and <= 1, got 1.5");
  });
});

describe("undersample", () => {
  test("leaves every class the rows of the smallest, each once", () => {
    const pieces = undersampleStage.order?.(undersample(), strata, source(1)) ?? [];
    expect(counts(pieces)).toEqual([3, 3, 0, 3]);
    const all = pieces.flatMap((piece) => [...piece]);
    expect(new Set(all).size).toBe(all.length);
    expect(counts(undersampleStage.order?.(undersample({ ratio: 0.5 }), strata, source(1)) ?? [])).toEqual([6, 4, 0, 3]);
  });
});

describe("smote", () => {
  const points = Array.from({ length: 17 }, (_, i) => [i, (i * i) % 7]);
  const made = (settings: Omit<Smote, "kind">, seed = 1) =>
    finish(
      smoteStage.blend?.(smote(settings), strata, samples(points), source(seed), (label) => `"${label}"`) as ReturnType<
        NonNullable<typeof smoteStage.blend>
      >,
    );

  test("fills up the rare classes with places between neighbours of one class", () => {
    const { from, towards, share } = made({ neighbors: 2 });
    expect(counts([from])).toEqual([0, 6, 0, 7]);
    from.forEach((row, i) => {
      const stratum = [...(strata.find((rows) => rows.includes(row)) as Uint32Array)].filter((other) => other !== row);
      const distance = (other: number): number =>
        Math.hypot(...[0, 1].map((j) => (points[row]?.[j] as number) - (points[other]?.[j] as number)));
      const nearest = stratum.toSorted((a, b) => distance(a) - distance(b)).slice(0, 2);
      expect(nearest.map(distance)).toContain(distance(towards[i] as number));
      expect(towards[i]).not.toBe(row);
      expect(share[i]).toBeGreaterThanOrEqual(0);
      expect(share[i]).toBeLessThan(1);
    });
    expect(made({ neighbors: 2 })).toEqual(made({ neighbors: 2 }));
    expect(made({ neighbors: 2 }, 2)).not.toEqual(made({ neighbors: 2 }));
  });

  test("needs more rows than neighbours", () => {
    expect(() => made({ neighbors: 3 })).toThrow('smote: class "3" has 3 training row(s), which is too few for 3 neighbors of each');
    expect(made({ neighbors: 3, ratio: 0.3 }).from).toHaveLength(0);
  });
});
