// A row as the network reads it → the row as a person sees it: a picture, words, or named values.

import { toBase64 } from "../../base64.ts";
import { resize } from "../../data/resize.ts";
import type { Affine } from "../../stages/stage.ts";
import { PADDING } from "../../stages/text/vocabulary.ts";
import type { FeedSpec } from "../feed.ts";
import type { PictureView, RowView, ValuesView } from "./file.ts";

/** What must be known of the rows. */
export interface Reading extends Pick<FeedSpec, "shape" | "type"> {
  readonly affine: Affine;
  readonly features?: readonly string[] | undefined;
  readonly vocabulary?: readonly string[] | undefined;
}

/** Larger pictures are made smaller. */
const LARGEST_SIDE = 96;
/** A picture that is smaller than this is a table of numbers. */
const SMALLEST_SIDE = 5;
const SHOWN_VALUES = 12;
const SHOWN_WORDS = 80;

export function rowView(read: Float32Array, reading: Reading): RowView {
  if (reading.vocabulary !== undefined) return { kind: "text", text: wordsOf(read, reading.vocabulary) };
  const values = raw(read, reading.affine);
  return pictureOf(values, reading.shape, reading.type) ?? valuesView(values, reading.features);
}

/** Undefined where rows of this shape are no pictures. */
export function pictureOf(values: Float32Array, shape: readonly number[], type: FeedSpec["type"]): PictureView | undefined {
  const size = pictureSize(shape);
  return size && pictureView(values, size, type);
}

/** Undoes the normalization; what was scaled to nothing cannot be got back, and is what it was moved to. */
function raw(read: Float32Array, { scale, shift }: Affine): Float32Array {
  const [perScale, perShift] = [scale.length > 1, shift.length > 1];
  const values = new Float32Array(read.length);
  for (let j = 0; j < values.length; j++) {
    const by = scale[perScale ? j : 0] as number;
    const value = read[j] as number;
    values[j] = by === 0 ? value : (value - (shift[perShift ? j : 0] as number)) / by;
  }
  return values;
}

interface PictureSize {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

function pictureSize(shape: readonly number[]): PictureSize | undefined {
  const [height, width, channels = 1, ...more] = shape;
  if (height === undefined || width === undefined || more.length > 0 || (channels !== 1 && channels !== 3)) return undefined;
  return Math.min(height, width) < SMALLEST_SIDE ? undefined : { height, width, channels };
}

function pictureView(values: Float32Array, from: PictureSize, type: FeedSpec["type"]): PictureView {
  const by = Math.min(1, LARGEST_SIDE / Math.max(from.height, from.width));
  const to = { height: Math.max(1, Math.round(from.height * by)), width: Math.max(1, Math.round(from.width * by)) };
  const fit = by === 1 ? values : resize(values, from, to);
  // Bytes are shades already; other numbers reach from black to white.
  const [low, high] = type === "u8" ? [0, 255] : extremes(fit);
  const range = high > low ? high - low : 1;
  const bytes = new Uint8Array(fit.length);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Math.max(0, Math.min(255, Math.round((((fit[i] as number) - low) / range) * 255)));
  }
  return { kind: "picture", ...to, channels: from.channels, pixels: toBase64(bytes) };
}

function extremes(values: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** Of many values those that are not 0 say more. */
function valuesView(values: Float32Array, features: readonly string[] | undefined): ValuesView {
  const all = Array.from(values, (value, i) => ({ name: features?.[i] ?? String(i), value: Number(value.toPrecision(5)) }));
  const telling = all.length > SHOWN_VALUES ? all.filter(({ value }) => value !== 0) : all;
  const shown = telling.slice(0, SHOWN_VALUES);
  return { kind: "values", values: shown, more: all.length - shown.length };
}

/** Single letters belong together; words stand apart. */
function wordsOf(numbers: Float32Array, vocabulary: readonly string[]): string {
  const words = Array.from(numbers)
    .filter((number) => number !== PADDING)
    .map((number) => vocabulary[number] ?? "?");
  const text = words.slice(0, SHOWN_WORDS).join(words.every((word) => [...word].length === 1) ? "" : " ");
  return words.length > SHOWN_WORDS ? `${text} …` : text;
}
