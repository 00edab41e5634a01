// What a profile computes, beside pandas 1.5.3 (moments), SciPy 1.10.1 (Pearson, Spearman, χ² of the crosstab, one-way F) on the same columns.
import { describe, expect, it } from "vitest";
import { alike } from "../../src/profile/alike.ts";
import { foldsOf, predictsAlone } from "../../src/profile/alone.ts";
import { correlationRatio, cramersV, pearson, spearman } from "../../src/profile/association.ts";
import { binsOf } from "../../src/profile/bins.ts";
import { distinctOf, histogramOf, momentsOf } from "../../src/profile/moments.ts";
import { type Values, valuesOf } from "../../src/profile/values.ts";
import { random } from "../../src/random.ts";

const x = Float64Array.of(
  8.3,
  15.7,
  36.1,
  Number.NaN,
  25.4,
  16.1,
  28.4,
  20.6,
  11.8,
  11.0,
  20.9,
  27.5,
  12.2,
  6.9,
  9.9,
  16.2,
  6.5,
  Number.NaN,
  28.7,
  45.8,
  6.9,
  15.1,
  26.2,
  22.8,
  32.4,
  33.1,
  12.7,
  52.2,
  71.9,
  32.1,
  10.0,
  49.9,
  28.2,
  34.8,
  14.8,
  27.0,
  33.1,
  7.5,
  32.5,
  9.0,
  31.7,
  7.0,
  14.5,
  16.6,
  25.0,
  10.8,
  2.4,
  12.5,
);
const y = Float64Array.of(
  0.5,
  11.6,
  10.1,
  10.1,
  18.1,
  9.6,
  17.4,
  17.6,
  15.8,
  -5.9,
  16.8,
  20.1,
  4.6,
  17.2,
  11.1,
  11.8,
  -1.2,
  Number.NaN,
  17.2,
  30.1,
  -1.2,
  14.0,
  27.1,
  7.2,
  14.5,
  18.4,
  -1.3,
  20.1,
  28.7,
  23.6,
  Number.NaN,
  25.7,
  21.0,
  21.1,
  11.1,
  19.0,
  15.4,
  13.2,
  16.7,
  3.6,
  22.3,
  5.5,
  9.2,
  11.4,
  19.2,
  13.6,
  1.0,
  -3.8,
);
const w = Float64Array.of(
  0.0,
  3.0,
  0.0,
  7.0,
  3.0,
  2.0,
  6.0,
  7.0,
  0.0,
  4.0,
  3.0,
  6.0,
  8.0,
  4.0,
  6.0,
  2.0,
  5.0,
  4.0,
  6.0,
  0.0,
  2.0,
  0.0,
  8.0,
  4.0,
  4.0,
  4.0,
  0.0,
  7.0,
  7.0,
  0.0,
  5.0,
  5.0,
  3.0,
  4.0,
  7.0,
  5.0,
  4.0,
  6.0,
  6.0,
  4.0,
  7.0,
  5.0,
  5.0,
  4.0,
  5.0,
  5.0,
  8.0,
  2.0,
);
const g = codes("bcbcd.adccddabdbbbaadaaabdbabcbaaabaccbcacababbb");
const l = codes("nynyyyynynnyyyyynnyynyyynynynynyyynynnnnyyynynnn");

/** A letter a row; a dot is missing. */
function codes(letters: string): Int32Array {
  const places = [...new Set(letters.replaceAll(".", ""))].sort();
  return Int32Array.from(letters, (letter) => places.indexOf(letter));
}

const numbers = (name: string, data: Float64Array): Values => valuesOf(name, { type: "numeric", shape: [], data });
const names = (name: string, of: Int32Array): Values =>
  valuesOf(name, { type: "category", categories: Array.from({ length: 1 + Math.max(...of) }, (_, i) => `c${i}`), codes: of });

