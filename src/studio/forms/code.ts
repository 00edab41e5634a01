// A pipeline as somebody would write it: as TypeScript, as JSON, and as the `--set` options that make it of another.
import * as lanewise from "../../index.ts";
import type { Pipeline } from "../../pipeline/define.ts";
import { docOf } from "./fields.ts";
import { type Path, pathText } from "./path.ts";

const WIDTH = 120;

/** A module that exports the pipeline by default. */
export function typescriptOf(pipeline: Partial<Pipeline>): string {
  const used = new Set<string>(["pipeline"]);
  const body = written(pipeline, "", used);
  return `import { ${[...used].sort().join(", ")} } from "lanewise";\n\nexport default pipeline(${body});\n`;
}

export const jsonOf = (pipeline: Partial<Pipeline>): string => JSON.stringify(pipeline, null, 2);

function written(value: unknown, indent: string, used: Set<string>): string {
  if (typeof value !== "object" || value === null) return literal(value);
  if (Array.isArray(value))
    return block(
      "[",
      value.map((item) => (inner) => written(item, inner, used)),
      "]",
      indent,
    );
  const { kind, ...settings } = value as Readonly<Record<string, unknown>>;
  if (typeof kind !== "string" || !Object.hasOwn(lanewise, kind)) return objectText(value, indent, used);
  used.add(kind);
  const { positional = [] } = docOf(kind);
  const first = positional.map((name) => (inner: string) => written(settings[name], inner, used));
  const rest = Object.fromEntries(Object.entries(settings).filter(([name]) => !positional.includes(name)));
  const parts = Object.keys(rest).length === 0 ? first : [...first, (inner: string) => objectText(rest, inner, used)];
  // Brackets of a call and of what it is given stand together.
  return `${kind}(${parts.map((part) => part(indent)).join(", ")})`;
}

const objectText = (value: object, indent: string, used: Set<string>): string =>
  block(
    "{",
    Object.entries(value).map(
      ([name, item]) =>
        (inner) =>
          `${key(name)}: ${written(item, inner, used)}`,
    ),
    "}",
    indent,
  );

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

const literal = (value: unknown): string => JSON.stringify(value) ?? "undefined";

/** On one line where that is short, otherwise a line each. */
function block(open: string, parts: readonly ((indent: string) => string)[], close: string, indent: string): string {
  if (parts.length === 0) return open + close;
  const space = open === "{" ? " " : "";
  const line = `${open}${space}${parts.map((part) => part(indent)).join(", ")}${space}${close}`;
  if (!line.includes("\n") && indent.length + line.length < WIDTH * 0.6) return line;
  const inner = `${indent}  `;
  return `${open}\n${parts.map((part) => `${inner}${part(inner)},\n`).join("")}${indent}${close}`;
}

/** What has to be set so that `from` becomes `to`; a list of another length, and a setting that is gone, is given whole. */
export function setOptions(from: Partial<Pipeline>, to: Partial<Pipeline>): string[] {
  return differences(from, to, []).map(({ path, value }) => `--set ${quoted(`${pathText(path)}=${JSON.stringify(value)}`)}`);
}

const quoted = (text: string): string => (/^[\w.[\]=-]+$/.test(text) && !text.includes("[") ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function differences(from: unknown, to: unknown, path: Path): { readonly path: Path; readonly value: unknown }[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const whole = [{ path, value: to }];
  if (Array.isArray(from) && Array.isArray(to))
    return from.length === to.length ? from.flatMap((item, i) => differences(item, to[i], [...path, i])) : whole;
  if (!isSettings(from) || !isSettings(to) || from.kind !== to.kind) return whole;
  if (Object.keys(from).some((name) => to[name] === undefined && from[name] !== undefined))
    return path.length === 0 ? parts(from, to) : whole;
  return Object.keys(to).flatMap((name) => differences(from[name], to[name], [...path, name]));
}

/** Parts that were taken away are empty. */
const parts = (from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>): ReturnType<typeof differences> =>
  Object.keys({ ...from, ...to }).flatMap((name) => differences(from[name], to[name] ?? (Array.isArray(from[name]) ? [] : {}), [name]));

const isSettings = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
