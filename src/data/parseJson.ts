// Text → JSON, with an error on one line.
import { PipelineError } from "../errors.ts";

/** `at` says where the text stands, for messages. */
export function parseJson(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message.replace(/\s+/g, " ").replaceAll("\0", "\\0");
    const problem = text.trim() === "" ? "the file is empty" : `not JSON: ${message}${hint(text, message)}`;
    throw new PipelineError("data", at, problem, error);
  }
}

function hint(text: string, message: string): string {
  if (text.includes("\0")) return '; it holds zero bytes: name the file\'s encoding, as in encoding: "utf-16le"';
  if (message.includes("after JSON")) return "; is it a row a line? then take jsonl()";
  return /[:[,]\s*-?(?:NaN|Infinity)\b/.test(text) ? "; JSON has no NaN and no Infinity: write null" : "";
}
