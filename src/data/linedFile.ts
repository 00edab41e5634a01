// Which line of which file a row was read from.

export interface LinedFile {
  readonly name: string;
  /** For each of its rows, those that were left out among them, the line in which it begins, counted from 1. */
  readonly lines: Uint32Array;
}

/** Where a row stood, for somebody who wants to look at it there. Ids count through the files, one behind the other. */
export function placeInFile(files: readonly LinedFile[], id: number): { readonly file: string; readonly line: number } | undefined {
  let first = 0;
  for (const { name, lines } of files) {
    const line = lines[id - first];
    if (line !== undefined) return { file: name, line };
    first += lines.length;
  }
  return undefined;
}
