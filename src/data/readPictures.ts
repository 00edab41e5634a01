// Files of pictures → a table. The decoders are large: this is loaded when a source has found pictures.
import { type ClassFile, joinPath } from "./classFolders.ts";
import { fitPixels } from "./decodeImage.ts";
import type { ImagesSource } from "./images.ts";
import { decodePixels, isGrey, type Pixels } from "./pixels.ts";
import type { Misfit, SourceIo, Table } from "./table.ts";

export async function readPictures(found: readonly ClassFile[], source: ImagesSource, io: SourceIo): Promise<Table> {
  const decoded: Pixels[] = [];
  for (const { path } of found) {
    io.signal.throwIfAborted();
    if (decoded.length % 100 === 0) io.progress(decoded.length, found.length, "decoding pictures");
    const name = joinPath(source.folder, path);
    decoded.push(settle(await decodePixels(await io.read(name), name), source));
  }
  io.progress(found.length, found.length, "decoding pictures");
  return assemble(found, decoded);
}

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
