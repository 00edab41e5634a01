// What the operating system says about a file, as one sentence for a person.
import { PipelineError } from "../errors.ts";

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a folder, not a file",
  ENOTDIR: "a file stands where a folder is needed",
  EEXIST: "a file stands where a folder is needed",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the disk",
  EDQUOT: "your disk quota is used up",
  EFBIG: "the file is too large for this file system",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "its symbolic links run in a circle",
  EIO: "the disk failed",
};

/** The system's error code, such as "ENOENT". */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}

export function reason(error: unknown): string {
  const sentence = SENTENCES[systemCode(error) ?? ""];
  if (sentence !== undefined) return sentence;
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] as string;
}

/** `<path>: cannot <verb>: <reason>[; way out]`; what has another cause (an abort, our own errors) passes through untouched. */
export function ioError(path: string, verb: string, error: unknown, way = ""): unknown {
  if (error instanceof PipelineError || systemCode(error) === undefined) return error;
  return new PipelineError("io", path, `cannot ${verb}: ${reason(error)}${way && `; ${way}`}`, error);
}
