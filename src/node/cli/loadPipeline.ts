// A pipeline from its file: a module whose default export is the pipeline. Whatever is wrong with the file is told in one line that
// names it.
import { stat } from "node:fs/promises";
import nodeModule from "node:module";
import { basename, extname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PipelineError } from "../../errors.ts";
import { checkPipeline, type Pipeline } from "../../pipeline/define.ts";
import { ioError, reason, systemCode } from "../io_error.ts";
import { asPipelineError, firstLine } from "./failure.ts";

const TYPESCRIPT = [".ts", ".mts", ".cts"];
export const pipelineExtensions: readonly string[] = [...TYPESCRIPT, ".js", ".mjs", ".cjs"];

/** The pipeline, named after its file if it names itself not. A module is read once, and once more for each other `version` of it. */
export async function loadPipeline(file: string, version?: number): Promise<Pipeline> {
  await checkFile(file);
  const module = await importFile(file, version);
  if (module.default === undefined) {
    const others = Object.keys(module).filter((name) => name !== "default");
    const found = others.length === 0 ? "" : ` (it exports ${others.join(", ")})`;
    throw new PipelineError("config", file, `there is no default export${found}; write "export default pipeline({ … })"`);
  }
  const pipeline = locate(file, () => checkPipeline(module.default));
  return pipeline.name === undefined ? { ...pipeline, name: basename(file, extname(file)) } : pipeline;
}

async function checkFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isDirectory()) throw new PipelineError("config", file, "it is a folder; expected the file of a pipeline");
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") throw new PipelineError("config", file, reason(error));
    throw ioError(file, "read", error);
  }
  const extension = extname(file);
  if (!pipelineExtensions.includes(extension))
    throw new PipelineError("config", file, `expected a TypeScript or JavaScript module (${pipelineExtensions.join(" ")})`);
  if (TYPESCRIPT.includes(extension) && !process.features.typescript) {
    throw new PipelineError("environment", file, `Node ${process.versions.node} does not read TypeScript; use Node >= 22.18`);
  }
}

async function importFile(file: string, version?: number): Promise<Record<string, unknown>> {
  const url = pathToFileURL(resolve(file)).href;
  const hooks = resolvePackage();
  try {
    return (await import(version === undefined ? url : `${url}?${version}`)) as Record<string, unknown>;
  } catch (error) {
    throw importError(file, url, error);
  } finally {
    hooks.deregister();
  }
}

/** A file outside any project that has installed this package gets the copy that is running. */
function resolvePackage(): { deregister(): void } {
  const own = new URL(`../index${extname(import.meta.url)}`, import.meta.url).href;
  return nodeModule.registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (specifier === "lanewise") return { url: own, shortCircuit: true };
        throw error;
      }
    },
  });
}

function importError(file: string, url: string, error: unknown): PipelineError {
  const ours = asPipelineError(error);
  if (ours !== undefined) return new PipelineError(ours.code, file, ours.message, error);
  if (!(error instanceof Error)) return new PipelineError("config", file, `it threw ${String(error)}`, error);
  if (error.name === "SyntaxError") {
    // The stack of a syntax error begins with the place: file:///…/pipeline.ts:12
    const place = /^(.+?):(\d+)(?::\d+)?$/.exec(error.stack?.split("\n")[0] ?? "");
    const named = place?.[1]?.replace(/\?[\d.]+$/, "");
    const where = place === null ? "" : ` in ${named === url || named === fileURLToPath(url) ? "" : `${named} `}line ${place[2]}`;
    return new PipelineError("config", file, `syntax error${where}: ${firstLine(error)}`, error);
  }
  if (systemCode(error) === "ERR_MODULE_NOT_FOUND") return new PipelineError("config", file, firstLine(error), error);
  const line = error.stack?.split("\n").find((frame) => frame.includes(url));
  const at = /:(\d+):\d+\)?$/.exec(line ?? "")?.[1];
  return new PipelineError("config", file, `it threw ${error.name}${at === undefined ? "" : ` in line ${at}`}: ${firstLine(error)}`, error);
}

/** Runs `check` and puts the file's name before what it says. */
function locate<T>(file: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof PipelineError) throw new PipelineError(error.code, file, error.message, error);
    throw error;
  }
}
