// Mirrors every other picture.
import { boolean, type Descriptor, describe, optional, type Rules } from "../../check.ts";
import type { AugmentStage } from "../stage.ts";
import { aboutCentre } from "./warp.ts";

export interface Flip extends Descriptor {
  readonly kind: "flip";
  readonly horizontal?: boolean;
  readonly vertical?: boolean;
}

const rules: Rules = { horizontal: optional(boolean), vertical: optional(boolean) };

/** Mirrors each training picture left to right (`horizontal`, default true) and top to bottom (`vertical`, default false), each with probability ½. */
export function flip(settings: Omit<Flip, "kind"> = {}): Flip {
  return describe<Flip>("flip", settings, rules);
}

export const flipStage: AugmentStage<Flip> = {
  kind: "flip",
  rules,
  warp({ horizontal = true, vertical = false }, draw, image) {
    const across = draw() < 0.5 && horizontal;
    const down = draw() < 0.5 && vertical;
    return aboutCentre(across ? -1 : 1, 0, 0, down ? -1 : 1, image);
  },
};
