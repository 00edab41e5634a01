#!/usr/bin/env node
// The command line. It picks the command, and turns whatever goes wrong into one line and an exit code.
import { unknownName } from "../../errors.ts";
import { version } from "../../pipeline/generated/version.ts";
import { benchCommand } from "./bench.ts";
import { coloursFor } from "./colours.ts";
import { type Command, columns, helpOf, readArguments } from "./command.ts";
import { doctorCommand } from "./doctor.ts";
import { evaluateCommand } from "./evaluate.ts";
import { failureOf, usageError } from "./failure.ts";
import { generateCommand } from "./generate.ts";
import { initCommand } from "./init.ts";
import { inspectCommand } from "./inspect.ts";
import { predictCommand } from "./predict.ts";
import { profileCommand } from "./profile.ts";
import { reportCommand } from "./report.ts";
import { runCommand } from "./run.ts";
import { joinResume } from "./runFolder.ts";
import { runsCommand } from "./runs.ts";
import { studioCommand } from "./studio.ts";

const commands: readonly Command[] = [
  profileCommand,
  initCommand,
  runCommand,
  predictCommand,
  generateCommand,
  evaluateCommand,
  reportCommand,
  runsCommand,
  studioCommand,
  inspectCommand,
  doctorCommand,
  benchCommand,
];

function overview(): string {
  return [
    "lanewise trains neural networks that are declared as pipelines in TypeScript.",
    "",
    "usage: lanewise COMMAND [options]",
    "",
    "commands:",
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    "",
    "lanewise COMMAND --help tells more; --version says which this is.",
    "",
    "examples:",
    "  lanewise run pipelines/mnist.ts --set train.epochs=3",
    "  lanewise predict runs/mnist-20261124-101500 digit.png",
    "  lanewise runs",
    "  lanewise studio",
  ].join("\n");
}

async function main(typed: readonly string[]): Promise<number> {
  const [name, ...rest] = typed;
  if (name === undefined || name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) {
    process.stdout.write(`${overview()}\n`);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version" || name === "-v") {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const wanted = name === "help" ? (rest[0] as string) : name;
  const command = commands.find((c) => c.name === wanted);
  if (command === undefined) {
    const what = wanted.startsWith("-") ? "option" : "command";
    const known = what === "option" ? ["--help", "--version"] : commands.map((c) => c.name);
    throw usageError("", `${unknownName(what, wanted, known)}; see lanewise --help`);
  }
  const given = readArguments(command, "resume" in command.options ? joinResume(rest) : rest);
  if (name === "help" || given.flag("help")) {
    process.stdout.write(`${helpOf(command)}\n`);
    return 0;
  }
  return command.run(given);
}

const typed = process.argv.slice(2);
let settled = false;

/** Writes the one line, and gives the exit code. */
function tell(error: unknown): 1 | 2 {
  const { line, code } = failureOf(error);
  const trace = typed.includes("--debug") && error instanceof Error ? `\n${error.stack}` : "";
  process.stderr.write(`${coloursFor(process.stderr).red(`lanewise: ${line}`)}${trace}\n`);
  settled = true;
  return code;
}

// Whoever reads the output may have seen enough, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    settled = true;
    process.exit(0);
  });
}
// What a pipeline's module does on its own: it throws in a timer, leaves, or awaits what never comes.
process.on("uncaughtException", (error) => process.exit(tell(error)));
process.on("exit", (code) => {
  if (settled || code !== 0) return;
  process.exitCode = tell(
    usageError("", "the process ended before the command did; a pipeline file must not call process.exit or await what never comes"),
  );
});

main(typed).then(
  (code) => {
    settled = true;
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = tell(error);
  },
);
