// Moves each picture by a fraction of its size; what comes in from outside is zero.
import { type Descriptor, describe, optional, type Rules } from "../../check.ts";
import type { AugmentStage } from "../stage.ts";
import { drawFrom, type Range, range, translation } from "./warp.ts";

export interface Shift extends Descriptor {
  readonly kind: "shift";
  readonly x?: Range;
  readonly y?: Range;
}

const rules: Rules = { x: optional(range(1)), y: optional(range(1)) };

/**
 * Moves each training picture right by a random share within ±`x` of its width and down within ±`y` of its height (fractions from 0 to 1,
 * or `[low, high]`; default 0). Parts of a pixel are interpolated.
 */
export function shift(settings: Omit<Shift, "kind">): Shift {
  return describe<Shift>("shift", settings, rules);
}

export const shiftStage: AugmentStage<Shift> = {
  kind: "shift",
  rules,
  warp({ x = 0, y = 0 }, draw, { width, height }) {
    const right = drawFrom(x, draw) * width;
    return translation(-right, -drawFrom(y, draw) * height);
  },
};
