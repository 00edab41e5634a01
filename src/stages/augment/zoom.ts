// Scales each picture about its centre: x' = x / factor.
import { type Descriptor, describe, interval, narrowed, number, type Rule, type Rules } from "../../check.ts";
import type { AugmentStage } from "../stage.ts";
import { aboutCentre, drawFrom } from "./warp.ts";

export interface Zoom extends Descriptor {
  readonly kind: "zoom";
  readonly range: readonly [smallest: number, largest: number];
}

const factors: Rule = narrowed(interval(), (value, at) => number({ above: 0 })((value as number[])[0], `${at}[0]`));
const rules: Rules = { range: factors };

/** Shows each training picture larger (factor > 1) or smaller (< 1), both directions alike, by a random factor from `range`. */
export function zoom(settings: Omit<Zoom, "kind">): Zoom {
  return describe<Zoom>("zoom", settings, rules);
}

export const zoomStage: AugmentStage<Zoom> = {
  kind: "zoom",
  rules,
  warp({ range }, draw, image) {
    const step = 1 / drawFrom(range, draw);
    return aboutCentre(step, 0, 0, step, image);
  },
};
