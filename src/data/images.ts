// A folder of pictures: its sub-folders are the classes. Where these stand inside train/ and test/, those are the two sets.
import { boolean, type Descriptor, describe, listOf, oneOf, optional, positiveInteger, type Rules, string } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { classFiles } from "./classFolders.ts";
import type { SourceKind } from "./table.ts";

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
    const { readPictures } = await decoders(source.folder);
    return readPictures(found, source, io);
  },
};

/** A page's Worker is built without them. */
async function decoders(folder: string): Promise<typeof import("./readPictures.ts")> {
  try {
    return await import("./readPictures.ts");
  } catch (error) {
    throw new PipelineError("environment", folder, "a page's Worker does not decode pictures; pass { worker: false }", error);
  }
}

const pictures = {
  pattern: /\.(png|jpe?g)$/i,
  things: "pictures",
  expected: "PNG or JPEG files",
  other: "they are not .png or .jpg",
};
