import { encode } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { decodeImage } from "../../src/data/decodeImage.ts";
import { decodePixels, isGrey } from "../../src/data/pixels.ts";
import { resize } from "../../src/data/resize.ts";
import { golden, noGolden } from "../support/golden.ts";
import { colourPng, greyPng, type PngOptions, png } from "./png.ts";

const two = { width: 2, height: 1 } as const;

describe("PNG", () => {
  test.each<[string, PngOptions, 1 | 3, number[]]>([
    ["8-bit grey", { ...two, colour: 0, depth: 8, lines: [[7, 250]] }, 1, [7, 250]],
    ["16-bit grey keeps the upper bytes", { ...two, colour: 0, depth: 16, lines: [[0x12, 0xff, 0xfe, 0]] }, 1, [0x12, 0xfe]],
    [
      "1-bit grey, rows padded to bytes",
      { width: 3, height: 2, colour: 0, depth: 1, lines: [[0b10100000], [0b01000000]] },
      1,
      [255, 0, 255, 0, 255, 0],
    ],
    ["2-bit grey", { width: 3, height: 1, colour: 0, depth: 2, lines: [[0b00011000]] }, 1, [0, 85, 170]],
    ["4-bit grey", { width: 3, height: 1, colour: 0, depth: 4, lines: [[0x0f, 0x80]] }, 1, [0, 255, 136]],
    ["grey and alpha drops alpha", { ...two, colour: 4, depth: 8, lines: [[7, 0, 250, 255]] }, 1, [7, 250]],
    ["grey with a transparent shade", { ...two, colour: 0, depth: 8, lines: [[7, 250]], alpha: [0, 7] }, 1, [7, 250]],
    ["8-bit colour", { ...two, colour: 2, depth: 8, lines: [[1, 2, 3, 4, 5, 6]] }, 3, [1, 2, 3, 4, 5, 6]],
    ["16-bit colour", { width: 1, height: 1, colour: 2, depth: 16, lines: [[1, 9, 2, 9, 3, 9]] }, 3, [1, 2, 3]],
    ["colour and alpha drops alpha", { ...two, colour: 6, depth: 8, lines: [[1, 2, 3, 0, 4, 5, 6, 255]] }, 3, [1, 2, 3, 4, 5, 6]],
    ["16-bit colour and alpha", { width: 1, height: 1, colour: 6, depth: 16, lines: [[1, 9, 2, 9, 3, 9, 4, 9]] }, 3, [1, 2, 3]],
    ["8-bit palette", { ...two, colour: 3, depth: 8, lines: [[1, 0]], palette: [9, 8, 7, 1, 2, 3] }, 3, [1, 2, 3, 9, 8, 7]],
    [
      "2-bit palette with alpha",
      { ...two, colour: 3, depth: 2, lines: [[0b01000000]], palette: [9, 8, 7, 1, 2, 3], alpha: [0] },
      3,
      [1, 2, 3, 9, 8, 7],
    ],
    ["interlaced", { width: 1, height: 1, colour: 0, depth: 8, lines: [[77]], interlace: true }, 1, [77]],
  ])("%s", async (_, options, channels, data) => {
    const pixels = await decodePixels(png(options), "a.png");
    expect([pixels.width, pixels.height, pixels.channels, [...pixels.data]]).toEqual([options.width, options.height, channels, data]);
  });

  const sound = colourPng(6, 5, [10, 20, 30]);
  const changed = (at: number, value: number): Uint8Array => sound.map((byte, i) => (i === at ? value : byte));
  test.each<[string, Uint8Array, string]>([
    ["an empty file", new Uint8Array(0), "cat.png: expected a PNG or JPEG picture, got an empty file"],
    [
      "another format",
      new TextEncoder().encode("GIF89a"),
      "cat.png: expected a PNG or JPEG picture, got a file that begins with 47 49 46 38",
    ],
    ["a header only", sound.subarray(0, 20), "cat.png: not a readable PNG: it ends within its header"],
    ["a truncated file", sound.subarray(0, sound.length - 20), "cat.png: not a readable PNG"],
    ["a changed byte of the pixels", changed(sound.length - 20, 0x55), "cat.png: not a readable PNG: CRC mismatch"],
    ["no pixels at all", png({ width: 4, height: 4, colour: 0, depth: 8, lines: [] }), "cat.png: not a readable PNG"],
    [
      "too many pixels",
      png({ width: 60_000, height: 60_000, colour: 0, depth: 8, lines: [] }),
      "60000 × 60000 pixels, but at most 100000000 are decoded",
    ],
    [
      "interlaced bits",
      png({ ...two, colour: 0, depth: 1, lines: [[0]], interlace: true }),
      "interlaced with 1 bits a channel; save it without interlacing",
    ],
  ])("%s is refused in one line that names the file", async (_, bytes, message) => {
    const error: Error = await decodePixels(bytes, "cat.png").then(
      () => new Error("decoded"),
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ name: "PipelineError", code: "data" });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("\n");
  });
});

