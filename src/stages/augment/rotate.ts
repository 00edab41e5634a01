// Turns each picture about its centre: x' = R(angle) x.
import { type Descriptor, describe, type Rules } from "../../check.ts";
import { cos, sin } from "../../math.ts";
import type { AugmentStage } from "../stage.ts";
import { aboutCentre, drawFrom, type Range, range } from "./warp.ts";

export interface Rotate extends Descriptor {
  readonly kind: "rotate";
  readonly degrees: Range;
}

const rules: Rules = { degrees: range(360) };

/** Turns each training picture by a random angle within ±`degrees`, or from `[low, high]` degrees; positive is counter-clockwise. */
export function rotate(settings: Omit<Rotate, "kind">): Rotate {
  return describe<Rotate>("rotate", settings, rules);
}

export const rotateStage: AugmentStage<Rotate> = {
  kind: "rotate",
  rules,
  warp({ degrees }, draw, image) {
    const angle = (drawFrom(degrees, draw) * Math.PI) / 180;
    const [c, s] = [cos(angle), sin(angle)];
    return aboutCentre(c, -s, s, c, image);
  },
};
