// The matrices of the warps, and how a setting such as `degrees: 10` becomes a drawn number.
import { formOfEither, interval, number, type Rule, rule } from "../../check.ts";
import type { Draw, ImageShape, Matrix } from "../stage.ts";

/** From -most to most, or from low to high. */
export type Range = number | readonly [low: number, high: number];

/** A number >= 0 (and <= max), or [low, high]. */
export function range(max?: number): Rule {
  const bound = max === undefined ? {} : { max };
  const symmetric = number({ min: 0, ...bound });
  const open = interval(max === undefined ? {} : { min: -max, max });
  return rule(formOfEither(symmetric, open), (value, at) => (Array.isArray(value) ? open : symmetric)(value, at));
}

/** One uniform draw, whatever the range is, so that later stages draw the same numbers. */
export function drawFrom(span: Range, draw: Draw): number {
  const [low, high] = typeof span === "number" ? [-span, span] : span;
  return low + (high - low) * draw();
}

/** The linear map [a b; d e] that leaves the centre of the picture, ((w - 1) / 2, (h - 1) / 2), where it is. */
export function aboutCentre(a: number, b: number, d: number, e: number, { width, height }: ImageShape): Matrix {
  const x = (width - 1) / 2;
  const y = (height - 1) / 2;
  return [a, b, x - a * x - b * y, d, e, y - d * x - e * y];
}

/** Shows at (x, y) what was at (x + right, y + down). */
export const translation = (right: number, down: number): Matrix => [1, 0, right, 0, 1, down];
