// What the sources say about settings: the docstring of a kind and of each of its settings, the default that the code has, and how the
// factory is called. `build.ts` writes it down for the studio.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "rolldown/parseAst";
import type { KindDoc, SettingDoc } from "./src/studio/forms/kindDoc.ts";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

interface Source {
  readonly text: string;
  readonly program: Node;
  readonly interfaces: ReadonlyMap<string, Node>;
}

/** Settings that are no descriptors: what the studio calls them, and their interface. */
const sections: Readonly<Record<string, string>> = {
  pipeline: "Pipeline",
  split: "SplitSettings",
  train: "TrainSettings",
  evaluate: "EvaluateSettings",
};

/** By kind, or by the name of the section. */
export function settingDocs(root: string): Record<string, KindDoc> {
  const sources = ["data", "nn", "stages", "pipeline"].flatMap((folder) => read(join(root, "src", folder)));
  const everywhere = new Map(
    sources.flatMap(({ interfaces, text }) => [...interfaces].map(([name, node]) => [name, { node, text }] as const)),
  );
  const docs: Record<string, KindDoc> = {};
  const add = (kind: string, type: string, source: Source, factory: Node | undefined, about: string): void => {
    if (docs[kind] !== undefined) throw new Error(`${kind}: two factories make it`);
    const defaults = defaultsIn(source.program);
    const settings: Record<string, SettingDoc> = {};
    for (const [name, help] of members(type, source, everywhere)) {
      const sentences = sentencesAbout(name, about);
      const said = help || (sentences === about ? "" : sentences);
      const value = defaultIn(help) ?? defaults.get(name) ?? defaultOf(name, about);
      settings[name] = { ...(said !== "" && { help: said }), ...(value !== undefined && { default: value }) };
    }
    const positional = factory === undefined ? [] : positionalOf(factory).filter((name) => name in settings);
    docs[kind] = { ...(about !== "" && { about }), ...(positional.length > 0 && { positional }), settings };
  };
  for (const source of sources) {
    for (const { node, factory } of factories(source.program)) {
      const made = descriptorMade(factory);
      if (made !== undefined) add(made.kind, made.type, source, factory, docOfFactory(source, node));
    }
    for (const [section, type] of Object.entries(sections)) {
      const node = source.interfaces.get(type);
      if (node !== undefined) add(section, type, { ...source, program: node }, undefined, docOf(source.text, node));
    }
  }
  return docs;
}

function read(folder: string): Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : read(path);
    const text = readFileSync(path, "utf8");
    const program = parseAst(text, { lang: "ts" }) as unknown as Node;
    const interfaces = new Map(
      statements(program).flatMap((node) => (node.type === "TSInterfaceDeclaration" ? [[nameOf(node.id), node] as const] : [])),
    );
    return [{ text, program, interfaces }];
  });
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === "string";
const nameOf = (node: unknown): string => (isNode(node) ? String(node.name ?? node.value) : "");
const nodesOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []);

/** Declarations, exported or not. */
function statements(program: Node): Node[] {
  return nodesOf(program.body).map((node) =>
    node.type === "ExportNamedDeclaration" && isNode(node.declaration) ? node.declaration : node,
  );
}

function* within(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) for (const inner of nodesOf(value)) yield* within(inner);
}

function* factories(program: Node): Generator<{ readonly node: Node; readonly factory: Node }> {
  for (const node of nodesOf(program.body)) {
    const declared = node.type === "ExportNamedDeclaration" ? node.declaration : undefined;
    if (!isNode(declared)) continue;
    if (declared.type === "FunctionDeclaration") yield { node, factory: declared };
    for (const { init } of nodesOf(declared.declarations))
      if (isNode(init) && init.type === "ArrowFunctionExpression") yield { node, factory: init };
  }
}

/** From `describe<Dense>("dense", …)`. */
function descriptorMade(factory: Node): { readonly kind: string; readonly type: string } | undefined {
  for (const node of within(factory)) {
    if (node.type !== "CallExpression" || nameOf(node.callee) !== "describe" || !isNode(node.typeArguments)) continue;
    const [type] = nodesOf(node.typeArguments.params);
    const [kind] = nodesOf(node.arguments);
    if (type?.type === "TSTypeReference" && kind?.type === "Literal") return { kind: String(kind.value), type: nameOf(type.typeName) };
  }
  return undefined;
}

