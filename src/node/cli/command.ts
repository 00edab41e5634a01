// What a command of the command line is: its options and help as data, and what it does. Arguments are read by `node:util`; what it
// refuses is said in this package's words.
import { parseArgs } from "node:util";
import { unknownName } from "../../errors.ts";
import { firstLine, usageError } from "./failure.ts";

export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in the help, such as DIR. */
  readonly value?: string;
  readonly help: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  /** Names of the arguments that must stand there; more are allowed where `more` says so. */
  readonly needs: readonly string[];
  readonly more?: boolean;
  /** Gives the exit code. */
  run(given: Arguments): Promise<number>;
}

export interface Arguments {
  readonly positionals: readonly string[];
  /** As typed, after the command's name. */
  readonly typed: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
}

export const common: Readonly<Record<string, Option>> = {
  help: { type: "boolean", short: "h", help: "show this" },
  debug: { type: "boolean", help: "show where in the code an error was thrown" },
};

export function readArguments(command: Pick<Command, "name" | "options" | "needs" | "more">, typed: readonly string[]): Arguments {
  const options = { ...command.options, ...common };
  const { values, positionals } = parse(command.name, options, typed);
  const given: Arguments = {
    positionals,
    typed,
    flag: (name) => values[name] === true,
    text: (name) => values[name] as string | undefined,
    texts: (name) => (values[name] as string[] | undefined) ?? [],
  };
  if (given.flag("help")) return given;
  const missing = command.needs[positionals.length];
  if (missing !== undefined) throw usageError(command.name, `${missing} is missing; see lanewise ${command.name} --help`);
  const extra = positionals[command.needs.length];
  if (extra !== undefined && command.more !== true)
    throw usageError(command.name, `unexpected argument "${extra}"; see lanewise ${command.name} --help`);
  return given;
}

function parse(
  name: string,
  options: Readonly<Record<string, Option>>,
  typed: readonly string[],
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: [...typed], options, allowPositionals: true, strict: true });
  } catch (error) {
    const code = (error as { code?: string }).code;
    const option = /'(?:-\w, )?(-[^' =]+)/.exec(firstLine(error))?.[1];
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && option !== undefined) {
      const names = Object.keys(options).map((known) => `--${known}`);
      throw usageError(name, unknownName("option", option, names));
    }
    const problem =
      option === undefined
        ? firstLine(error)
        : `${option} ${options[option.slice(2)]?.type === "boolean" ? "takes no value" : "needs a value"}`;
    throw usageError(name, `${problem}; see lanewise ${name} --help`);
  }
}

export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...common }).map(([name, option]): [string, string] => {
    const short = option.short === undefined ? "" : `-${option.short}, `;
    return [`${short}--${name}${option.value === undefined ? "" : ` ${option.value}`}`, option.help];
  });
  return [
    command.summary,
    "",
    `usage: ${command.usage}`,
    "",
    "options:",
    ...columns(rows),
    "",
    "examples:",
    ...command.examples.map((example) => `  ${example}`),
  ].join("\n");
}

/** Two columns, indented. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
