// `lanewise init`: writes a pipeline for a table, by what its profile says.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { draftPipeline } from "../../profile/draft.ts";
import { columnsLeft } from "../../profile/inputs.ts";
import type { TableRead } from "../../profile/readTable.ts";
import { classesLeft, stepsOf } from "../../profile/steps.ts";
import { ioError } from "../io_error.ts";
import { coloursFor } from "./colours.ts";
import type { Command } from "./command.ts";
import { usageError } from "./failure.ts";
import { lookAtFile, tableOptions } from "./tableFile.ts";

export const initCommand: Command = {
  name: "init",
  summary: "Looks at a table and writes a pipeline that learns to predict one of its columns.",
  usage: "lanewise init FILE --target COLUMN [options]",
  options: {
    ...tableOptions,
    out: { type: "string", value: "FILE", help: "the file to write (default: pipelines/<target>.ts)" },
    force: { type: "boolean", short: "f", help: "write over a file that is there" },
    json: { type: "boolean", help: "print one JSON object" },
  },
  examples: [
    "lanewise init data.csv --target income",
    "lanewise init prices.csv --target price --out pipelines/prices.ts",
    "lanewise init codes.csv --target grade --task classification --separator tab",
  ],
  needs: ["FILE"],
  async run(given) {
    const target = given.text("target");
    const out = given.text("out") ?? join("pipelines", `${slug(target ?? "")}.ts`);
    if (![".ts", ".mts", ".js", ".mjs"].includes(extname(out))) throw usageError("--out", `expected a file ending in .ts, got "${out}"`);
    if (target !== undefined && existsSync(out) && !given.flag("force"))
      throw usageError(out, "it is there already; --force writes over it, --out names another");
    const { table, profile } = await lookAtFile(given, (read) => {
      if (target === undefined) askForTarget(read);
    });
    const text = draftPipeline(profile, table.source);
    write(out, text);
    const { kept } = columnsLeft(profile);
    const steps = stepsOf(profile);
    if (given.flag("json")) {
      const told = { file: out, target: profile.target, inputs: kept.map(({ name }) => name), steps };
      process.stdout.write(`${JSON.stringify(told)}\n`);
      return 0;
    }
    const colours = coloursFor(process.stdout);
    const sure = steps.filter((step) => step.sure).length;
    const open = steps.length - sure;
    const what = profile.target?.task === "regression" ? "a number" : `${classesLeft(profile)?.length} classes`;
    const command = (line: string, why: string): string => `  ${line.padEnd(36 + out.length)}  ${colours.dim(why)}`;
    const lines = [
      ...table.notes.map((note) => colours.yellow(`! ${note}`)),
      `${colours.green("✔")} ${colours.bold(out)}: ${target} (${what}) from ${kept.length} of ${profile.columns.length - 1} columns${open === 0 ? "" : `; ${open} ${open === 1 ? "remark" : "remarks"} in it to think about`}`,
      "",
      "Next:",
      command(`lanewise inspect ${out}`, "what each stage makes of a few rows"),
      command(`lanewise run ${out}`, "train it, and see how good it is"),
      command("lanewise runs", "what each run gave; then lanewise predict RUN new.csv"),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  },
};

const slug = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase() || "pipeline";

function write(out: string, text: string): void {
  try {
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, text);
  } catch (error) {
    throw ioError(out, "write", error, "name another file with --out");
  }
}

/** Names the columns that there are. Tables have what is to be predicted at their end, as a rule, or call it so. */
function askForTarget({ columns, source }: TableRead): never {
  const names = Object.keys(columns);
  const called = names.filter((name) =>
    /^(target|label|class|outcome|y|result|churn|survived|income|price|quality|species|diagnosis)$/i.test(name),
  );
  const likely = [...new Set([...called, names.at(-1) as string])].slice(0, 3);
  const shown = names.length > 30 ? [...names.slice(0, 30), `… ${names.length - 30} more`] : names;
  throw usageError(
    "init",
    `--target is missing; ${source.path} has ${shown.join(", ")}; try --target ${likely.map(quoted).join(" or --target ")}`,
  );
}

const quoted = (name: string): string => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name));