function positionalOf(factory: Node): string[] {
  const names = nodesOf(factory.params).map((param) => (param.type === "AssignmentPattern" ? nameOf(param.left) : nameOf(param)));
  return names.filter((name) => name !== "undefined");
}

/** A factory that may be called in several ways is described where it is first declared. */
function docOfFactory({ text, program }: Source, node: Node): string {
  const called = (declared: unknown): string => (isNode(declared) ? nameOf(declared.id) : "");
  const name = called(node.declaration);
  const first = name === "" ? node : nodesOf(program.body).find((other) => called(other.declaration) === name);
  return docBefore(text, (first ?? node).start);
}

/** The settings of an interface and of those that it extends, each with its docstring. */
function members(type: string, source: Source, everywhere: ReadonlyMap<string, { node: Node; text: string }>): Map<string, string> {
  const own = source.interfaces.get(type);
  const found = own === undefined ? everywhere.get(type) : { node: own, text: source.text };
  if (found === undefined) return new Map();
  const inherited = nodesOf(found.node.extends).flatMap(({ expression }) => [...members(nameOf(expression), source, everywhere)]);
  const here = nodesOf((found.node.body as Node).body).map((member) => [nameOf(member.key), docOf(found.text, member)] as const);
  return new Map([...inherited, ...here].filter(([name]) => name !== "kind"));
}

const docOf = (text: string, node: Node): string =>
  docBefore(text, text.lastIndexOf("export", node.start) === node.start - 7 ? node.start - 7 : node.start);

/** The docstring that ends right before this place, on one line. */
function docBefore(text: string, start: number): string {
  const [, doc] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, start)) ?? [];
  return (doc ?? "").replace(/(\s*\n\s*\*?)+\s*/g, " ").trim();
}

/** Values that settings have where they are not given: `{ momentum = 0 }`, and `layer.activation ?? "linear"`. */
function defaultsIn(program: Node): Map<string, string | number | boolean> {
  const found = new Map<string, string | number | boolean>();
  const differs = new Set<string>();
  const note = (name: string, value: unknown): void => {
    const literal = isNode(value) && value.type === "Literal" ? value.value : undefined;
    if (typeof literal !== "string" && typeof literal !== "number" && typeof literal !== "boolean") return;
    if (found.has(name) && found.get(name) !== literal) differs.add(name);
    found.set(name, literal);
  };
  for (const node of within(program)) {
    if (node.type === "ObjectPattern")
      for (const { key, value } of nodesOf(node.properties))
        if (isNode(value) && value.type === "AssignmentPattern") note(nameOf(key), value.right);
    if (node.type === "LogicalExpression" && node.operator === "??" && isNode(node.left) && node.left.type === "MemberExpression")
      note(nameOf(node.left.property), node.right);
  }
  for (const name of differs) found.delete(name);
  return found;
}

const VALUE = String.raw`("[^"]*"|true|false|-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?)`;

/** `Default 0.001.` */
const defaultIn = (doc: string): SettingDoc["default"] => literal(new RegExp(`\\bDefault ${VALUE}`).exec(doc)?.[1]);

/** Of a kind's docstring: "`rows` (default 12,000)", or "Defaults: beta1 0.9, …". */
function defaultOf(name: string, about: string): SettingDoc["default"] {
  const near = new RegExp(`\`${name}\`[^\`.]*?\\([^)]*?\\bdefault ${VALUE}`).exec(about)?.[1];
  const listed = new RegExp(`\\bDefaults?:? (?:[^.]|\\.\\d)*?\\b${name} ${VALUE}`).exec(about)?.[1];
  return literal(near ?? listed);
}

function literal(text: string | undefined): SettingDoc["default"] {
  if (text === undefined) return undefined;
  return JSON.parse(text.startsWith('"') ? text : text.replace(/,(?=\d)/g, "").replace(/,$/, "")) as string | number | boolean;
}

/** The sentences in which a setting stands in backticks. */
function sentencesAbout(name: string, about: string): string {
  const sentences = about.split(/(?<=[.;)])\s+(?=[A-Z`])|(?<=:)\s+(?=[A-Z`])|(?<=\.)\s+(?=")/);
  return sentences
    .filter((sentence) => new RegExp(`\`${name}\\b`).test(sentence))
    .join(" ")
    .replace(/[;:]$/, ".");
}
