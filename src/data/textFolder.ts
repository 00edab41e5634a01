// A folder of text files: its sub-folders are the classes. Where these stand inside train/ and test/, those are the two sets.
import { boolean, type Descriptor, describe, listOf, optional, type Rules, string } from "../check.ts";
import { classFiles, joinPath } from "./classFolders.ts";
import { decodeText, encodingRule, strictDecoder, withoutMark } from "./decodeText.ts";
import type { SourceKind } from "./table.ts";
import { textRows, textTable } from "./textTable.ts";

export interface TextFolderSource extends Descriptor {
  readonly kind: "textFolder";
  readonly folder: string;
  readonly classes?: readonly string[];
  readonly split?: boolean;
  readonly encoding?: string;
}

const rules: Rules = {
  folder: string,
  classes: optional(listOf(string)),
  split: optional(boolean),
  encoding: optional(encodingRule),
};

/** How many files are asked for at once: they are small, and most of the time goes into waiting. */
const AT_ONCE = 32;

/**
 * One .txt file a row, in one sub-folder a class, or in train/ and test/ folders of such (the given test set; `split: false` takes these
 * two for classes), as in aclImdb and in Keras's text_dataset_from_directory. Gives the columns `text` and `label`, with classes in
 * alphabetical order or as `classes` lists them, which leaves other folders out. `encoding` defaults to "utf-8". Other files are skipped
 * with a warning.
 */
export function textFolder(folder: string, settings: Omit<TextFolderSource, "kind" | "folder"> = {}): TextFolderSource {
  return describe<TextFolderSource>("textFolder", { ...settings, folder }, rules);
}

export const textFolderKind: SourceKind<TextFolderSource> = {
  kind: "textFolder",
  rules,
  async load(source, io) {
    const texts = { pattern: /\.txt$/i, things: "texts", expected: ".txt files", other: "they are not .txt" };
    const files = await classFiles({ ...source, ...texts }, io);
    const decoder = strictDecoder(source.encoding);
    const rows = textRows();
    for (let i = 0; i < files.length; i += AT_ONCE) {
      io.signal.throwIfAborted();
      io.progress(i, files.length, "reading texts");
      const names = files.slice(i, i + AT_ONCE).map((file) => joinPath(source.folder, file.path));
      const read = await Promise.all(names.map((name) => io.read(name)));
      read.forEach((bytes, k) => {
        rows.texts.push(withoutMark(decodeText(decoder, bytes, names[k] as string)));
      });
    }
    io.progress(files.length, files.length, "reading texts");
    for (const file of files) {
      rows.labels.push(file.class);
      rows.test.push(file.test ? 1 : 0);
    }
    const where = (i: number): string => joinPath(source.folder, files[i]?.path ?? "");
    return textTable(rows, { text: "text", target: "label", classes: source.classes, where });
  },
};
