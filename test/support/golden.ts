// Golden numbers computed by PyTorch, scikit-learn and Keras, read from ../shared/golden beside the repository. Where that folder
// is absent the tests that need it are skipped.
import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../../../shared/golden/", import.meta.url);
const special: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** For `describe.skipIf(noGolden)(…)`. */
export const noGolden = !existsSync(folder);

/** The cases of one file, such as "activations" or "keras/metrics"; undefined when there are none here. */
export function golden<Case>(name: string): Case[] | undefined {
  const file = new URL(`${name}.json`, folder);
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, "utf8"), (_, value: unknown) =>
    typeof value === "string" && Object.hasOwn(special, value) ? special[value] : value,
  ) as Case[];
}
