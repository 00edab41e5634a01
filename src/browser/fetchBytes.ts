// GET into memory, with progress; every failure is one line that says what to do.

import { type Bytes, joined } from "../data/openBytes.ts";
import type { ReadableFile } from "../data/readableFile.ts";
import { PipelineError } from "../errors.ts";
import type { FileOptions } from "../pipeline/platform.ts";

type Transfer = Pick<FileOptions, "signal" | "progress">;

/** `what` is for messages; `bytes` is the size where the server does not say it. */
export interface Fetching {
  readonly what: string;
  readonly bytes?: number | undefined;
}

/** Undefined where the server has no such file. */
export async function fetchBytes(url: string, options: Transfer, { what, bytes = 0 }: Fetching): Promise<Bytes | undefined> {
  const response = await found(url, options.signal);
  if (response === undefined) return undefined;
  const chunks: Bytes[] = [];
  for await (const chunk of body(response, options, what, bytes)) chunks.push(chunk);
  return joined(chunks);
}

/**
 * As `fetchBytes`, into what the browser keeps for itself, on disk where it is large: nothing of it is in the page's memory. What a page has
 * made an address for, as `URL.createObjectURL(file)`, is read where it is.
 */
export async function fetchFile(url: string, options: Transfer, { what, bytes = 0 }: Fetching): Promise<ReadableFile | undefined> {
  const response = await found(url, options.signal);
  if (response === undefined) return undefined;
  const blob = url.startsWith("blob:") ? await response.blob() : await kept(body(response, options, what, bytes));
  return { name: what, size: blob.size, pieces: () => chunksOf(blob.stream()) };
}

async function kept(chunks: AsyncGenerator<Bytes, void>): Promise<Blob> {
  let failure: unknown;
  const stream = new ReadableStream<Bytes>({
    async pull(controller) {
      try {
        const next = await chunks.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
  });
  try {
    return await new Response(stream).blob();
  } catch (error) {
    // The browser says no more than that it failed.
    throw failure ?? error;
  }
}

async function* body(response: Response, options: Transfer, what: string, bytes: number): AsyncGenerator<Bytes, void> {
  const total = contentLength(response) || bytes;
  let done = 0;
  try {
    for await (const chunk of response.body === null ? [] : chunksOf(response.body)) {
      done += chunk.length;
      options.progress(done, total, `downloading ${what}`);
      yield chunk;
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw new PipelineError("io", response.url, `broke off after ${done} of ${total || "an unknown number of"} bytes; try again`, error);
  }
}

/** Not every browser can loop over a stream. */
async function* chunksOf(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes, void> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function found(url: string, signal: AbortSignal): Promise<Response | undefined> {
  const response = await get(url, signal);
  if (!isMissing(response, url)) return response;
  await response.body?.cancel();
  return undefined;
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