describe("JPEG", () => {
  const flat = (red: number, green: number, blue: number): Uint8Array => {
    const data = new Uint8Array(16 * 16 * 4).map((_, i) => [red, green, blue, 255][i % 4] as number);
    return new Uint8Array(encode({ width: 16, height: 16, data }, 100).data);
  };

  test("decodes to colour, within what the format loses", async () => {
    const pixels = await decodePixels(flat(200, 100, 50), "a.jpg");
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([16, 16, 3]);
    for (const [c, value] of [200, 100, 50].entries()) expect(Math.abs((pixels.data[c] as number) - value)).toBeLessThanOrEqual(2);
    expect(isGrey(pixels)).toBe(false);
    expect(isGrey(await decodePixels(flat(90, 90, 90), "b.jpg"))).toBe(true);
  });

  test("a truncated or damaged file is refused", async () => {
    const bytes = flat(200, 100, 50);
    await expect(decodePixels(bytes.subarray(0, bytes.length - 10), "a.jpg")).rejects.toThrow(
      "a.jpg: not a readable JPEG: its end is missing",
    );
    const noise = bytes.map((byte, i) => (i > 20 && i < 200 ? (i * 91) & 255 : byte));
    await expect(decodePixels(noise, "a.jpg")).rejects.toThrow("a.jpg: not a readable JPEG");
  });
});

describe("decodeImage", () => {
  test("gives exactly the size asked for", async () => {
    expect(await decodeImage(greyPng(2, 2, 9), { height: 2, width: 2, channels: 1 })).toEqual(Uint8Array.of(9, 9, 9, 9));
    expect(await decodeImage(greyPng(2, 2, 9), { height: 1, width: 1, channels: 3 })).toEqual(Uint8Array.of(9, 9, 9));
    // 0.299 · 10 + 0.587 · 20 + 0.114 · 30 = 18.15
    expect(await decodeImage(colourPng(5, 3, [10, 20, 30]), { height: 1, width: 2, channels: 1 })).toEqual(Uint8Array.of(18, 18));
  });

  test("rounds what resizing computes to the nearest byte", async () => {
    const ramp = png({ width: 2, height: 1, colour: 0, depth: 8, lines: [[0, 10]] });
    // Output centres 0.25 · {−1, 1, 3, 5}, held at the edge: 0, 2.5, 7.5, 10.
    expect(await decodeImage(ramp, { height: 1, width: 4, channels: 1 })).toEqual(Uint8Array.of(0, 3, 8, 10));
  });
});

interface ResizeCase {
  readonly op: string;
  readonly id: string;
  readonly params: { readonly size: [number, number]; readonly mode: string; readonly alignCorners: boolean | null };
  readonly inputs: { readonly x: { readonly shape: number[]; readonly data: number[] } };
  readonly outputs: { readonly y: { readonly data: number[] } };
}

describe.skipIf(noGolden)("resize against PyTorch (needs ../shared/golden)", () => {
  const cases = (golden<ResizeCase>("image") ?? []).filter(
    (c) => c.op === "resize" && c.params.mode === "bilinear" && c.params.alignCorners === false,
  );

  test.each(cases)("$id", ({ params, inputs, outputs }) => {
    const [, channels, height, width] = inputs.x.shape as [number, number, number, number];
    const [toHeight, toWidth] = params.size;
    const nhwc = Float32Array.from(inputs.x.data, (_, i) => {
      const c = i % channels;
      return inputs.x.data[c * height * width + Math.floor(i / channels)] as number;
    });
    const y = resize(nhwc, { height, width, channels }, { height: toHeight, width: toWidth });
    outputs.y.data.forEach((expected, i) => {
      const c = Math.floor(i / (toHeight * toWidth));
      expect(Math.abs((y[(i % (toHeight * toWidth)) * channels + c] as number) - expected)).toBeLessThan(1e-6);
    });
    expect(cases.length).toBeGreaterThan(2);
  });
});
