// GET over the network; every failure is one line that names the host and what to do.
import { PipelineError } from "../errors.ts";
import type { FileOptions } from "../pipeline/platform.ts";
import { reason, systemCode } from "./io_error.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "the name is not known (is there a network?)",
  EAI_AGAIN: "the name cannot be looked up (is there a network?)",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection broke",
  ENETUNREACH: "there is no network",
  EHOSTUNREACH: "there is no way to it",
  ETIMEDOUT: "no answer in time",
  UND_ERR_CONNECT_TIMEOUT: "no answer in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_BODY_TIMEOUT: "the data stopped coming",
  UND_ERR_SOCKET: "the connection broke",
};

/** What broke a transfer, in words; fetch hides it in `cause`, several tries of one host in `errors`. */
export function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return REASONS[systemCode(first) ?? ""] ?? reason(first);
}

/** Answers with status 2xx, or throws; `accept` lists other statuses that the caller deals with. */
export async function get(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  accept: readonly number[] = [],
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!URL.canParse(url)) throw new PipelineError("config", url, "this is not a URL");
    throw new PipelineError("io", url, `cannot reach ${new URL(url).host}: ${networkReason(error)}`, error);
  }
  if (!response.ok && !accept.includes(response.status)) {
    await response.body?.cancel();
    throw new PipelineError("io", url, `the server answered ${response.status} ${response.statusText}`.trimEnd());
  }
  return response;
}

/** A file that the user named by its URL, straight into memory. */
export async function fetchWhole(url: string, options: FileOptions): Promise<Uint8Array<ArrayBuffer>> {
  const response = await get(url, {}, options.signal);
  const total = contentLength(response);
  const chunks: Uint8Array[] = [];
  let done = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      done += chunk.length;
      options.progress(done, total, `downloading ${url}`);
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw new PipelineError(
      "io",
      url,
      `broke off after ${done} of ${total || "an unknown number of"} bytes: ${networkReason(error)}`,
      error,
    );
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** 0 when it is not said, or when it counts compressed bytes. */
export function contentLength(response: Response): number {
  return response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length") ?? 0);
}
