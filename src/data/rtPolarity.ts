// Sentence polarity (Pang and Lee, 2005): 5,331 negative and 5,331 positive sentences from film reviews, in lower case.
import { type Descriptor, describe, type Rules } from "../check.ts";
import { type LinesFile, linesTable } from "./lines.ts";
import type { FileRequest, SourceKind } from "./table.ts";

export interface RtPolaritySource extends Descriptor {
  readonly kind: "rtPolarity";
}

const rules: Rules = {};

/** One sentence a row: columns `text` and `label`, classes "neg" and "pos". There is no official test set. */
export const rtPolarity = (): RtPolaritySource => describe<RtPolaritySource>("rtPolarity", {}, rules);

const url = "https://raw.githubusercontent.com/dennybritz/cnn-text-classification-tf/master/data/rt-polaritydata";
const files: Readonly<Record<"neg" | "pos", FileRequest>> = {
  neg: {
    name: "rt-polarity/rt-polarity.neg",
    url: `${url}/rt-polarity.neg`,
    bytes: 612506,
    sha256: "2d11cfbc790f1cd96d78339f41ce53ced1efa83cd22d37d6788fa3fe3d17e2fd",
  },
  pos: {
    name: "rt-polarity/rt-polarity.pos",
    url: `${url}/rt-polarity.pos`,
    bytes: 626395,
    sha256: "4134882974a28d0c7b5151256f0e33a6169984ee7372c279e673f1114f475d58",
  },
};

export const rtPolarityKind: SourceKind<RtPolaritySource> = {
  kind: "rtPolarity",
  rules,
  async load(_, io) {
    const open = async (label: "neg" | "pos"): Promise<LinesFile> => ({
      ...(await io.open(files[label])),
      label,
    });
    return linesTable([await open("neg"), await open("pos")], {}, io);
  },
};
