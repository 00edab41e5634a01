// A plain web server beside the tests' own: the package as it was built, the example page, and files that a test puts there.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".gz": "application/gzip",
};

export interface Site {
  readonly url: string;
  /** Served at these paths. */
  readonly files: Map<string, Uint8Array>;
  close(): void;
}

export async function openSite(): Promise<Site> {
  const files = new Map<string, Uint8Array>();
  const hits = new Map<string, number>();
  const server = createServer(({ url = "/" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://site");
    hits.set(pathname, (hits.get(pathname) ?? 0) + 1);
    for (const [name, value] of [
      ["access-control-allow-origin", "*"],
      ["cross-origin-resource-policy", "cross-origin"],
      ["cross-origin-opener-policy", "same-origin"],
      ["cross-origin-embedder-policy", "require-corp"],
      ["content-type", types[extname(pathname)] ?? "application/octet-stream"],
    ] as const) {
      response.setHeader(name, value);
    }
    const policy = searchParams.get("policy");
    if (policy !== null) response.setHeader("content-security-policy", policy);
    if (pathname === "/hits") response.end(String(hits.get(searchParams.get("path") ?? "") ?? 0));
    else if (pathname.startsWith("/app/"))
      response.setHeader("content-type", "text/html").end("<!doctype html><title>Every address is the app</title>");
    else if (pathname === "/broken.bin") breakOff(response);
    else if (pathname === "/endless.bin") response.write("it goes on");
    else if (files.has(pathname)) response.end(files.get(pathname));
    else send(response, pathname);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function breakOff(response: ServerResponse): void {
  response.setHeader("content-length", "1000");
  response.write(new Uint8Array(400), () => response.destroy());
}

/** From the repository; `rxjs` names its modules without `.js`. */
function send(response: ServerResponse, path: string): void {
  const allowed = ["/dist/", "/node_modules/", "/pipelines/"].some((folder) => path.startsWith(folder));
  const found = [path, `${path}.js`].map((name) => join(root, name)).find((file) => allowed && existsSync(file) && statSync(file).isFile());
  if (found === undefined) response.writeHead(404).end();
  else createReadStream(found).pipe(response.setHeader("content-type", types[extname(found)] ?? "application/octet-stream"));
}
