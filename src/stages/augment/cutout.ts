// Blanks a square at a random place of each picture (DeVries and Taylor, 2017).
import { type Descriptor, describe, either, listOf, number, optional, positiveInteger, type Rules } from "../../check.ts";
import { PipelineError } from "../../errors.ts";
import type { AugmentStage } from "../stage.ts";

export interface Cutout extends Descriptor {
  readonly kind: "cutout";
  readonly size: number | readonly [height: number, width: number];
  readonly fill?: number;
}

const rules: Rules = { size: either(positiveInteger, listOf(positiveInteger, 2)), fill: optional(number()) };

/**
 * Sets a rectangle of `size` pixels (a square, or [height, width]) of each training picture to `fill` (in units of the normalized values;
 * default: what an empty pixel has become). Its centre may be any pixel, so part of it can lie outside.
 */
export function cutout(settings: Omit<Cutout, "kind">): Cutout {
  return describe<Cutout>("cutout", settings, rules);
}

export const cutoutStage: AugmentStage<Cutout> = {
  kind: "cutout",
  rules,
  rect({ size }, draw, { height, width }) {
    const [h, w] = typeof size === "number" ? [size, size] : size;
    const top = Math.floor(draw() * height) - (h >> 1);
    const left = Math.floor(draw() * width) - (w >> 1);
    const [y, x] = [Math.max(0, top), Math.max(0, left)];
    return [y, x, Math.min(height, top + h) - y, Math.min(width, left + w) - x];
  },
  batch(stage, emit, x, { rows, image, rects, fill }) {
    if (rects === undefined) throw new PipelineError("config", "cutout", "batch needs the rectangles that rect drew");
    const { height, width, channels } = image;
    const y = emit.buffer(rows * height * width * channels, "cutout");
    emit.call("cutout_f32", y, x, rects, rows, height, width, channels, stage.fill ?? fill);
    return y;
  },
};
