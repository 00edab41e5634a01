// Text → JSON, with an error on one line.
import { PipelineError } from "../errors.ts";

/** `at` says where the text stands, for messages. */
export function parseJson(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const zero = text.includes("\0") ? '; it holds zero bytes: name the file\'s encoding, as in encoding: "utf-16le"' : "";
    const problem =
      text.trim() === ""
        ? "the file is empty"
        : `not JSON: ${(error as Error).message.replace(/\s+/g, " ").replaceAll("\0", "\\0")}${zero}`;
    throw new PipelineError("data", at, problem, error);
  }
}
