// MNIST and Fashion-MNIST: 60,000 training and 10,000 test pictures, 28 × 28 bytes, ten classes, from the original IDX files.
import { type Descriptor, describe, type Rules } from "../check.ts";
import { type IdxFile, idxTable, openIdx } from "./idx.ts";
import type { FileRequest, SourceIo, SourceKind, Table } from "./table.ts";

export interface MnistSource extends Descriptor {
  readonly kind: "mnist";
}

export interface FashionMnistSource extends Descriptor {
  readonly kind: "fashionMnist";
}

const rules: Rules = {};

/** Handwritten digits (LeCun, Cortes, Burges): columns `image`, u8 [28, 28], and `label`; the official test set is marked. */
export const mnist = (): MnistSource => describe<MnistSource>("mnist", {}, rules);

/** Pictures of clothes (Zalando), a harder drop-in for MNIST: the same columns and sizes. */
export const fashionMnist = (): FashionMnistSource => describe<FashionMnistSource>("fashionMnist", {}, rules);

interface Files {
  readonly trainImages: FileRequest;
  readonly trainLabels: FileRequest;
  readonly testImages: FileRequest;
  readonly testLabels: FileRequest;
}

/** The four original files of a set, by name, size and checksum. */
function files(folder: string, url: string, known: Readonly<Record<keyof Files, readonly [bytes: number, sha256: string]>>): Files {
  const file = (name: string, [bytes, sha256]: readonly [number, string]): FileRequest => ({
    name: `${folder}/${name}-ubyte.gz`,
    url: `${url}/${name}-ubyte.gz`,
    bytes,
    sha256,
  });
  return {
    trainImages: file("train-images-idx3", known.trainImages),
    trainLabels: file("train-labels-idx1", known.trainLabels),
    testImages: file("t10k-images-idx3", known.testImages),
    testLabels: file("t10k-labels-idx1", known.testLabels),
  };
}

const digits = files("mnist", "https://storage.googleapis.com/cvdf-datasets/mnist", {
  trainImages: [9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"],
  trainLabels: [28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"],
  testImages: [1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"],
  testLabels: [4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"],
});

const clothes = files("fashion-mnist", "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion", {
  trainImages: [26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"],
  trainLabels: [29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"],
  testImages: [4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"],
  testLabels: [5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"],
});

const digitNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const clothNames = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

async function load(set: Files, classes: readonly string[], io: SourceIo): Promise<Table> {
  const open = async (request: FileRequest): Promise<IdxFile> => openIdx(await io.file(request), request.name);
  const train = { images: await open(set.trainImages), labels: await open(set.trainLabels) };
  const test = { images: await open(set.testImages), labels: await open(set.testLabels) };
  return idxTable(train, test, io, classes);
}

export const mnistKind: SourceKind<MnistSource> = { kind: "mnist", rules, load: (_, io) => load(digits, digitNames, io) };

export const fashionMnistKind: SourceKind<FashionMnistSource> = {
  kind: "fashionMnist",
  rules,
  load: (_, io) => load(clothes, clothNames, io),
};
