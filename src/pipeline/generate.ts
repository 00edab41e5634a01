// A model of the next character goes on with a text: each character is drawn from what the model expects after all those before it.
import { describe, number, optional, positiveInteger, type Rules } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { exp, log } from "../math.ts";
import { purpose, random } from "../random.ts";
import type { Pad } from "../stages/text/pad.ts";
import { type PipelineFile, readsOf } from "./artifacts.ts";
import { inputText } from "./rawInput.ts";

export interface GenerateOptions {
  /** How many characters to write. Default 400. */
  readonly length?: number;
  /** Below 1 likely characters become likelier, above 1 rarer; 0 always takes the likeliest. Default 1. */
  readonly temperature?: number;
  /** Default 0. */
  readonly seed?: number;
}

const rules: Rules = {
  length: optional(positiveInteger),
  temperature: optional(number({ min: 0 })),
  seed: optional(number({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true })),
};

/** `outputOf` asks the model about one text: probabilities of the classes, one step after the other where it has a class at every step. */
export async function* generate(
  file: PipelineFile,
  outputOf: (text: string) => Promise<readonly number[]>,
  prompt: string,
  options: GenerateOptions,
): AsyncGenerator<string, void, undefined> {
  describe("generate", options, rules, "generate");
  const { length = 400, temperature = 1, seed = 0 } = options;
  const characters = charactersOf(file);
  const reach = reachOf(file);
  const { uniform } = random(seed, purpose.generate);
  let text = [...prompt];
  if (text.length === 0) throw new PipelineError("data", "generate", "the prompt is empty; begin with at least one character");
  for (let written = 0; written < length; written++) {
    text = text.slice(-reach.length);
    const output = await outputOf(text.join(""));
    const step = output.length === characters.length ? 0 : reach.side === "pre" ? reach.length - 1 : text.length - 1;
    const next = drawn(output.slice(step * characters.length, (step + 1) * characters.length), temperature, uniform());
    const character = characters[next] as string;
    text.push(character);
    yield character;
  }
}

/** What the model's classes stand for. Throws for a model that does not tell what follows in a text. */
function charactersOf({ input, target }: PipelineFile): readonly string[] {
  if (input.type !== "text") throw new PipelineError("data", "generate", `the model was trained on rows ${inputText(input)}, not of text`);
  const names = target.kind === "labels" ? target.names : undefined;
  if (names?.every((name) => [...name].length === 1) === true) return names;
  const classes = names === undefined ? "values" : names.slice(0, 3).join(", ");
  throw new PipelineError(
    "data",
    "generate",
    `the model says what a text is (${classes} …), not which character follows; train one on nextCharacters()`,
  );
}

/** How much of a text the model reads, and on which side a shorter one is filled up. */
function reachOf(file: PipelineFile): { length: number; side: "pre" | "post" } {
  const pad = (file.pipeline.normalize ?? []).find(({ kind }) => kind === "pad") as Pad | undefined;
  return { length: readsOf(file).shape[0] ?? 1, side: pad?.side ?? "pre" };
}

/** The class at `u` in [0, 1) of the probabilities p^(1/temperature). */
export function drawn(probabilities: readonly number[], temperature: number, u: number): number {
  const largest = Math.max(...probabilities);
  if (temperature === 0) return probabilities.indexOf(largest);
  const most = log(largest);
  const weights = probabilities.map((p) => (p > 0 ? exp((log(p) - most) / temperature) : 0));
  let left = u * weights.reduce((sum, w) => sum + w, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return i;
  }
  return probabilities.indexOf(largest);
}
