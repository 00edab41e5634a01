// The Large Movie Review Dataset (Maas et al., 2011): 25,000 training and 25,000 test reviews, half of each negative, half positive.
import { type Descriptor, describe, type Rules } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { decodeText, strictDecoder } from "./decodeText.ts";
import { jsonlTexts } from "./jsonlTexts.ts";
import { openBytes } from "./openBytes.ts";
import { inMemory } from "./readableFile.ts";
import type { FileRequest, SourceIo, SourceKind, Table } from "./table.ts";
import { tarFiles } from "./tar.ts";
import { textRows, textTable } from "./textTable.ts";

export interface ImdbSource extends Descriptor {
  readonly kind: "imdb";
}

const rules: Rules = {};

/**
 * Film reviews: columns `text`, with the HTML line breaks that reviews have, and `label`, classes "neg" and "pos"; the official test set is
 * marked. Reads `imdb/imdb_train.jsonl.gz` and `imdb/imdb_test.jsonl.gz` where they are at hand, and otherwise the original archive,
 * `imdb/aclImdb_v1.tar.gz` (84 MB). Both give the same rows in the same order: training before test, positive before negative.
 */
export const imdb = (): ImdbSource => describe<ImdbSource>("imdb", {}, rules);

const archive: FileRequest = {
  name: "imdb/aclImdb_v1.tar.gz",
  url: "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
  bytes: 84125825,
  sha256: "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
};
const trainLines: FileRequest = {
  name: "imdb/imdb_train.jsonl.gz",
  bytes: 13004343,
  sha256: "5243133e2a5ca293416921571c7437e3df5abc0b8c5b22ccb51ea4e532db31be",
};
const testLines: FileRequest = {
  name: "imdb/imdb_test.jsonl.gz",
  bytes: 12700307,
  sha256: "1769fc89bbfbbac3a483ed42af0f6a5c928974c5253d3eca6cd87157c02c5d7c",
};

const classes = ["neg", "pos"];

export const imdbKind: SourceKind<ImdbSource> = {
  kind: "imdb",
  rules,
  async load(_, io) {
    const train = await atHand(trainLines, io);
    if (train === undefined) return archiveTable(await io.file(archive), archive.name, io);
    return jsonlTexts(inMemory(train, trainLines.name), inMemory(await io.file(testLines), testLines.name), { classes }, io);
  },
};

/** The file, unless nobody has it: it stands nowhere in the network. */
async function atHand(request: FileRequest, io: SourceIo): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await io.file(request);
  } catch (error) {
    if (error instanceof PipelineError && error.code === "io") return undefined;
    throw error;
  }
}

interface Review {
  readonly id: number;
  readonly test: boolean;
  readonly positive: boolean;
  readonly text: string;
}

const REVIEWS = 50_000;
/** Far above the longest review, and far below what a damaged header may announce. */
const MOST_BYTES = 1 << 26;

/** The labelled reviews of the archive, whose order is that of the file system that it was made on. */
export async function archiveTable(bytes: Uint8Array<ArrayBuffer>, name: string, io: SourceIo, expected: number = REVIEWS): Promise<Table> {
  const pattern = /(?:^|\/)(train|test)\/(neg|pos)\/(\d+)_\d+\.txt$/;
  const decoder = strictDecoder();
  const reviews: Review[] = [];
  for await (const file of tarFiles(openBytes(bytes, name), name, MOST_BYTES, (path) => pattern.test(path))) {
    io.signal.throwIfAborted();
    if (reviews.length % 1000 === 0) io.progress(reviews.length, expected, "unpacking reviews");
    const [, set, label, id] = pattern.exec(file.name) as RegExpExecArray;
    const text = decodeText(decoder, file.bytes, `${name} ${file.name}`);
    reviews.push({ id: Number(id), test: set === "test", positive: label === "pos", text });
  }
  if (reviews.length !== expected)
    throw new PipelineError("data", name, `expected ${expected} labelled reviews in train/ and test/, found ${reviews.length}`);
  io.progress(expected, expected, "unpacking reviews");
  reviews.sort((a, b) => Number(a.test) - Number(b.test) || Number(b.positive) - Number(a.positive) || a.id - b.id);
  const rows = textRows();
  for (const review of reviews) {
    rows.texts.push(review.text);
    rows.labels.push(review.positive ? "pos" : "neg");
    rows.test.push(review.test ? 1 : 0);
  }
  return textTable(rows, { text: "text", target: "label", classes, where: (i) => `review ${reviews[i]?.id}` });
}
