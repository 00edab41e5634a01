// Fetches a file into the cache: bytes go to `<name>.part` and are hashed on the way, a broken transfer goes on where it stopped,
// and only a file whose checksum is right gets its name.
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { FileRequest } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { FileOptions } from "../pipeline/platform.ts";
import { contentLength, get, networkReason } from "./http.ts";
import { systemCode } from "./io_error.ts";

const ATTEMPTS = 3;

export type Download = FileRequest & { readonly url: string };

/** What one connection gave: all of the file, or a part of it and why no more. `resumed` says that old bytes were kept. */
type Transfer = { readonly resumed: boolean } & ({ readonly sha256: string } | { readonly broken: string });

/** Leaves the whole, verified file at `target`. Two processes may do so at once: both write the same bytes to the same places. */
export async function download(request: Download, target: string, options: FileOptions): Promise<void> {
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const last = attempt === ATTEMPTS;
    const transfer = await continueFile(request, part, options);
    if ("broken" in transfer) {
      if (last) throw new PipelineError("io", request.url, `${transfer.broken}; run again to go on from there`);
      continue;
    }
    if (request.sha256 !== undefined && transfer.sha256 !== request.sha256) {
      await rm(part, { force: true });
      if (transfer.resumed && !last) continue; // the old part was of another file: once more from the start
      throw new PipelineError(
        "io",
        request.url,
        `expected sha256 ${request.sha256}, got ${transfer.sha256}; the server gives another file, put ${request.name} into --data DIR yourself`,
      );
    }
    await rename(part, target).catch((error: unknown) => {
      if (systemCode(error) !== "ENOENT") throw error; // ENOENT: another process has finished the same download
    });
    return;
  }
}

/** One request for the bytes that `part` lacks. */
async function continueFile(request: Download, part: string, options: FileOptions): Promise<Transfer> {
  const file = await open(part, constants.O_RDWR | constants.O_CREAT);
  try {
    const { size } = await file.stat();
    const response = await get(
      request.url,
      { "accept-encoding": "identity", ...(size > 0 && { range: `bytes=${size}-` }) },
      options.signal,
      [416],
    );
    if (response.status === 416) {
      // The part is the whole file, or of another one: its checksum tells. Without a checksum it cannot be trusted.
      await response.body?.cancel();
      if (request.sha256 === undefined) await file.truncate(0);
      return request.sha256 === undefined
        ? { resumed: true, broken: "the server has no more bytes" }
        : { resumed: true, sha256: await hashOf(part, size) };
    }
    const start = response.status === 206 ? rangeStart(response, size) : 0;
    return await receive(request, response, file, part, start, options);
  } finally {
    await file.close();
  }
}

async function receive(
  request: Download,
  response: Response,
  file: FileHandle,
  part: string,
  start: number,
  options: FileOptions,
): Promise<Transfer> {
  const resumed = start > 0;
  const total = contentLength(response) === 0 ? (request.bytes ?? 0) : start + contentLength(response);
  const hash = createHash("sha256");
  if (resumed) await hashInto(hash, part, start);
  let done = start;
  try {
    for await (const chunk of response.body ?? []) {
      await file.write(chunk, 0, chunk.length, done);
      hash.update(chunk);
      done += chunk.length;
      options.progress(done, total, `downloading ${request.name}`);
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof Error && "syscall" in error && error.syscall === "write") throw error;
    return { resumed, broken: `broke off after ${done} of ${total || "an unknown number of"} bytes: ${networkReason(error)}` };
  }
  if (done < total) return { resumed, broken: `ended after ${done} of ${total} bytes` };
  await file.truncate(done);
  await file.sync();
  return { resumed, sha256: hash.digest("hex") };
}

/** Where a partial answer begins: where it was asked to, or wherever the server says. */
function rangeStart(response: Response, asked: number): number {
  const start = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
  return start === undefined ? asked : Math.min(Number(start), asked);
}

async function hashInto(hash: Hash, path: string, bytes: number): Promise<void> {
  for await (const chunk of createReadStream(path, { end: bytes - 1 })) hash.update(chunk as Buffer);
}

async function hashOf(path: string, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  if (bytes > 0) await hashInto(hash, path, bytes);
  return hash.digest("hex");
}
