// `lanewise generate`: a character model goes on with a text, as it is written.
import { openModel } from "../../pipeline/trainedModel.ts";
import type { Arguments, Command } from "./command.ts";
import { usageError } from "./failure.ts";
import { openRun } from "./openRun.ts";

export const generateCommand: Command = {
  name: "generate",
  summary: "Lets a model of the next character go on with a text.",
  usage: "lanewise generate RUN [options]",
  options: {
    prompt: { type: "string", value: "TEXT", help: "what to go on with (default: a new line)" },
    length: { type: "string", value: "N", help: "how many characters to write (default 400)" },
    temperature: { type: "string", value: "T", help: "below 1 safer, above 1 bolder, 0 always the likeliest (default 1)" },
    seed: { type: "string", value: "N", help: "another seed, another text (default 0)" },
    json: { type: "boolean", help: "print one JSON object { prompt, text }" },
  },
  examples: ['lanewise generate runs/shakespeare-20261124-101500 --prompt "ROMEO:" --temperature 0.6'],
  needs: ["RUN"],
  async run(given) {
    const prompt = given.text("prompt") ?? "\n";
    const model = await openModel(openRun(given.positionals[0] as string));
    const settings = { ...option(given, "length"), ...option(given, "temperature"), ...option(given, "seed") };
    const json = given.flag("json");
    let text = "";
    for await (const character of model.generate(prompt, settings)) {
      if (!json) process.stdout.write(text === "" ? prompt + character : character);
      text += character;
    }
    process.stdout.write(json ? `${JSON.stringify({ prompt, text })}\n` : "\n");
    return 0;
  },
};

function option(given: Arguments, name: "length" | "temperature" | "seed"): Record<string, number> {
  const typed = given.text(name);
  if (typed === undefined) return {};
  const value = Number(typed);
  if (typed.trim() === "" || Number.isNaN(value)) throw usageError(`--${name}`, `expected a number, got "${typed}"`);
  return { [name]: value };
}
