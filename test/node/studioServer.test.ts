// The studio's server: whom it answers, and with what.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGuard, type Guard } from "../../src/node/studio/guard.ts";
import { type OpenStudio, startServer } from "../../src/node/studio/server.ts";
import type { RunDetail, RunRow } from "../../src/records/protocol.ts";

const before = process.cwd();
let folder: string;
let outside: string;
let studio: OpenStudio;
let cookie: string;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lanewise-"));
  process.chdir(folder);
  writeFileSync("table.csv", "a,b\n1,2\n");
  mkdirSync("pictures");
  writeFileSync("pictures/one.png", "1");
  symlinkSync("/etc", "elsewhere");
  outside = mkdtempSync(join(tmpdir(), "lanewise-"));
  mkdirSync(join(outside, "set"));
  writeFileSync(join(outside, "set/a.csv"), "of the pipeline");
  writeFileSync(join(outside, "secret"), "secret");
  writeFileSync(
    "named.mjs",
    `export default { source: { kind: "csv", path: ${JSON.stringify(join(outside, "set"))}, target: "y", delimiter: "/" }, model: [{ kind: "dense", units: 1 }], train: { loss: "huber" } };`,
  );
  studio = await startServer({ pipelines: ["named.mjs"], page: (path) => ({ status: path === "/" ? 200 : 404, body: "the page" }) });
  port = Number(new URL(studio.url).port);
  const welcome = await ask(new URL(studio.url).pathname + new URL(studio.url).search, { headers: {} });
  cookie = /^[^;]+/.exec(String(welcome.headers["set-cookie"]))?.[0] as string;
});
afterAll(async () => {
  await studio.close();
  process.chdir(before);
  for (const made of [folder, outside]) rmSync(made, { recursive: true });
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

interface Answered {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** With the path as it stands: `fetch` would tidy it up. */
function ask(path: string, { method = "GET", headers = { cookie }, body }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: "127.0.0.1", port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

const own = (): Record<string, string> => ({ cookie, origin: `http://127.0.0.1:${port}` });
const post = (path: string, body: unknown = {}, headers = own()): Promise<Answered> =>
  ask(path, { method: "POST", headers, body: JSON.stringify(body) });

describe("whom it answers", () => {
  it("exchanges the token of its address for a cookie that no script reads and no other site's request carries", async () => {
    const { status, headers } = await ask(new URL(studio.url).pathname + new URL(studio.url).search, { headers: {} });
    expect(status).toBe(303);
    expect(headers.location).toBe("/");
    expect(headers["set-cookie"]).toEqual([expect.stringMatching(/^lanewise-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/)]);
    expect(String(headers["set-cookie"])).not.toContain(new URL(studio.url).searchParams.get("token"));
    expect((await ask("/")).status).toBe(200);
  });

  it.each<[string, string, () => Asked]>([
    ["without the cookie", "/", () => ({ headers: {} })],
    ["without the cookie, of the API", "/api/runs", () => ({ headers: {} })],
    ["with a wrong cookie", "/", () => ({ headers: { cookie: `lanewise-${port}=wrong` } })],
    ["with a wrong token", "/?token=wrong", () => ({})],
    ["with another Host: DNS rebinding", "/", () => ({ headers: { cookie, host: "evil.example" } })],
    ["with another port in Host", "/", () => ({ headers: { cookie, host: `127.0.0.1:${port + 1}` } })],
    ["from another site", "/api/runs", () => ({ headers: { cookie, "sec-fetch-site": "cross-site" } })],
    ["from another port of this machine", "/api/runs", () => ({ headers: { cookie, "sec-fetch-site": "same-site" } })],
    [
      "to change something, from another origin",
      "/api/live",
      () => ({ method: "POST", headers: { cookie, origin: "http://evil.example" } }),
    ],
    ["to change something, from no origin", "/api/live", () => ({ method: "POST", headers: { cookie } })],
    ["to write, from another origin", "/api/runs/a/files/b", () => ({ method: "PUT", headers: { cookie, origin: "null" } })],
  ])("refuses requests %s", async (_, path, asked) => {
    const { status, text } = await ask(path, asked());
    expect(status).toBe(403);
    expect(JSON.parse(text)).toEqual({ error: expect.any(String) });
  });

  it("gives every studio its own token and cookie", () => {
    const guards = [createGuard(1), createGuard(1)] as [Guard, Guard];
    expect(guards[0].token).not.toBe(guards[1].token);
    expect(guards[0].token.length).toBeGreaterThanOrEqual(32);
  });

  it("isolates its page, and lets it load nothing from elsewhere", async () => {
    for (const path of ["/", "/nowhere", "/api/runs"]) {
      const { headers } = await ask(path);
      expect(headers).toMatchObject({
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      });
      const policy = String(headers["content-security-policy"]);
      expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
      expect(policy).not.toMatch(/https?:|\*/);
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });
});

describe("paths", () => {
  it.each([
    "/../../etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/assets/../../package.json",
    "/api/runs/..%2f..%2f/files/pipeline.json",
    "/api/runs/../files/pipeline.json",
    "/api/runs/%2e%2e/files/pipeline.json",
    "/api/runs/.%2e%5c/files/report.json",
    "/api/pipelines/..%2f..%2fetc%2fpasswd",
    "/api/runs/%ff",
  ])("%s leads nowhere", async (path) => {
    const { status, text } = await ask(path);
    expect([400, 404, 500]).toContain(status);
    expect(text).not.toContain("root:");
  });

  it.each(["/etc/passwd", "../../../etc/passwd", "elsewhere/passwd", "file:///etc/passwd", "http://127.0.0.1:1/"])(
    "a page may not read %s",
    async (path) => {
      const { status, text } = await ask(`/api/data/read?path=${encodeURIComponent(path)}`);
      expect(status).toBe(400);
      expect(JSON.parse(text).error).toContain("it must lie in the folder that the studio was started in");
    },
  );

  it("a page may read and list what lies in the folder", async () => {
    expect((await ask("/api/data/read?path=table.csv")).text).toBe("a,b\n1,2\n");
    expect(JSON.parse((await ask("/api/data/list?path=pictures")).text)).toEqual(["one.png"]);
    expect((await ask("/api/data/list?path=/etc")).status).toBe(400);
  });

  it("a page may read what a pipeline names, and what lies in a folder that it names, and nothing beside that", async () => {
    const read = (path: string): Promise<Answered> => ask(`/api/data/read?path=${encodeURIComponent(path)}`);
    expect(JSON.parse((await ask("/api/pipelines")).text)[0]).not.toHaveProperty("error");
    expect((await read(join(outside, "set/a.csv"))).text).toBe("of the pipeline");
    for (const path of [`${outside}/set/../secret`, `${outside}/secret`, `${outside}/settings`, "/etc/passwd"])
      expect((await read(path)).status, path).toBe(400);
  });

  it.each([
    [{ name: "../../etc/passwd" }],
    [{ name: "/etc/passwd" }],
    [{ name: "a/../../b" }],
    [{ name: "x.gz", url: "http://127.0.0.1:1/x.gz" }],
    [{ name: "x.gz", url: "file:///etc/passwd", sha256: "0".repeat(64) }],
    [{}],
  ])("a page may not have %j looked up", async (request) => {
    expect((await post("/api/data/file", request)).status).toBe(400);
  });
});

describe("runs that a page has carried out", () => {
  it("are written into a new folder under runs/, and nowhere else", async () => {
    const { run } = JSON.parse((await post("/api/runs", { name: "../../my run" })).text) as { run: string };
    expect(run).toMatch(/^[\w.-]*my-run-\d{8}-\d{6}$/);
    const pipeline = { lanewise: 1, build: "simd", pipeline: { name: "my run", train: { epochs: 1 } } };
    const put = (name: string, of = run): Promise<Answered> =>
      ask(`/api/runs/${of}/files/${encodeURIComponent(name)}`, { method: "PUT", headers: own(), body: JSON.stringify(pipeline) });
    expect((await put("pipeline.json")).status).toBe(200);
    for (const name of ["../pipeline.json", "index.html", "..%2f", ".bashrc"]) expect((await put(name)).status).toBe(400);
    expect((await put("pipeline.json", "another-20260101-000000")).status).toBe(400);
    expect(JSON.parse(readFileSync(join("runs", run, "pipeline.json"), "utf8"))).toEqual(pipeline);
    expect((await post(`/api/runs/${run}/report`)).status).toBe(200);

    const rows = JSON.parse((await ask("/api/runs")).text) as RunRow[];
    expect(rows).toEqual([expect.objectContaining({ folder: run, pipeline: "my run", state: "interrupted" })]);
    const detail = JSON.parse((await ask(`/api/runs/${run}`)).text) as RunDetail;
    expect(detail.record.pipeline).toEqual(pipeline.pipeline);
    const report = await ask(`/api/runs/${run}/files/report.html`);
    expect(report.text).toMatch(/^<!doctype html>/);
    expect(report.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox/);
    // It is closed now.
    expect((await put("metrics.json")).status).toBe(400);
  });
});

describe("wrong calls", () => {
  it.each<[string, string, number, string]>([
    ["GET", "/api/runs/none", 500, "there is no such run in runs/"],
    ["DELETE", "/api/runs", 405, "DELETE is not understood here"],
    ["POST", "/api/live/none/pause", 400, "this server carries out no such run"],
    ["POST", "/api/live/none/explode", 404, "a run cannot be told to explode"],
    ["POST", "/api/live", 400, "the studio does not offer this pipeline"],
  ])("%s %s is answered in one line", async (method, path, status, error) => {
    const answer = await ask(path, { method, headers: own(), body: method === "POST" ? "{}" : "" });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(error);
    expect(answer.text).not.toContain("\n");
  });

  it("checks a changed pipeline before it starts", async () => {
    const { status, text } = await post("/api/live", { file: ":strokes", changes: { train: { loss: "huber", epohcs: 3 } }, options: {} });
    expect(status).toBe(400);
    expect(JSON.parse(text).error).toContain('did you mean "epochs"?');
  });

  it("says in one line that its port is taken", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const taken = (other.address() as { port: number }).port;
    await expect(startServer({ pipelines: [], port: taken, page: () => ({ status: 200 }) })).rejects.toMatchObject({
      code: "config",
      message: `--port: ${taken} is taken; choose another, or leave it out for one that is free`,
    });
    await new Promise((done) => other.close(done));
  });
});
