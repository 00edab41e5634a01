// Folders as labels: files in one sub-folder a class. Where these stand inside train/ and test/, those are the two sets.
import { PipelineError } from "../errors.ts";
import type { SourceIo } from "./table.ts";

export interface ClassFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly class: string;
  readonly test: boolean;
}

export interface ClassFolders {
  readonly folder: string;
  /** Whether train/ and test/ are the two sets (default) or classes. */
  readonly split?: boolean | undefined;
  /** The only classes wanted. */
  readonly classes?: readonly string[] | undefined;
  readonly pattern: RegExp;
  /** For messages: what the files are ("pictures"), what they should be ("PNG or JPEG files"), and what is wrong with others. */
  readonly things: string;
  readonly expected: string;
  readonly other: string;
}

/** The files that match, in the order of their paths. Others are counted in a warning; it is an error when there are none that match. */
export async function classFiles(
  { folder, pattern, things, ...wanted }: ClassFolders,
  io: Pick<SourceIo, "list" | "warn">,
): Promise<ClassFile[]> {
  const paths = await io.list(folder);
  const matching = paths.filter((path) => pattern.test(path) && !path.split("/").some((part) => part.startsWith(".")));
  const deep = matching.filter((path) => path.split("/").length > 2);
  const top = new Set(deep.map((path) => path.split("/")[0] as string));
  const divided = wanted.split !== false && top.has("train") && top.has("test");
  const inFolders = matching.flatMap((path): ClassFile[] => {
    const parts = path.split("/").slice(0, -1);
    const set = divided ? parts.shift() : "train";
    const name = parts[0];
    if (name === undefined) return [];
    if (set !== "train" && set !== "test") {
      const way = `move its ${things} into train/ (split.validation sets rows aside) or set split: false`;
      throw new PipelineError("data", folder, `expected train/ and test/ only, got also ${set}/; ${way}`);
    }
    return [{ path, class: name, test: set === "test" }];
  });
  if (inFolders.length === 0)
    throw new PipelineError(
      "data",
      folder,
      `no ${things}: expected ${wanted.expected} in one sub-folder a class, got ${paths.length} other files`,
    );
  const skipped = paths.length - inFolders.length;
  if (skipped > 0) io.warn(folder, `${skipped} files are skipped: ${wanted.other}, or in no class folder`);
  return wanted.classes === undefined ? inFolders : onlyClasses(inFolders, wanted.classes, folder, io);
}

function onlyClasses(files: readonly ClassFile[], classes: readonly string[], folder: string, io: Pick<SourceIo, "warn">): ClassFile[] {
  const there = new Set(files.map((file) => file.class));
  const absent = classes.filter((name) => !there.has(name));
  if (absent.length > 0)
    throw new PipelineError("data", folder, `there is no folder for ${absent.join(", ")}; there are ${[...there].join(", ")}`);
  const others = [...there].filter((name) => !classes.includes(name));
  if (others.length > 0) io.warn(folder, `left out, for they are not among the classes: ${others.join(", ")}`);
  return files.filter((file) => classes.includes(file.class));
}

export const joinPath = (folder: string, path: string): string => `${folder.replace(/\/+$/, "")}/${path}`;