describe("a column of numbers", () => {
  const sorted = x.filter(Number.isFinite).sort();
  it("has the moments that pandas gives it", () => {
    const { outliers, whole, ...moments } = momentsOf(sorted);
    const wanted = {
      min: 2.4,
      q1: 11.2,
      median: 18.6,
      mean: 22.18913043478261,
      q3: 30.95,
      max: 71.9,
      sd: 14.196575929284569,
      skewness: 1.2486185016168778,
    };
    for (const [name, value] of Object.entries(wanted)) expect(moments[name as keyof typeof moments], name).toBeCloseTo(value, 10);
    expect([outliers.count, whole]).toEqual([1, false]);
  });
  it("of one value, or of equal ones, has no deviation that means something", () => {
    expect(momentsOf(Float64Array.of(3))).toMatchObject({ min: 3, median: 3, mean: 3, max: 3, sd: Number.NaN, skewness: Number.NaN });
    expect(momentsOf(Float64Array.of(0.1, 0.1, 0.1))).toMatchObject({ skewness: 0 });
  });
  it("is divided into bins that hold every value once", () => {
    for (const [data, whole, most] of [
      [sorted, false, 48],
      [w.toSorted(), true, 48],
      [Float64Array.from({ length: 73 }, (_, i) => 17 + i), true, 48],
      [Float64Array.of(5, 5), true, 10],
      [Float64Array.of(0.5, 0.5), false, 10],
    ] as const) {
      const { counts, low, high } = histogramOf(data, whole, most);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(data.length);
      expect(counts.length).toBeLessThanOrEqual(most);
      expect([low, high]).toEqual([data[0], data.at(-1)]);
    }
    // Two whole numbers a bin, never two in one and one in the next.
    const ages = histogramOf(
      Float64Array.from({ length: 73 }, (_, i) => 17 + i),
      true,
      48,
    );
    expect(new Set(ages.counts.slice(0, -1))).toEqual(new Set([2]));
    expect(distinctOf(w.toSorted())).toBe(new Set(w).size);
  });
});

describe("two columns", () => {
  it("are associated as SciPy says", () => {
    expect(pearson(x, y)).toBeCloseTo(0.7368311746977037, 12);
    expect(spearman(w, y)).toBeCloseTo(0.1794226608162993, 12);
    expect(cramersV(g, l)).toBeCloseTo(0.6746702066340045, 12);
    expect(correlationRatio(g, x)).toBeCloseTo(0.27530216701583843, 12);
    expect(correlationRatio(l, y)).toBeCloseTo(0.4441967279089559, 12);
  });
  it("of which one does not vary have no association", () => {
    const same = new Float64Array(48).fill(0.1);
    expect(pearson(same, y)).toBeNaN();
    expect(cramersV(new Int32Array(48), l)).toBeNaN();
    expect(correlationRatio(new Int32Array(48), y)).toBeNaN();
    expect(correlationRatio(l, same)).toBeNaN();
  });
  it("that have nothing to do with each other have little, however many names they hold", () => {
    const draw = random(3, 6);
    const many = Int32Array.from({ length: 2000 }, () => draw.integer(200));
    const two = Int32Array.from({ length: 2000 }, () => draw.integer(2));
    const amounts = Float64Array.from({ length: 2000 }, () => draw.uniform());
    expect(cramersV(many, two)).toBeLessThan(0.1);
    expect(correlationRatio(many, amounts)).toBeLessThan(0.15);
  });
  it("are alike where they are equal, in step, or one names the other's", () => {
    const doubled = x.map((value) => 2 * value + 1);
    const renamed = g.map((code) => (code < 0 ? -1 : 3 - code));
    const columns = [
      numbers("x", x),
      numbers("same", x.slice()),
      numbers("doubled", doubled),
      names("g", g),
      names("renamed", renamed),
      names("l", l),
    ];
    expect(alike(columns).map(({ columns: [a, b], how }) => `${a} ${b} ${how}`)).toEqual([
      "x same equal",
      "x doubled in step",
      "same doubled in step",
      "g renamed one to one",
    ]);
  });
});

