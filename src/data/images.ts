// A folder of pictures: its sub-folders are the classes. Where these stand inside train/ and test/, those are the two sets.
import { boolean, type Descriptor, describe, listOf, oneOf, optional, positiveInteger, type Rules, string } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { fitPixels } from "./decodeImage.ts";
import { decodePixels, isGrey, type Pixels } from "./pixels.ts";
import type { Misfit, SourceIo, SourceKind, Table } from "./table.ts";

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

interface Picture {
  readonly path: string;
  readonly class: string;
  readonly test: boolean;
}

export const imagesKind: SourceKind<ImagesSource> = {
  kind: "images",
  rules,
  async load(source, io) {
    const found = await findPictures(source, io);
    const decoded: Pixels[] = [];
    for (const { path } of found) {
      io.signal.throwIfAborted();
      if (decoded.length % 100 === 0) io.progress(decoded.length, found.length, "decoding pictures");
      const name = join(source.folder, path);
      decoded.push(settle(await decodePixels(await io.read(name), name), source));
    }
    io.progress(found.length, found.length, "decoding pictures");
    return assemble(found, decoded);
  },
};

const join = (folder: string, path: string): string => `${folder.replace(/\/+$/, "")}/${path}`;

/** To the channels asked for (or to grey where that loses nothing) and the size asked for: one photograph at a time is large. */
function settle(pixels: Pixels, { channels, size }: ImagesSource): Pixels {
  const wanted = channels ?? (isGrey(pixels) ? 1 : 3);
  const [height, width] = size ?? [pixels.height, pixels.width];
  return { height, width, channels: wanted, data: fitPixels(pixels, { height, width, channels: wanted }) };
}

async function findPictures(source: ImagesSource, io: SourceIo): Promise<Picture[]> {
  const paths = await io.list(source.folder);
  const pictures = paths.filter((path) => /\.(png|jpe?g)$/i.test(path) && !path.split("/").some((part) => part.startsWith(".")));
  const top = new Set(pictures.map((path) => path.split("/")[0] as string));
  const divided = source.split !== false && top.has("train") && top.has("test") && pictures.some((path) => path.split("/").length > 2);
  const found = pictures.flatMap((path): Picture[] => {
    const parts = path.split("/").slice(0, -1);
    const set = divided ? parts.shift() : "train";
    const name = parts[0];
    if (set !== "train" && set !== "test") {
      const way = "move its pictures into train/ (split.validation sets rows aside) or set split: false";
      throw new PipelineError("data", source.folder, `expected train/ and test/ only, got also ${set}/; ${way}`);
    }
    return name === undefined ? [] : [{ path, class: name, test: set === "test" }];
  });
  if (found.length === 0) {
    throw new PipelineError(
      "data",
      source.folder,
      `no pictures: expected PNG or JPEG files in one sub-folder a class, got ${paths.length} other files`,
    );
  }
  const skipped = paths.length - found.length;
  if (skipped > 0) io.warn(source.folder, `${skipped} files are skipped: they are not .png or .jpg, or in no class folder`);
  return found;
}

function assemble(found: readonly Picture[], decoded: readonly Pixels[]): Table {
  const { height, width } = decoded[0] as Pixels;
  const channels = decoded.every((pixels) => pixels.channels === 1) ? 1 : 3;
  const fits = (pixels: Pixels): boolean => pixels.width === width && pixels.height === height;
  const kept = [...found.keys()].filter((i) => fits(decoded[i] as Pixels));
  const misfits = [...found.keys()].flatMap((id): Misfit[] => {
    const { width: w, height: h } = decoded[id] as Pixels;
    const reason = `${found[id]?.path} is ${h} × ${w}, but ${found[0]?.path} is ${height} × ${width} (images' size would resize them)`;
    return fits(decoded[id] as Pixels) ? [] : [{ id, reason }];
  });
  const classes = [...new Set(found.map((picture) => picture.class))].sort();
  const data = new Uint8Array(kept.length * height * width * channels);
  kept.forEach((i, row) => {
    data.set(fitPixels(decoded[i] as Pixels, { height, width, channels }), row * height * width * channels);
  });
  const pictures = kept.map((i) => found[i] as Picture);
  return {
    rows: kept.length,
    columns: {
      image: { type: "numeric", shape: [height, width, channels], data },
      label: { type: "numeric", shape: [], data: Int32Array.from(pictures, (picture) => classes.indexOf(picture.class)), classes },
    },
    inputs: ["image"],
    target: "label",
    ids: Uint32Array.from(kept),
    ...(pictures.some((picture) => picture.test) && { givenTest: Uint8Array.from(pictures, (picture) => (picture.test ? 1 : 0)) }),
    ...(misfits.length > 0 && { misfits }),
  };
}
