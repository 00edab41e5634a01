// Where a source's files come from in a browser.
import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { browserPlatform } from "../../src/browser/platform.ts";
import type { FileRequest } from "../../src/data/table.ts";
import { sha256 } from "./support.ts";

const site = inject("site");
const { file, read, open, list } = browserPlatform(`${site}/page/index.html`);

/** A file that the site has, and how often it was asked for. */
const name = "points/pipeline.json";
let known: FileRequest;
let bytes: Uint8Array<ArrayBuffer>;
const hits = async (path: string): Promise<number> => Number(await (await fetch(`${site}/hits?path=${path}`)).text());

const reports: [done: number, total: number, what: string][] = [];
const options = (more: { data?: string; signal?: AbortSignal } = {}) => ({
  signal: new AbortController().signal,
  progress: (...report: [number, number, string]) => void reports.push(report),
  ...more,
});

beforeAll(async () => {
  bytes = new Uint8Array(await (await fetch(`${site}/runs/${name}`)).arrayBuffer());
  known = { name, sha256: await sha256(bytes), bytes: bytes.length };
});

beforeEach(async () => {
  reports.length = 0;
  await caches.delete("lanewise");
});

describe("a source's own file", () => {
  it("is found under data, as it is named or by its last name", async () => {
    expect(await file(known, options({ data: "/runs" }))).toEqual(bytes);
    expect(await file(known, options({ data: "../runs/points/" }))).toEqual(bytes);
    expect(reports.at(-1)).toEqual([bytes.length, bytes.length, `downloading ${name}`]);
  });

  it("is downloaded once, and comes from the cache after", async () => {
    const request = { ...known, url: `${site}/runs/${name}` };
    const before = await hits(`/runs/${name}`);
    expect(await file(request, options())).toEqual(bytes);
    expect(await file(request, options())).toEqual(bytes);
    expect(await hits(`/runs/${name}`)).toBe(before + 1);
  });

  it("is fetched again when the cache is damaged", async () => {
    const request = { ...known, url: `${site}/runs/${name}` };
    await (await caches.open("lanewise")).put(request.url, new Response("damaged"));
    expect(await file(request, options())).toEqual(bytes);
  });

  it("is not taken for the page of an app that answers every address", async () => {
    expect(await file({ ...known, url: `${site}/runs/${name}` }, options({ data: "/app" }))).toEqual(bytes);
  });

  it("is refused when it is another", async () => {
    const other = { ...known, sha256: "0".repeat(64) };
    await expect(file(other, options({ data: "/runs" }))).rejects.toMatchObject({
      code: "data",
      message: expect.stringContaining(`expected sha256 ${other.sha256}, got ${known.sha256}`),
    });
    await expect(file({ ...other, url: `${site}/runs/${name}` }, options())).rejects.toMatchObject({ code: "io" });
    expect(await (await caches.open("lanewise")).keys()).toEqual([]);
  });

  it("is missed with all places that were looked at", async () => {
    await expect(file({ name: "none.gz" }, options({ data: "/runs" }))).rejects.toMatchObject({
      code: "io",
      message: `none.gz: not under data (/runs) or in the browser's cache, and there is no address to download it from; put it on the page's server and pass { data: "/its/folder" }`,
    });
    await expect(file({ name: "none.gz", url: `${site}/none.gz` }, options())).rejects.toThrow("the server does not have it any more");
    await expect(file({ name: "none.gz", url: "http://127.0.0.1:1/none.gz" }, options())).rejects.toThrow(
      "there is no network, or its server does not let other sites read it (CORS)",
    );
  });
});

describe("a file that the user named", () => {
  it("is read relative to the page", async () => {
    expect(await read("../runs/points/pipeline.json", options())).toEqual(bytes);
    await expect(read("none.csv", options())).rejects.toMatchObject({
      code: "data",
      message: `none.csv: the server has no ${site}/page/none.csv`,
    });
  });

  it("may break off", async () => {
    await expect(read("/broken.bin", options())).rejects.toMatchObject({
      code: "io",
      message: expect.stringMatching(/broken\.bin: broke off after \d+ of 1000 bytes; try again$/),
    });
  });

  it("stops coming when the run is left", async () => {
    const abort = new AbortController();
    const reading = read("/endless.bin", options({ signal: abort.signal }));
    await expect.poll(() => reports.length).toBeGreaterThan(0);
    abort.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
  });
});

describe("a file that is read piece by piece", () => {
  const contentOf = async (of: Awaited<ReturnType<typeof open>>): Promise<Uint8Array> => {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of of.pieces()) pieces.push(piece);
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  };

  it("comes from the site, from a file that the page has at hand, or from where a source looks", async () => {
    const local = URL.createObjectURL(new Blob([bytes]));
    for (const place of ["../runs/points/pipeline.json", local, { ...known, url: `${site}/runs/${name}` }]) {
      const opened = await open(place, options());
      expect(opened.size).toBe(bytes.length);
      for (let time = 0; time < 2; time++) expect(await contentOf(opened)).toEqual(bytes);
    }
    URL.revokeObjectURL(local);
    expect(reports.length).toBeGreaterThan(0);
  });

  it("is missed, breaks off or stops coming as any other", async () => {
    await expect(open("none.csv", options())).rejects.toMatchObject({ code: "data" });
    await expect(open("/broken.bin", options())).rejects.toThrow(/broken\.bin: broke off after \d+ of 1000 bytes; try again$/);
    const abort = new AbortController();
    reports.length = 0;
    const opening = open("/endless.bin", options({ signal: abort.signal }));
    await expect.poll(() => reports.length).toBeGreaterThan(0);
    abort.abort(new Error("enough"));
    await expect(opening).rejects.toThrow("enough");
  });
});

it("does not list folders, and says what to do", async () => {
  await expect(list("pictures")).rejects.toMatchObject({
    code: "environment",
    message: expect.stringContaining("as { files }, or their rows with arrays()"),
  });
});
