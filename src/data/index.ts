// Every source by its kind. A new source is its file and one line here.
import type { Descriptor } from "../check.ts";
import { arraysKind } from "./arrays.ts";
import { csvKind } from "./csv.ts";
import { idxKind } from "./idx.ts";
import { imagesKind } from "./images.ts";
import { imdbKind } from "./imdb.ts";
import { jsonKind } from "./json.ts";
import { jsonlKind } from "./jsonl.ts";
import { linesKind } from "./lines.ts";
import { fashionMnistKind, mnistKind } from "./mnist.ts";
import { nextCharactersKind, tinyShakespeareKind } from "./nextCharacters.ts";
import { parquetKind } from "./parquet.ts";
import { rtPolarityKind } from "./rtPolarity.ts";
import { strokesKind } from "./strokes.ts";
import type { SourceKind } from "./table.ts";
import { textFolderKind } from "./textFolder.ts";

const all = {
  arrays: arraysKind,
  csv: csvKind,
  fashionMnist: fashionMnistKind,
  idx: idxKind,
  images: imagesKind,
  imdb: imdbKind,
  json: jsonKind,
  jsonl: jsonlKind,
  lines: linesKind,
  mnist: mnistKind,
  nextCharacters: nextCharactersKind,
  parquet: parquetKind,
  rtPolarity: rtPolarityKind,
  strokes: strokesKind,
  textFolder: textFolderKind,
  tinyShakespeare: tinyShakespeareKind,
} satisfies Readonly<Record<string, SourceKind<Descriptor>>>;

export type SourceName = keyof typeof all;

export const sources: Readonly<Record<string, SourceKind<Descriptor>>> = all;
