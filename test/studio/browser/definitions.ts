// Pipelines that train in a second or two, as a user would have them in files.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const definitions = {
  digits: `import { crop, dense, flatten, minMax, pipeline, rotate, strokes } from "lanewise";
export default pipeline({
  source: strokes({ rows: 4000, test: 500 }),
  normalize: [minMax({ to: [0, 1] })],
  augment: [rotate({ degrees: 8 }), crop({ padding: 2 })],
  split: { test: "given", validation: 0.1 },
  model: [flatten(), dense(64, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 4 },
  seed: 3,
});
`,
  table: `import { adam, csv, dense, dropMissing, oneHot, pipeline, standardize } from "lanewise";
const rows = Array.from({ length: 120 }, (_, i) => {
  const large = i % 2 === 0;
  const size = i === 7 ? "" : (large ? 8 : 3) + (i % 5) * 0.3;
  return [size, large ? ["red", "blue"][i % 4 >> 1] : "green", large ? "whale" : "fish"].join(",");
});
export default pipeline({
  source: csv({ text: ["size,colour,kind", ...rows].join("\\n") }),
  clean: [dropMissing()],
  normalize: [standardize(), oneHot()],
  split: { test: 0.2 },
  model: [dense(8, { activation: "relu" }), dense(2, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.02 }), loss: "sparseCategoricalCrossentropy", epochs: 20 },
  seed: 1,
});
`,
  reviews: `import { adam, arrays, bagOfWords, dense, normalizeText, pipeline, tokenize, vocabulary } from "lanewise";
const good = ["wonderful", "great", "lovely", "charming", "splendid"];
const bad = ["dreadful", "awful", "boring", "terrible", "dull"];
const texts = Array.from({ length: 160 }, (_, i) => {
  const words = i % 2 === 0 ? good : bad;
  return \`A \${words[i % 5]} film, and the story was \${words[(i * 3 + 1) % 5]} too.\`;
});
export default pipeline({
  source: arrays({ x: texts, y: texts.map((_, i) => (i % 2 === 0 ? "pos" : "neg")) }),
  clean: [normalizeText(), tokenize()],
  normalize: [vocabulary(), bagOfWords()],
  split: { test: 0.2 },
  model: [dense(8, { activation: "relu" }), dense(2, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.02 }), loss: "sparseCategoricalCrossentropy", epochs: 12 },
  seed: 1,
});
`,
  writer: `import { adam, dense, embedding, encode, lstm, nextCharacters, pad, pipeline, tokenize, vocabulary } from "lanewise";
export default pipeline({
  source: nextCharacters({ path: new URL("text.txt", import.meta.url).pathname, length: 12, stride: 3 }),
  clean: [tokenize({ by: "characters" })],
  normalize: [vocabulary(), encode(), pad({ length: 12 })],
  model: [embedding(12, 8), lstm(24, { returnSequences: true }), dense(9, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.02 }), loss: "sparseCategoricalCrossentropy", epochs: 6 },
  seed: 1,
});
`,
} as const;

export type Definition = keyof typeof definitions;

/** The paths of the files, in a folder of their own. */
export async function definitionFiles(): Promise<Readonly<Record<Definition, string>>> {
  const folder = await mkdtemp(join(tmpdir(), "lanewise-pipelines-"));
  const files = Object.entries(definitions).map(([name, text]) => [name, text, join(folder, `${name}.ts`)] as const);
  for (const [, text, path] of files) await writeFile(path, text);
  await writeFile(join(folder, "text.txt"), "hello world. ".repeat(80));
  return Object.fromEntries(files.map(([name, , path]) => [name, path])) as Record<Definition, string>;
}
