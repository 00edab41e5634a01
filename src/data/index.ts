// Every source by its kind. A new source is its file and one line here.
import type { Descriptor } from "../check.ts";
import { arraysKind } from "./arrays.ts";
import { idxKind } from "./idx.ts";
import { imagesKind } from "./images.ts";
import { fashionMnistKind, mnistKind } from "./mnist.ts";
import { strokesKind } from "./strokes.ts";
import type { SourceKind } from "./table.ts";

export const sources: Readonly<Record<string, SourceKind<Descriptor>>> = {
  arrays: arraysKind,
  fashionMnist: fashionMnistKind,
  idx: idxKind,
  images: imagesKind,
  mnist: mnistKind,
  strokes: strokesKind,
};
