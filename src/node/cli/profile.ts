// `lanewise profile`: what a table holds, what is wrong with it, and what to do about it.
import { stepsOf } from "../../profile/steps.ts";
import { coloursFor } from "./colours.ts";
import type { Command } from "./command.ts";
import { onlyAscii } from "./plot.ts";
import { profileText } from "./profileText.ts";
import { lookAtFile, tableOptions } from "./tableFile.ts";

export const profileCommand: Command = {
  name: "profile",
  summary: "Looks at a table: its columns, what is missing, what tells the target, suspected leaks, and what to do about it.",
  usage: "lanewise profile FILE [--target COLUMN] [options]",
  options: { ...tableOptions, json: { type: "boolean", help: "print one JSON object" } },
  examples: [
    "lanewise profile data.csv",
    "lanewise profile data.csv --target income",
    "lanewise profile rows.jsonl --target churned --json | jq .columns",
  ],
  needs: ["FILE"],
  async run(given) {
    const { table, profile, seconds } = await lookAtFile(given);
    if (given.flag("json")) {
      const { source, notes } = table;
      process.stdout.write(
        `${JSON.stringify({ source, ...profile, notes: [...notes, ...profile.notes], steps: stepsOf(profile), seconds })}\n`,
      );
      return 0;
    }
    const view = { width: process.stdout.columns ?? 100, colours: coloursFor(process.stdout), ascii: onlyAscii() };
    for (const line of profileText(table, profile, view)) process.stdout.write(`${line}\n`);
    return 0;
  },
};
