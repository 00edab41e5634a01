// One long text as rows for a model that writes: some characters, and for each of them the one that follows.
import { type Descriptor, describe, number, optional, positiveInteger, type Rules, string } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { decodeText, encodingRule, strictDecoder, withoutMark } from "./decodeText.ts";
import { allOf, byteChunks } from "./openBytes.ts";
import type { FileRequest, SourceIo, SourceKind, Table } from "./table.ts";

interface Windows {
  readonly length?: number;
  readonly stride?: number;
  readonly test?: number;
}

export interface NextCharactersSource extends Descriptor, Windows {
  readonly kind: "nextCharacters";
  readonly path: string;
  readonly encoding?: string;
}

export interface TinyShakespeareSource extends Descriptor, Windows {
  readonly kind: "tinyShakespeare";
}

const windowRules: Rules = {
  length: optional(positiveInteger),
  stride: optional(positiveInteger),
  test: optional(number({ above: 0, below: 1 })),
};
const rules: Rules = { ...windowRules, path: string, encoding: optional(encodingRule) };

/**
 * A text file, gzip or not, by path or URL, cut into rows of `length` characters (default 100; code points). Gives the columns `text`, and
 * `next`, i32 [length]: for each character the number of the one that follows it, with the text's characters as classes. A row begins every
 * `stride` characters (default `length`: rows do not overlap). `test` is the share at the end of the text that is the given test set; no
 * row reaches over its border. Divide `text` by tokenize({ by: "characters" }); stages that change it would part it from `next`.
 */
export function nextCharacters(settings: Omit<NextCharactersSource, "kind">): NextCharactersSource {
  return describe<NextCharactersSource>("nextCharacters", settings, rules);
}

/** A million characters of Shakespeare's plays (65 distinct; Karpathy's char-rnn), as rows of nextCharacters(). */
export function tinyShakespeare(settings: Omit<TinyShakespeareSource, "kind"> = {}): TinyShakespeareSource {
  return describe<TinyShakespeareSource>("tinyShakespeare", settings, windowRules);
}

export const nextCharactersKind: SourceKind<NextCharactersSource> = {
  kind: "nextCharacters",
  rules,
  load: async (source, io) => characterTable({ name: source.path, bytes: await io.read(source.path) }, source, io, source.encoding),
};

const shakespeare: FileRequest = {
  name: "tinyshakespeare/input.txt",
  url: "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
  bytes: 1115394,
  sha256: "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
};

export const tinyShakespeareKind: SourceKind<TinyShakespeareSource> = {
  kind: "tinyShakespeare",
  rules: windowRules,
  load: async (source, io) => characterTable({ name: shakespeare.name, bytes: await io.file(shakespeare) }, source, io),
};

interface Named {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

async function characterTable({ name, bytes }: Named, windows: Windows, io: SourceIo, encoding?: string): Promise<Table> {
  const { length = 100, stride = length, test = 0 } = windows;
  const unpacked = await allOf(byteChunks(bytes, name, (taken) => io.progress(taken, bytes.length, `reading ${name}`)));
  io.signal.throwIfAborted();
  const { ids, classes } = numbered(withoutMark(decodeText(strictDecoder(encoding), unpacked, name)));
  const border = Math.round(ids.length * (1 - test));
  const starts = [...beginnings(0, border, length, stride), ...beginnings(border, ids.length, length, stride)];
  const first = starts.findIndex((start) => start >= border);
  if (starts.length === 0 || (test > 0 && first <= 0)) {
    const part = test > 0 ? ` (${border} for training)` : "";
    throw new PipelineError("data", name, `the text has ${ids.length} characters${part}, but a row takes ${length + 1}; lower length`);
  }
  const next = new Int32Array(starts.length * length);
  const values = starts.map((start, row) => {
    next.set(ids.subarray(start + 1, start + 1 + length), row * length);
    let text = "";
    for (const id of ids.subarray(start, start + length)) text += classes[id];
    return text;
  });
  return {
    rows: starts.length,
    columns: { text: { type: "text", values }, next: { type: "numeric", shape: [length], data: next, classes } },
    inputs: ["text"],
    target: "next",
    ids: Uint32Array.from(starts.keys()),
    ...(test > 0 && { givenTest: Uint8Array.from(starts, (_, row) => (row < first ? 0 : 1)) }),
  };
}

/** Where rows begin of which all characters, and the one after them, lie in [from, to). */
function beginnings(from: number, to: number, length: number, stride: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from - length - 1) / stride) + 1) }, (_, i) => from + i * stride);
}

/** The distinct characters in their order, and the text as their numbers. */
function numbered(text: string): { ids: Int32Array; classes: string[] } {
  const classes = [...new Set(text)].sort();
  const numbers = new Map(classes.map((character, i) => [character, i]));
  const ids = new Int32Array(text.length);
  let length = 0;
  for (const character of text) ids[length++] = numbers.get(character) as number;
  return { ids: ids.subarray(0, length), classes };
}
