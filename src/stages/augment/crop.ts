// Pads each picture with zeros on every side and cuts its old size out at random: a shift by whole pixels.
import { type Descriptor, describe, positiveInteger, type Rules } from "../../check.ts";
import type { AugmentStage, Draw } from "../stage.ts";
import { translation } from "./warp.ts";

export interface Crop extends Descriptor {
  readonly kind: "crop";
  readonly padding: number;
}

const rules: Rules = { padding: positiveInteger };

/** Moves each training picture by up to `padding` whole pixels in either direction; every place is equally likely. */
export function crop(settings: Omit<Crop, "kind">): Crop {
  return describe<Crop>("crop", settings, rules);
}

const place = (padding: number, draw: Draw): number => Math.floor(draw() * (2 * padding + 1)) - padding;

export const cropStage: AugmentStage<Crop> = {
  kind: "crop",
  rules,
  warp({ padding }, draw) {
    const right = place(padding, draw);
    return translation(right, place(padding, draw));
  },
};
