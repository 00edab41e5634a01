// `lanewise evaluate`: measures the model of a run on the run's own test rows.
import { evaluateRun } from "../../pipeline/evaluateRun.ts";
import { nodePlatform } from "../platform.ts";
import type { Command } from "./command.ts";
import { drain } from "./drain.ts";
import { openRun } from "./openRun.ts";
import { openScreen } from "./screen.ts";

export const evaluateCommand: Command = {
  name: "evaluate",
  summary: "Measures the model of a run on its test rows again.",
  usage: "lanewise evaluate RUN [options]",
  options: {
    data: { type: "string", value: "DIR", help: "where sources look for their files first (default: $LANEWISE_DATA)" },
    importance: { type: "boolean", help: "shuffles each column of the rows in turn, and tells what the first metric loses by it" },
    json: { type: "boolean", help: "the last line of standard output is one JSON object; everything else goes to standard error" },
  },
  examples: [
    "lanewise evaluate runs/mnist-20261124-101500",
    "lanewise evaluate runs/adult --importance",
    "lanewise evaluate runs/mnist --data ~/data --json | jq .test.accuracy",
  ],
  needs: ["RUN"],
  async run(given) {
    const folder = given.positionals[0] as string;
    const data = given.text("data");
    const screen = openScreen(given.flag("json") ? process.stderr : process.stdout, 1, (event) => event.type !== "model");
    try {
      const events = evaluateRun(
        openRun(folder),
        nodePlatform,
        { ...(data !== undefined && { data }), importance: given.flag("importance") },
        new AbortController().signal,
      );
      const { set, evaluation } = await drain(events, screen.show);
      if (given.flag("json")) process.stdout.write(`${JSON.stringify({ run: folder, [set]: evaluation.scalars, evaluation })}\n`);
      return 0;
    } finally {
      screen.close();
    }
  },
};
