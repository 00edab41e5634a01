// The studio's server: on this machine's own address only, behind its guard.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isUserMistake, PipelineError } from "../../errors.ts";
import type { StudioFacts } from "../../records/protocol.ts";
import { failureOf } from "../cli/failure.ts";
import { systemCode } from "../io_error.ts";
import { type Answer, refused } from "./answer.ts";
import { type Assets, openAssets } from "./assets.ts";
import { openDataFiles } from "./dataFiles.ts";
import { createGuard, type Guard } from "./guard.ts";
import { headers } from "./headers.ts";
import { openLiveRuns } from "./liveRuns.ts";
import { openPipelines } from "./pipelines.ts";
import { route, type Studio } from "./routes.ts";
import { openRunFolders } from "./runFolders.ts";

const HOST = "127.0.0.1";
const RUNS = "runs";

export interface StudioSettings {
  /** Files of pipelines, or folders of them; none stands for pipelines/. */
  readonly pipelines: readonly string[];
  /** 0, the default, takes any that is free. */
  readonly port?: number;
  readonly data?: string;
  /** Runs start in Node unless the reader says otherwise. */
  readonly node?: boolean;
}

export interface OpenStudio {
  /** With the token that opens it. */
  readonly url: string;
  /** Ends the runs that it carries out, then itself. */
  close(): Promise<void>;
}

export const openStudio = (settings: StudioSettings): Promise<OpenStudio> => startServer({ ...settings, page: openAssets() });

/** `page` answers for all that is not the API. */
export async function startServer({
  pipelines: given,
  port = 0,
  data,
  node = false,
  page,
}: StudioSettings & { readonly page: Assets }): Promise<OpenStudio> {
  const pipelines = openPipelines(given);
  const facts: Pick<StudioFacts, "node" | "runs"> = { node, runs: RUNS };
  const all = async () => {
    const files = (await pipelines.list()).filter(({ error }) => error === undefined);
    return Promise.all(files.map(({ file }) => pipelines.load(file)));
  };
  const live = openLiveRuns(data);
  const studio: Studio = { facts, pipelines, live, runs: openRunFolders(RUNS), data: openDataFiles(data, all) };
  let guard: Guard | undefined;
  const server = createServer((request, response) => {
    void answerTo(request, guard as Guard, page, studio, goneSignal(response)).then((answer) =>
      send(response, answer, request.method === "HEAD"),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(notOpened(port, error)));
    server.listen(port, HOST, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  guard = createGuard(taken);
  return {
    url: `http://${HOST}:${taken}/?token=${guard.token}`,
    async close() {
      await live.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function notOpened(port: number, error: unknown): unknown {
  const code = systemCode(error);
  if (code === "EADDRINUSE")
    return new PipelineError("config", "--port", `${port} is taken; choose another, or leave it out for one that is free`, error);
  if (code === "EACCES")
    return new PipelineError("config", "--port", `${port} may not be taken by this user; choose one above 1023`, error);
  return error;
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}

async function answerTo(request: IncomingMessage, guard: Guard, page: Assets, studio: Studio, signal: AbortSignal): Promise<Answer> {
  const method = request.method ?? "GET";
  try {
    const url = new URL(request.url ?? "/", `http://${HOST}`);
    const instead = guard.check({ method, url, headers: request.headers });
    if (instead !== undefined) return instead;
    const found = route(method === "HEAD" ? "GET" : method, url.pathname);
    if (found !== undefined) return await found.handler(studio, { url, parts: found.parts, signal, body: () => bodyOf(request) });
    if (method !== "GET" && method !== "HEAD") return refused(405, `${method} is not understood here`);
    return page(url.pathname);
  } catch (error) {
    return refused(isUserMistake(error) || error instanceof URIError || error instanceof TypeError ? 400 : 500, failureOf(error).line);
  }
}

/** What a page sends is settings, or a file of a run. */
const LARGEST_BODY = 1e9;

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new PipelineError("config", "body", `it is larger than ${LARGEST_BODY} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

async function send(response: ServerResponse, answer: Answer, empty: boolean): Promise<void> {
  response.writeHead(answer.status, { ...headers, ...answer.headers });
  const { body = "" } = answer;
  if (empty || typeof body === "string" || body instanceof Uint8Array) {
    response.end(empty ? undefined : body);
    return;
  }
  response.flushHeaders();
  try {
    for await (const text of body) {
      if (!response.write(text)) await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
    }
    response.end();
  } catch {
    response.destroy();
  }
}
