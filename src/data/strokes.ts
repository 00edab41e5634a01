// The embedded data set: 28 × 28 handwritten-like digits, drawn from vector strokes. No file, no network, the same pictures everywhere:
// a picture is a function of the seed, its number and whether it is for testing.
import { type Descriptor, describe, number, optional, positiveInteger, type Rules } from "../check.ts";
import { cos, sin } from "../math.ts";
import { purpose, type Random, random } from "../random.ts";
import { glyphs } from "./strokes/glyphs.ts";
import { curve, ink, type Pen } from "./strokes/pen.ts";
import type { SourceKind } from "./table.ts";

export interface StrokesSource extends Descriptor {
  readonly kind: "strokes";
  readonly rows?: number;
  readonly test?: number;
  readonly seed?: number;
}

const whole = number({ min: 0, integer: true });
const rules: Rules = { rows: optional(positiveInteger), test: optional(whole), seed: optional(whole) };

/**
 * Digits drawn with a shaking pen: `rows` (default 12,000) to train on and `test` (default 2,000) as the given test set, other ones for
 * every `seed` (default 1, whatever the pipeline's seed is). Columns `image`, u8 [28, 28], and `label`.
 */
export function strokes(settings: Omit<StrokesSource, "kind"> = {}): StrokesSource {
  return describe<StrokesSource>("strokes", settings, rules);
}

const SIDE = 28;
const PIXELS = SIDE * SIDE;

export const strokesKind: SourceKind<StrokesSource> = {
  kind: "strokes",
  rules,
  async load({ rows: train = 12_000, test = 2_000, seed = 1 }, io) {
    const rows = train + test;
    const data = new Uint8Array(rows * PIXELS);
    const labels = new Int32Array(rows);
    const canvas = new Float32Array(PIXELS);
    for (let row = 0; row < rows; row++) {
      if (row % 1000 === 0) {
        await new Promise((resolve) => setTimeout(resolve));
        io.signal.throwIfAborted();
        io.progress(row, rows, "drawing digits");
      }
      const source = row < train ? random(seed, purpose.data, row, 0) : random(seed, purpose.data, row - train, 1);
      const digit = source.integer(10);
      labels[row] = digit;
      drawDigit(canvas, digit, source);
      develop(canvas, data.subarray(row * PIXELS, (row + 1) * PIXELS), source);
    }
    io.progress(rows, rows, "drawing digits");
    const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
    return {
      rows,
      columns: {
        image: { type: "numeric", shape: [SIDE, SIDE], data },
        label: { type: "numeric", shape: [], data: labels, classes },
      },
      inputs: ["image"],
      target: "label",
      ids: Uint32Array.from({ length: rows }, (_, row) => row),
      ...(test > 0 && { givenTest: Uint8Array.from({ length: rows }, (_, row) => (row < train ? 0 : 1)) }),
    };
  },
};

const GRAIN = 0.1; // of the darkest ink, at most
const PIECES = 5; // segments from one point of a stroke to the next
const WOBBLE = 0.045; // of the points, in units of the digit's height

/** What one writer does to a glyph: [a b; c d] and a place on the canvas, in pixels. */
interface Hand {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly x: number;
  readonly y: number;
}

const within = (source: Random, low: number, high: number): number => low + (high - low) * source.uniform();

function drawHand(source: Random): Hand {
  const angle = 0.14 * source.normal();
  const slant = 0.22 * source.normal();
  const height = within(source, 16.5, 21);
  const width = height * within(source, 0.62, 1.02);
  const [c, s] = [cos(angle), sin(angle)];
  return {
    a: c * width,
    b: (c * -slant - s) * height,
    c: s * width,
    d: (s * -slant + c) * height,
    x: (SIDE - 1) / 2 + 0.9 * source.normal(),
    y: (SIDE - 1) / 2 + 0.9 * source.normal(),
  };
}

function drawDigit(canvas: Float32Array, digit: number, source: Random): void {
  const styles = glyphs[digit] as (typeof glyphs)[number];
  const glyph = styles[source.integer(styles.length)] as (typeof styles)[number];
  const hand = drawHand(source);
  const pen: Pen = { radius: within(source, 0.7, 1.75), softness: within(source, 1, 2), ink: within(source, 0.7, 1) };
  canvas.fill(0);
  for (const stroke of glyph) {
    const points = new Float64Array(stroke.length * 2);
    stroke.forEach(([x, y], i) => {
      // A corner is one point given twice, and must stay one.
      const before = stroke[i - 1];
      if (before !== undefined && before[0] === x && before[1] === y) {
        points.copyWithin(2 * i, 2 * i - 2, 2 * i);
        return;
      }
      const u = x - 0.5 + WOBBLE * source.normal();
      const v = y - 0.5 + WOBBLE * source.normal();
      points[2 * i] = hand.x + hand.a * u + hand.b * v;
      points[2 * i + 1] = hand.y + hand.c * u + hand.d * v;
    });
    const line = new Float64Array((points.length / 2) * PIECES * 2 + 2);
    ink(canvas, SIDE, line, curve(points, line, PIECES), pen);
  }
}

/** Ink to bytes, with the grain of paper and camera: the sum of two random bytes, so most of it is faint. */
function develop(canvas: Float32Array, into: Uint8Array, source: Random): void {
  for (let i = 0; i < PIXELS; i += 2) {
    const word = source.uint32();
    into[i] = byte((canvas[i] as number) * 255 + ((word & 255) + ((word >>> 8) & 255) - 255) * GRAIN);
    into[i + 1] = byte((canvas[i + 1] as number) * 255 + (((word >>> 16) & 255) + (word >>> 24) - 255) * GRAIN);
  }
}

const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
