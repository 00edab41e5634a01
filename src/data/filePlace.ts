// Where a source's file is: a path, an address, or both; or the text itself.
import { type Descriptor, describe, optional, type Rule, type Rules, rule, string, text } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { inMemory, type ReadableFile } from "./readableFile.ts";
import type { SourceIo } from "./table.ts";

export interface FileAddress {
  readonly path?: string;
  readonly url?: string;
  readonly sha256?: string;
}

export interface FilePlace extends FileAddress {
  readonly text?: string;
}

export const addressRules: Rules = { path: optional(string), url: optional(string), sha256: optional(string) };
export const placeRules: Rules = { ...addressRules, text: optional(text) };

export function requirePlace({ path, url, text }: FilePlace, at: string): void {
  if ((text === undefined) === (path === undefined && url === undefined))
    throw new PipelineError("config", at, "expected a path or a url (or both), or else text");
}

export function requireAddress({ path, url }: FileAddress, at: string): void {
  if (path === undefined && url === undefined) throw new PipelineError("config", at, "expected a path or a url (or both)");
}

/** A file named by its path or its address alone. */
export const placeOf = (name: string): FileAddress => (/^https?:/.test(name) ? { url: name } : { path: name });

/** Settings, of which the first may be the name of the file alone. */
export const placed = <S extends object>(first: string | S, more: object): S =>
  typeof first === "string" ? ({ ...more, ...placeOf(first) } as S) : first;

/** A test file: its path or its address, or settings of its own. */
export const testRule = (kind: string, rules: Rules, require: (place: FilePlace, at: string) => void = requirePlace): Rule =>
  rule({ type: "either", of: [string.form, { type: "settings", rules }] }, (value, at) => {
    if (typeof value === "string") return string(value, at);
    describe(kind, value as Descriptor, rules, at);
    require(value as FilePlace, at);
  });

/** The settings of a test file: those of training, unless it says else. */
export function testFile<F extends FileAddress>(source: F, test: string | FileAddress): F {
  const { path: _, url: __, sha256: ___, ...shared } = source;
  return { ...shared, ...(typeof test === "string" ? placeOf(test) : test) } as F;
}

/** `kind` is what text is called in messages. */
export async function openFile({ path, url, sha256, text }: FilePlace, kind: string, io: SourceIo): Promise<ReadableFile> {
  if (text !== undefined) return inMemory(new TextEncoder().encode(text), kind);
  if (path === undefined || url === undefined) return io.open((path ?? url) as string);
  return io.open({ name: path, url, ...(sha256 !== undefined && { sha256 }) });
}