describe("a column alone", () => {
  const folds = foldsOf(48);
  it("gets as many pairs right as counting them says", () => {
    const bins = binsOf(names("g", g));
    const areas: number[] = [];
    for (let fold = 0; fold < 5; fold++) {
      const rows = Array.from(folds.keys()).filter((row) => folds[row] !== fold);
      const prior = rows.filter((row) => l[row] === 1).length / rows.length;
      const score = (bin: number): number => {
        const inBin = rows.filter((row) => bins.of[row] === bin);
        return (inBin.filter((row) => l[row] === 1).length + prior) / (inBin.length + 1);
      };
      const held = Array.from(folds.keys()).filter((row) => folds[row] === fold);
      let [wins, pairs] = [0, 0];
      for (const a of held) {
        for (const b of held) {
          if (l[a] !== 1 || l[b] !== 0) continue;
          pairs++;
          const [sa, sb] = [score(bins.of[a] as number), score(bins.of[b] as number)];
          wins += sa > sb ? 1 : sa === sb ? 0.5 : 0;
        }
      }
      areas.push(wins / pairs);
    }
    const alone = predictsAlone(bins, { type: "classes", names: ["no", "yes"], codes: l }, folds);
    expect(alone).toMatchObject({ metric: "AUC", baseline: 0.5 });
    expect(alone?.value).toBeCloseTo(areas.reduce((sum, a) => sum + a, 0) / 5, 12);
  });
  it("has the R² that its errors on the other folds come to", () => {
    const bins = binsOf(numbers("w", w));
    const known = Array.from(y.keys()).filter((row) => Number.isFinite(y[row]));
    const mean = known.reduce((sum, row) => sum + (y[row] as number), 0) / known.length;
    let [errors, total] = [0, 0];
    for (const row of known) {
      const others = known.filter((other) => folds[other] !== folds[row] && bins.of[other] === bins.of[row]);
      const predicted = mean + others.reduce((sum, other) => sum + (y[other] as number) - mean, 0) / (others.length + 1);
      errors += ((y[row] as number) - predicted) ** 2;
      total += ((y[row] as number) - mean) ** 2;
    }
    expect(predictsAlone(bins, { type: "values", numbers: y }, folds)?.value).toBeCloseTo(1 - errors / total, 12);
  });
  it("that is the target tells all, and one that is another in every row nothing", () => {
    const target = { type: "classes", names: ["a", "b", "c", "d"], codes: g } as const;
    expect(predictsAlone(binsOf(names("g", g)), target, folds)).toMatchObject({ metric: "accuracy", value: 1, skill: 1 });
    const ids = names(
      "id",
      Int32Array.from({ length: 48 }, (_, i) => i),
    );
    expect(predictsAlone(binsOf(ids), target, folds)?.skill).toBe(0);
    expect(predictsAlone(binsOf(ids), { type: "classes", names: ["n", "y"], codes: l }, folds)?.skill).toBe(0);
  });
});

it("bins numbers by their quantiles, few ones by themselves, and what is missing by itself", () => {
  const draw = random(1, 6);
  const many = binsOf(
    numbers(
      "many",
      Float64Array.from({ length: 3200 }, (_, i) => (i === 7 ? Number.NaN : draw.uniform() ** 4)),
    ),
  );
  const sizes = new Array<number>(many.count).fill(0);
  for (const bin of many.of) sizes[bin] = (sizes[bin] as number) + 1;
  expect(many.count).toBe(33);
  expect(sizes.at(-1)).toBe(1);
  for (const size of sizes.slice(0, -1)) expect(Math.abs(size - 100)).toBeLessThanOrEqual(1);
  expect(Array.from(binsOf(numbers("few", Float64Array.of(3, 1, Number.NaN, 2, 1))).of)).toEqual([2, 0, 3, 1, 0]);
});
