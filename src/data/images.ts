// A folder of pictures: its sub-folders are the classes. Where these stand inside train/ and test/, those are the two sets.
import { boolean, type Descriptor, describe, listOf, oneOf, optional, positiveInteger, type Rules, string } from "../check.ts";
import { type ClassFile, classFiles, joinPath } from "./classFolders.ts";
import { fitPixels } from "./decodeImage.ts";
import { decodePixels, isGrey, type Pixels } from "./pixels.ts";
import type { Misfit, SourceKind, Table } from "./table.ts";

export interface ImagesSource extends Descriptor {
  readonly kind: "images";
  readonly folder: string;
  readonly size?: readonly [height: number, width: number];
  readonly channels?: 1 | 3;
  readonly split?: boolean;
}

const rules: Rules = {
  folder: string,
  size: optional(listOf(positiveInteger, 2)),
  channels: optional(oneOf(1, 3)),
  split: optional(boolean),
};

/**
 * PNG and JPEG files in one sub-folder a class, or in train/ and test/ folders of such (the given test set; `split: false` takes these
 * two for classes). Gives `image`, u8 [height, width, channels], and `label`, with classes in alphabetical order. `size`
 * [height, width] resizes every picture; without it all must be of one size. `channels` is 1 (grey) or 3; by default 1 when every
 * picture is grey. Other files are skipped with a warning.
 */
export function images(folder: string, settings: Omit<ImagesSource, "kind" | "folder"> = {}): ImagesSource {
  return describe<ImagesSource>("images", { ...settings, folder }, rules);
}

export const imagesKind: SourceKind<ImagesSource> = {
  kind: "images",
  rules,
  async load(source, io) {
    const found = await classFiles({ ...source, ...pictures }, io);
    const decoded: Pixels[] = [];
    for (const { path } of found) {
      io.signal.throwIfAborted();
      if (decoded.length % 100 === 0) io.progress(decoded.length, found.length, "decoding pictures");
      const name = joinPath(source.folder, path);
      decoded.push(settle(await decodePixels(await io.read(name), name), source));
    }
    io.progress(found.length, found.length, "decoding pictures");
    return assemble(found, decoded);
  },
};

const pictures = {
  pattern: /\.(png|jpe?g)$/i,
  things: "pictures",
  expected: "PNG or JPEG files",
  other: "they are not .png or .jpg",
};

/** To the channels asked for (or to grey where that loses nothing) and the size asked for: one photograph at a time is large. */
function settle(pixels: Pixels, { channels, size }: ImagesSource): Pixels {
  const wanted = channels ?? (isGrey(pixels) ? 1 : 3);
  const [height, width] = size ?? [pixels.height, pixels.width];
  return { height, width, channels: wanted, data: fitPixels(pixels, { height, width, channels: wanted }) };
}

function assemble(found: readonly ClassFile[], decoded: readonly Pixels[]): Table {
  const { height, width } = decoded[0] as Pixels;
  const channels = decoded.every((pixels) => pixels.channels === 1) ? 1 : 3;
  const fits = (pixels: Pixels): boolean => pixels.width === width && pixels.height === height;
  const kept = [...found.keys()].filter((i) => fits(decoded[i] as Pixels));
  const misfits = [...found.keys()].flatMap((id): Misfit[] => {
    const { width: w, height: h } = decoded[id] as Pixels;
    const reason = `${found[id]?.path} is ${h} × ${w}, but ${found[0]?.path} is ${height} × ${width} (images' size would resize them)`;
    return fits(decoded[id] as Pixels) ? [] : [{ id, reason }];
  });
  const classes = [...new Set(found.map((file) => file.class))].sort();
  const data = new Uint8Array(kept.length * height * width * channels);
  kept.forEach((i, row) => {
    data.set(fitPixels(decoded[i] as Pixels, { height, width, channels }), row * height * width * channels);
  });
  const files = kept.map((i) => found[i] as ClassFile);
  return {
    rows: kept.length,
    columns: {
      image: { type: "numeric", shape: [height, width, channels], data },
      label: { type: "numeric", shape: [], data: Int32Array.from(files, (file) => classes.indexOf(file.class)), classes },
    },
    inputs: ["image"],
    target: "label",
    ids: Uint32Array.from(kept),
    ...(files.some((file) => file.test) && { givenTest: Uint8Array.from(files, (file) => (file.test ? 1 : 0)) }),
    ...(misfits.length > 0 && { misfits }),
  };
}
