import { describe, expect, test } from "vitest";
import type { Executor } from "../../src/wasm/abi.ts";
import { error, executors, sheet, uniform } from "../support/memory.ts";

interface Size {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const FILL = 0.25;
const identity: Matrix = [1, 0, 0, 0, 1, 0];
const shapes: Size[] = [
  { height: 1, width: 1, channels: 1 },
  { height: 2, width: 3, channels: 1 },
  { height: 5, width: 7, channels: 1 },
  { height: 9, width: 8, channels: 1 },
  { height: 13, width: 31, channels: 1 },
  { height: 28, width: 28, channels: 1 },
  { height: 5, width: 7, channels: 3 },
  { height: 4, width: 9, channels: 2 },
];

const matrices: Matrix[] = [
  identity,
  [0.96, -0.28, 1.3, 0.28, 0.96, -0.7],
  [-1, 0, 6, 0, -1, 4],
  [0.5, 0, 0.25, 0, 0.5, 0.25],
  [2, 0.3, -3, -0.3, 2, -1],
  [1, 0, 0.5, 0, 1, -0.5],
];

function warp(executor: Executor, images: Float32Array, rows: readonly Matrix[], { height, width, channels }: Size): Float32Array {
  const page = sheet(executor);
  const [out, x, m] = [page.room(images.length), page.f32(images), page.f32(rows.flat())];
  executor.call("warp_f32", out, x, m, rows.length, height, width, channels, FILL);
  expect(page.guardsHold()).toBe(true);
  return page.readF32(out, images.length);
}

/** Bilinear sampling in float64. */
function reference(images: Float32Array, rows: readonly Matrix[], { height, width, channels }: Size): number[] {
  const out: number[] = [];
  rows.forEach(([a, b, c, d, e, f], r) => {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const [x, y] = [a * j + b * i + c, d * j + e * i + f];
        const [x0, y0] = [Math.floor(x), Math.floor(y)];
        for (let channel = 0; channel < channels; channel++) {
          const at = (row: number, column: number): number =>
            row >= 0 && row < height && column >= 0 && column < width
              ? (images[((r * height + row) * width + column) * channels + channel] as number)
              : FILL;
          const [u, v] = [x - x0, y - y0];
          const upper = at(y0, x0) * (1 - u) + at(y0, x0 + 1) * u;
          out.push(upper * (1 - v) + (at(y0 + 1, x0) * (1 - u) + at(y0 + 1, x0 + 1) * u) * v);
        }
      }
    }
  });
  return out;
}

const pictures = (n: number, { height, width, channels }: Size): Float32Array => uniform(n * height * width * channels, 1, 0, 1);

describe.each(executors)("$build", (executor) => {
  test("warp samples like bilinear interpolation in float64, for every shape", () => {
    for (const size of shapes) {
      const images = pictures(matrices.length, size);
      expect(error(warp(executor, images, matrices, size), reference(images, matrices, size)), JSON.stringify(size)).toBeLessThan(5e-6);
    }
  });

  test("the identity copies, and whole shifts copy and fill", () => {
    for (const size of shapes) {
      const { height, width, channels } = size;
      const images = pictures(2, size);
      expect(warp(executor, images, [identity, identity], size)).toEqual(images);
      const moved = warp(
        executor,
        images,
        [
          [1, 0, 2, 0, 1, -1],
          [1, 0, -1, 0, 1, 1],
        ],
        size,
      );
      moved.forEach((v, at) => {
        const [column, row] = [Math.floor(at / channels) % width, Math.floor(at / channels / width) % height];
        const image = at < moved.length / 2 ? 0 : 1;
        const [x, y] = image === 0 ? [column + 2, row - 1] : [column - 1, row + 1];
        const inside = x >= 0 && x < width && y >= 0 && y < height;
        expect(v).toBe(inside ? images[((image * height + y) * width + x) * channels + (at % channels)] : FILL);
      });
    }
  });

  test("huge, infinite and undefined coordinates give fill and stay inside the memory", () => {
    const wild: Matrix[] = [
      [1e30, 0, 0, 0, 1e30, 1],
      [Number.POSITIVE_INFINITY, 0, 1, 0, 1, 0],
      [1, 0, Number.NaN, 0, 1, 0],
      [1, 0, 0, 0, 1, Number.NEGATIVE_INFINITY],
      [0, 0, -1e9, 0, 0, 1e9],
      [0, 0, 2 ** 31, 0, 0, -(2 ** 31)],
    ];
    for (const size of shapes) {
      const y = warp(executor, pictures(wild.length, size), wild, size);
      const origin = size.height * size.width * size.channels;
      y.slice(origin).forEach((v) => {
        expect(v).toBe(FILL);
      });
    }
  });

  test("cutout fills the rectangles' part inside the image, in place or not", () => {
    for (const size of shapes) {
      const { height, width, channels } = size;
      const rects = [
        [1, 2, 3, 3],
        [-1, -2, 3, 4],
        [height - 1, 0, 9, 9],
        [height, width, 2, 2],
        [0, 0, 0, 5],
        [-5, 1, 4, 1],
      ];
      const x = pictures(rects.length, size);
      const expected = x.map((v, at) => {
        const [column, row] = [Math.floor(at / channels) % width, Math.floor(at / channels / width) % height];
        const [top, left, h, w] = rects[Math.floor(at / channels / width / height)] as [number, number, number, number];
        return row >= top && row < top + h && column >= left && column < left + w ? FILL : v;
      });
      const page = sheet(executor);
      const [out, from, where] = [page.room(x.length), page.f32(x), page.i32(rects.flat())];
      executor.call("cutout_f32", out, from, where, rects.length, height, width, channels, FILL);
      expect(page.readF32(out, x.length)).toEqual(expected);
      executor.call("cutout_f32", from, from, where, rects.length, height, width, channels, FILL);
      expect(page.readF32(from, x.length)).toEqual(expected);
      expect(page.guardsHold()).toBe(true);
    }
  });
});

test("every build warps to the same bits", () => {
  for (const size of shapes) {
    const images = pictures(matrices.length, size);
    const [first, ...others] = executors.map((e) => warp(e, images, matrices, size));
    for (const other of others) expect(other).toEqual(first);
  }
});
