import { describe, expect, test } from "vitest";
import { emitter, fixed } from "../../src/graph/emit.ts";
import { purpose, random } from "../../src/random.ts";
import { crop, cropStage } from "../../src/stages/augment/crop.ts";
import { cutout, cutoutStage } from "../../src/stages/augment/cutout.ts";
import { flip, flipStage } from "../../src/stages/augment/flip.ts";
import { noise, noiseStage } from "../../src/stages/augment/noise.ts";
import { rotate, rotateStage } from "../../src/stages/augment/rotate.ts";
import { shift, shiftStage } from "../../src/stages/augment/shift.ts";
import { zoom, zoomStage } from "../../src/stages/augment/zoom.ts";
import type { Draw, ImageShape, Matrix } from "../../src/stages/stage.ts";
import { golden, noGolden } from "../support/golden.ts";

const image: ImageShape = { height: 7, width: 5, channels: 1 };
/** Draws these numbers, then fails. */
const drawing = (...numbers: number[]): Draw => {
  return () => {
    const next = numbers.shift();
    if (next === undefined) throw new Error("one draw too many");
    return next;
  };
};
const source = ([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] => [a * x + b * y + c, d * x + e * y + f];
const near = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 12);
  });
};

/** Bilinear, zeros outside. */
function warped(data: readonly number[], { height, width }: ImageShape, matrix: Matrix): number[] {
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 0 : (data[y * width + x] as number));
  return Array.from(data, (_, i) => {
    const [x, y] = source(matrix, i % width, Math.floor(i / width));
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - left, y - top];
    const upper = at(left, top) * (1 - u) + at(left + 1, top) * u;
    return upper * (1 - v) + (at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u) * v;
  });
}

interface ImageCase {
  readonly id: string;
  readonly op: string;
  readonly params: { readonly degrees: number };
  readonly inputs: { readonly x: { readonly shape: number[]; readonly data: number[] } };
  readonly outputs: { readonly y: { readonly data: number[] } };
}

describe.skipIf(noGolden)("against PyTorch (needs ../shared/golden)", () => {
  const cases = golden<ImageCase>("image") ?? [];

  test.each(cases.filter(({ op }) => op === "rotate"))("$id", ({ params, inputs, outputs }) => {
    const degrees = params.degrees;
    const matrix = rotateStage.warp?.(rotate({ degrees: [degrees - 1, degrees + 1] }), drawing(0.5), image) as Matrix;
    warped(inputs.x.data, image, matrix).forEach((value, i) => {
      expect(Math.abs(value - (outputs.y.data[i] as number))).toBeLessThan(1e-6);
    });
  });

  test.each(cases.filter(({ op }) => op === "flipLR" || op === "flipUD"))("$id", ({ op, inputs, outputs }) => {
    const [, channels, height, width] = inputs.x.shape as [number, number, number, number];
    const shape = { height, width, channels: 1 };
    const stage = op === "flipLR" ? flip() : flip({ horizontal: false, vertical: true });
    const matrix = flipStage.warp?.(stage, drawing(0, 0), shape) as Matrix;
    const plane = height * width;
    for (let c = 0; c < channels; c++) {
      expect(warped(inputs.x.data.slice(c * plane, (c + 1) * plane), shape, matrix)).toEqual(
        outputs.y.data.slice(c * plane, (c + 1) * plane),
      );
    }
  });
});

describe("rotate", () => {
  test("leaves the centre where it is and turns counter-clockwise", () => {
    const matrix = rotateStage.warp?.(rotate({ degrees: [89, 91] }), drawing(0.5), image) as Matrix;
    near(source(matrix, 2, 3), [2, 3]);
    // What was right of the centre is now above it.
    near(source(matrix, 2, 1), [4, 3]);
  });

  test("draws from ± degrees", () => {
    const angle = (u: number): number => {
      const matrix = rotateStage.warp?.(rotate({ degrees: 10 }), drawing(u), image) as Matrix;
      return (Math.atan2(matrix[3], matrix[0]) * 180) / Math.PI;
    };
    near([angle(0), angle(0.5), angle(1)], [-10, 0, 10]);
  });
});

describe("zoom", () => {
  test("shows the picture larger for factors above 1, about its centre", () => {
    const matrix = zoomStage.warp?.(zoom({ range: [1, 2] }), drawing(1), image) as Matrix;
    near(source(matrix, 2, 3), [2, 3]);
    near(source(matrix, 4, 5), [3, 4]);
    near(source(zoomStage.warp?.(zoom({ range: [0.5, 2] }), drawing(0), image) as Matrix, 3, 3), [4, 3]);
  });
});

