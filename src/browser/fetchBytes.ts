// GET into memory, with progress; every failure is one line that says what to do.
import { PipelineError } from "../errors.ts";
import type { FileOptions } from "../pipeline/platform.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** `what` is for messages; `bytes` is the size where the server does not say it. */
export interface Fetching {
  readonly what: string;
  readonly bytes?: number | undefined;
}

/** Undefined where the server has no such file. */
export async function fetchBytes(
  url: string,
  options: Pick<FileOptions, "signal" | "progress">,
  { what, bytes = 0 }: Fetching,
): Promise<Bytes | undefined> {
  const response = await get(url, options.signal);
  if (isMissing(response, url)) {
    await response.body?.cancel();
    return undefined;
  }
  const total = contentLength(response) || bytes;
  const chunks: Bytes[] = [];
  let done = 0;
  const reader = response.body?.getReader();
  try {
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      chunks.push(next.value);
      done += next.value.length;
      options.progress(done, total, `downloading ${what}`);
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw new PipelineError("io", url, `broke off after ${done} of ${total || "an unknown number of"} bytes; try again`, error);
  }
  return joined(chunks, done);
}

async function get(url: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal });
  } catch (error) {
    signal.throwIfAborted();
    // A browser does not tell a page which of the two it was.
    throw new PipelineError(
      "io",
      url,
      "cannot be fetched: there is no network, or its server does not let other sites read it (CORS)",
      error,
    );
  }
}

/** Servers of single-page apps answer every unknown address with the app's page. */
function isMissing(response: Response, url: string): boolean {
  if (response.status === 404 || response.status === 410) return true;
  if (!response.ok) throw new PipelineError("io", url, `the server answered ${response.status} ${response.statusText}`.trimEnd());
  return (response.headers.get("content-type") ?? "").startsWith("text/html") && !/\.html?$/.test(new URL(url).pathname);
}

/** 0 when it is not said, or when it counts compressed bytes. */
const contentLength = ({ headers }: Response): number => (headers.has("content-encoding") ? 0 : Number(headers.get("content-length") ?? 0));

function joined(chunks: readonly Bytes[], length: number): Bytes {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
