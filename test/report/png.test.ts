import { decode } from "fast-png";
import { expect, it } from "vitest";
import { fromBase64, toBase64 } from "../../src/base64.ts";
import { png } from "../../src/report/png.ts";

it.each([
  [1, 1, 1],
  [28, 28, 1],
  [3, 5, 3],
  [96, 96, 3],
  [300, 300, 1],
] as const)("another decoder reads a PNG of %d × %d pixels with %d channels", (height, width, channels) => {
  const pixels = Uint8Array.from({ length: height * width * channels }, (_, i) => (i * 37) % 256);
  const picture = decode(png({ height, width, channels, pixels }), { checkCrc: true });
  expect([picture.height, picture.width, picture.channels, picture.depth]).toEqual([height, width, channels, 8]);
  expect(Uint8Array.from(picture.data)).toEqual(pixels);
});

it("bytes come back from base64, many of them, too", () => {
  for (const length of [0, 1, 2, 3, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i % 256);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  }
});