describe("crop", () => {
  test("moves by whole pixels, each place equally likely", () => {
    const draw = random(5, purpose.augment).uniform;
    const seen = new Map<string, number>();
    for (let i = 0; i < 2500; i++) {
      const matrix = cropStage.warp?.(crop({ padding: 2 }), draw, image) as Matrix;
      const [x, y] = source(matrix, 0, 0);
      seen.set(`${x} ${y}`, (seen.get(`${x} ${y}`) ?? 0) + 1);
    }
    const places = [-2, -1, 0, 1, 2].flatMap((x) => [-2, -1, 0, 1, 2].map((y) => `${x} ${y}`));
    expect([...seen.keys()].sort()).toEqual(places.sort());
    for (const count of seen.values()) expect(Math.abs(count - 100)).toBeLessThan(45);
  });
});

describe("shift", () => {
  test("moves right and down by fractions of the size", () => {
    const matrix = shiftStage.warp?.(shift({ x: 0.2, y: [0, 1] }), drawing(1, 0.5), image) as Matrix;
    // Moved right by 0.2 · 5 = 1 and down by 0.5 · 7 = 3.5: a pixel shows what was left of and above it.
    near(source(matrix, 3, 4), [2, 0.5]);
  });
});

describe("flip", () => {
  test("mirrors with probability one half, each way by itself", () => {
    const both = flip({ vertical: true });
    expect(source(flipStage.warp?.(both, drawing(0.4, 0.6), image) as Matrix, 0, 0)).toEqual([4, 0]);
    expect(source(flipStage.warp?.(both, drawing(0.6, 0.4), image) as Matrix, 0, 0)).toEqual([0, 6]);
    expect(source(flipStage.warp?.(flip(), drawing(0.6, 0.4), image) as Matrix, 0, 0)).toEqual([0, 0]);
  });
});

describe("cutout", () => {
  const big: ImageShape = { height: 28, width: 28, channels: 3 };

  test("draws a square around any pixel, cut at the border", () => {
    const rect = (...u: number[]) => cutoutStage.rect?.(cutout({ size: 8 }), drawing(...u), big);
    expect(rect(0.5, 0.5)).toEqual([10, 10, 8, 8]);
    expect(rect(0, 0)).toEqual([0, 0, 4, 4]);
    expect(rect(0.999, 0)).toEqual([23, 0, 5, 4]);
    expect(cutoutStage.rect?.(cutout({ size: [2, 40] }), drawing(0.5, 0.5), big)).toEqual([13, 0, 2, 28]);
  });

  test("emits one kernel call on the drawn rectangles", () => {
    const emit = emitter(() => "cutout");
    const [x, rects, rng] = [fixed(0, 0, "x"), fixed(64, 0, "rects"), fixed(128, 0, "rng")];
    const context = { rows: 2, image: big, stream: 3, rng, fill: -1 };
    const y = cutoutStage.batch?.(cutout({ size: 8, fill: 0.5 }), emit, x, { ...context, rects });
    expect(emit.calls).toEqual([{ kernel: "cutout_f32", args: [y, x, rects, 2, 28, 28, 3, 0.5], by: "cutout" }]);
    cutoutStage.batch?.(cutout({ size: 8 }), emit, x, { ...context, rects });
    expect(emit.calls[1]?.args.at(-1)).toBe(-1);
    expect(y?.bytes).toBe(2 * 28 * 28 * 3 * 4);
    expect(() => cutoutStage.batch?.(cutout({ size: 8 }), emit, x, context)).toThrow("cutout: batch needs the rectangles");
  });
});

test("noise emits one kernel call over the whole batch", () => {
  const emit = emitter(() => "noise");
  const [x, rng] = [fixed(0, 0, "x"), fixed(64, 0, "rng")];
  const y = noiseStage.batch?.(noise({ deviation: 0.1 }), emit, x, { rows: 3, image, stream: 2, rng, fill: 0 });
  expect(emit.calls).toEqual([{ kernel: "noise_f32", args: [y, x, 105, 0.1, 2, rng, 0], by: "noise" }]);
});

test.each<[() => unknown, string]>([
  [() => rotate({ degrees: -1 }), "rotate.degrees: expected a number >= 0 and <= 360, got -1"],
  [() => rotate({ degrees: [10, -10] }), "rotate.degrees: expected [low, high] with low < high, got [10,-10]"],
  [() => rotate({} as never), "rotate.degrees: expected a number >= 0 and <= 360, got undefined"],
  [() => zoom({ range: [0, 1] }), "zoom.range[0]: expected a number > 0, got 0"],
  [() => crop({ padding: 0.5 }), "crop.padding: expected an integer >= 1, got 0.5"],
  [() => shift({ x: 2 }), "shift.x: expected a number >= 0 and <= 1, got 2"],
  [() => flip({ horizontal: 1 as never }), "flip.horizontal: expected true or false, got 1"],
  [() => noise({ deviation: 0 }), "noise.deviation: expected a number > 0, got 0"],
  [() => cutout({ size: 0 }), "cutout.size: expected an integer >= 1, got 0"],
  [() => cutout({ size: 4, fil: 1 } as never), 'cutout: unknown setting "fil"; did you mean "fill"?'],
])("settings that make no sense are refused: %#", (make, message) => {
  expect(make).toThrow(message);
});
