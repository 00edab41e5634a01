// The example page: modules and an import map, no bundler; also where a Content-Security-Policy refuses Workers made from text.
import { afterEach, describe, expect, inject, it } from "vitest";
import { expectNoWorker } from "./support.ts";

const site = inject("site");

interface Report {
  readonly type: string;
  readonly message?: string;
  readonly class?: string;
}

/** Opens the page, lets it train, and returns what it reports until it is ready or has failed. */
function visit(query: Record<string, string>): Promise<Report[]> {
  const frame = document.createElement("iframe");
  frame.src = `${site}/pipelines/page.html?${new URLSearchParams({ train: "", ...query })}`;
  const reports: Report[] = [];
  return new Promise((resolve) => {
    addEventListener("message", function listen({ data, source }: MessageEvent<Report>) {
      if (source !== frame.contentWindow) return;
      reports.push(data);
      if (data.type !== "ready" && data.type !== "error") return;
      removeEventListener("message", listen);
      resolve(reports);
    });
    document.body.append(frame);
  });
}

const strict = (workers: string): string =>
  `default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src ${workers}`;

afterEach(async () => {
  await expectNoWorker();
  document.querySelector("iframe")?.remove();
});

describe("a page without a bundler", { timeout: 20_000 }, () => {
  it("trains and predicts", async () => {
    const reports = await visit({});
    expect(reports.filter((report) => report.type === "epoch")).toHaveLength(6);
    expect(reports.at(-1)).toMatchObject({ type: "ready", class: expect.stringMatching(/^\d$/) });
  });

  it("is told of the three ways out where Workers made from text are refused", async () => {
    const [report] = await visit({ policy: strict("'self'") });
    expect(report?.type).toBe("error");
    expect(report?.message).toMatch(/^worker: it could not be started; .*worker-src blob:.*workerUrl.*worker: false/);
  });

  it.each([
    ["the Worker's file", { workerUrl: "/dist/browser/worker.js" }],
    ["the Worker's file, in plain JavaScript", { workerUrl: "/dist/browser/worker.js", backend: "js" }],
    ["the calling thread", { worker: false }],
  ])("trains there on %s", async (_, options) => {
    const reports = await visit({ policy: strict("'self'"), options: JSON.stringify(options) });
    expect(reports.at(-1)?.type).toBe("ready");
  });

  it("is told when the Worker's file is not there", async () => {
    const [report] = await visit({ options: JSON.stringify({ workerUrl: "/nowhere/worker.js" }) });
    expect(report?.message).toMatch(/^worker: it could not be started; serve the file lanewise\/worker\.js at \/nowhere\/worker\.js/);
  });

  it("is told when the Worker's file is another site's", async () => {
    const [report] = await visit({ options: JSON.stringify({ workerUrl: "https://example.com/worker.js" }) });
    expect(report?.message).toMatch(/^worker: it could not be started: .*on the page's own origin/);
  });
});
