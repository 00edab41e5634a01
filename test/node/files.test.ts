// Look-up order, checksums and downloads, against a server on this machine.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { ReadableFile } from "../../src/data/readableFile.ts";
import { findFile, listFolder, openFile, readNamed } from "../../src/node/files.ts";
import { cacheFolder } from "../../src/node/folders.ts";
import type { FileOptions } from "../../src/pipeline/platform.ts";
import { temporaryFolder } from "./temporary.ts";

const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251));
const sha256 = createHash("sha256").update(content).digest("hex");
const name = "mnist/train.gz";

let home: string;
beforeEach(() => {
  home = temporaryFolder();
  vi.stubEnv("XDG_CACHE_HOME", join(home, "cache"));
  vi.stubEnv("LANEWISE_DATA", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const cached = (): string => join(home, "cache", "lanewise", name);

function options(more: Partial<FileOptions> = {}): FileOptions & { seen: [number, number, string][] } {
  const seen: [number, number, string][] = [];
  return { signal: new AbortController().signal, progress: (...step) => seen.push(step), seen, ...more };
}

function put(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** Serves with `answer` and counts the requests' Range headers. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, turn: number) => void,
): Promise<{ url: string; ranges: (string | undefined)[] }> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response, ranges.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/train.gz`, ranges };
}

/** A server that honours ranges, as real ones do. */
function whole(request: IncomingMessage, response: ServerResponse): void {
  const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (start >= content.length) return void response.writeHead(416).end();
  response.writeHead(start ? 206 : 200, {
    "content-length": content.length - start,
    ...(start && { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` }),
  });
  response.end(content.subarray(start));
}

test("--data comes first, then $LANEWISE_DATA, then the cache, then the network", async () => {
  const { url, ranges } = await serve(whole);
  const request = { name, url };
  const data = join(home, "data");
  const environment = join(home, "environment");
  expect([...(await findFile(request, options()))]).toEqual([...content]);
  expect(ranges).toHaveLength(1);
  put(cached(), "from cache");
  expect(String(await findFile(request, options()))).toBe(String(Buffer.from("from cache")));
  put(join(environment, name), "from environment");
  vi.stubEnv("LANEWISE_DATA", environment);
  expect(Buffer.from(await findFile(request, options())).toString()).toBe("from environment");
  put(join(data, name), "from data");
  expect(Buffer.from(await findFile(request, options({ data }))).toString()).toBe("from data");
  expect(ranges).toHaveLength(1);
});

test("--data may be the data set's own folder", async () => {
  put(join(home, "train.gz"), content);
  expect((await findFile({ name, sha256 }, options({ data: home }))).length).toBe(content.length);
});

test("a --data folder that is not there is named, rather than passed over", async () => {
  await expect(findFile({ name }, options({ data: join(home, "typo") }))).rejects.toThrow(
    `data: there is no folder "${join(home, "typo")}"`,
  );
});

test("with the file nowhere, one line names all four places", async () => {
  const { url } = await serve((_, response) => response.writeHead(404).end());
  const error = await findFile({ name, url, sha256 }, options({ data: home })).catch((e: Error) => e);
  expect(error).toMatchObject({ name: "PipelineError", code: "io" });
  const { message } = error as Error;
  expect(message).not.toContain("\n");
  for (const place of [`--data (${home})`, "$LANEWISE_DATA (not set)", `the cache (${cacheFolder()})`, url, "404 Not Found"])
    expect(message).toContain(place);
});

test("a server that cannot be reached is named in one line", async () => {
  const error = await findFile({ name, url: "http://127.0.0.1:9/train.gz" }, options()).catch((e: Error) => e);
  expect(error).toMatchObject({ code: "io" });
  expect((error as Error).message).toMatch(/cannot reach 127\.0\.0\.1:9: [^\n]+$/);
});

test("a wrong file in the user's folder is an error with both checksums, and stays", async () => {
  put(join(home, name), "wrong");
  const wrong = createHash("sha256").update("wrong").digest("hex");
  await expect(findFile({ name, sha256 }, options({ data: home }))).rejects.toThrow(
    `${join(home, name)}: expected sha256 ${sha256}, got ${wrong}; replace the file`,
  );
  expect(readFileSync(join(home, name), "utf8")).toBe("wrong");
});

test("a wrong file in the cache is fetched anew", async () => {
  const { url } = await serve(whole);
  put(cached(), "damaged");
  expect((await findFile({ name, url, sha256 }, options())).length).toBe(content.length);
  expect(readFileSync(cached()).equals(content)).toBe(true);
});

test("a download reports its bytes and leaves nothing but the file", async () => {
  const { url } = await serve(whole);
  const o = options();
  await findFile({ name, url, sha256, bytes: content.length }, o);
  expect(o.seen.at(-1)).toEqual([content.length, content.length, `downloading ${name}`]);
  expect(existsSync(`${cached()}.part`)).toBe(false);
});

test("a broken transfer goes on where it stopped", async () => {
  let broken: ServerResponse | undefined;
  const { url, ranges } = await serve((request, response, turn) => {
    if (turn > 1) return whole(request, response);
    broken = response.writeHead(200, { "content-length": content.length });
    broken.write(content.subarray(0, 100_000));
  });
  const progress = (done: number): void => {
    if (done === 100_000) broken?.destroy();
  };
  expect(Buffer.from(await findFile({ name, url, sha256 }, options({ progress }))).equals(content)).toBe(true);
  expect(ranges).toEqual([undefined, "bytes=100000-"]);
});

test("the part of an earlier run is gone on with", async () => {
  const { url, ranges } = await serve(whole);
  put(`${cached()}.part`, content.subarray(0, 1234));
  expect(Buffer.from(await findFile({ name, url, sha256 }, options())).equals(content)).toBe(true);
  expect(ranges).toEqual(["bytes=1234-"]);
});

test("a part that is complete already is only verified", async () => {
  const { url, ranges } = await serve(whole);
  put(`${cached()}.part`, content);
  expect(Buffer.from(await findFile({ name, url, sha256 }, options())).equals(content)).toBe(true);
  expect(ranges).toHaveLength(1);
});

test("a part of another file is dropped and the download starts over", async () => {
  const { url, ranges } = await serve(whole);
  put(`${cached()}.part`, "something else");
  expect(Buffer.from(await findFile({ name, url, sha256 }, options())).equals(content)).toBe(true);
  expect(ranges).toEqual(["bytes=14-", undefined]);
});

test("a server without ranges gives the file from the start", async () => {
  const { url } = await serve((_, response) => response.writeHead(200, { "content-length": content.length }).end(content));
  put(`${cached()}.part`, Buffer.concat([content, Buffer.from("too long")]));
  expect(Buffer.from(await findFile({ name, url, sha256 }, options())).equals(content)).toBe(true);
});

test("a file with the wrong checksum never reaches the cache", async () => {
  const { url } = await serve((_, response) => response.end("an error page"));
  const got = createHash("sha256").update("an error page").digest("hex");
  await expect(findFile({ name, url, sha256 }, options())).rejects.toThrow(`expected sha256 ${sha256}, got ${got}`);
  expect(existsSync(cached())).toBe(false);
  expect(existsSync(`${cached()}.part`)).toBe(false);
});

test("a transfer that always breaks off ends in one line, and keeps what came", async () => {
  let broken: ServerResponse | undefined;
  const { url, ranges } = await serve((request, response) => {
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    broken = response.writeHead(start ? 206 : 200, {
      "content-length": content.length - start,
      ...(start && { "content-range": `bytes ${start}-` }),
    });
    broken.write(content.subarray(start, start + 1000));
  });
  const progress = (done: number): void => {
    if (done % 1000 === 0) broken?.destroy();
  };
  await expect(findFile({ name, url, sha256 }, options({ progress }))).rejects.toThrow(
    /broke off after 3000 of 300000 bytes: .*; run again to go on from there$/,
  );
  expect(ranges).toHaveLength(3);
  expect(readFileSync(`${cached()}.part`).equals(content.subarray(0, 3000))).toBe(true);
});

test("an abort ends the download with its own reason", async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 1000));
  });
  const controller = new AbortController();
  const reason = new Error("enough");
  await expect(
    findFile({ name, url, sha256 }, options({ signal: controller.signal, progress: () => controller.abort(reason) })),
  ).rejects.toBe(reason);
  expect(existsSync(cached())).toBe(false);
});

test("a cache that cannot be written is named", async () => {
  const { url } = await serve(whole);
  put(join(home, "cache"), "a file");
  await expect(findFile({ name, url, sha256 }, options())).rejects.toThrow(/cannot write the cache: .*; set XDG_CACHE_HOME/);
});

test("what the user names is read from disk or by its URL", async () => {
  const { url } = await serve(whole);
  put(join(home, "a.bin"), "abc");
  expect(Buffer.from(await readNamed(join(home, "a.bin"), options())).toString()).toBe("abc");
  const o = options();
  expect(Buffer.from(await readNamed(url, o)).equals(content)).toBe(true);
  expect(o.seen.at(-1)?.slice(0, 2)).toEqual([content.length, content.length]);
});

test("what is not there, or not a file, is the user's mistake in one line", async () => {
  await expect(readNamed(join(home, "none.csv"), options())).rejects.toMatchObject({
    code: "data",
    message: `${join(home, "none.csv")}: cannot read: there is no such file or folder`,
  });
  await expect(readNamed(home, options())).rejects.toMatchObject({
    code: "data",
    message: `${home}: cannot read: it is a folder, not a file`,
  });
  put(join(home, "a.bin"), "abc");
  await expect(listFolder(join(home, "a.bin"))).rejects.toThrow("cannot list: it is a file, not a folder");
  await expect(listFolder(join(home, "none"))).rejects.toThrow("cannot list: there is no such file or folder");
});

async function contentOf(file: ReadableFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of file.pieces()) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

test("a file is read piece by piece, as often as asked, wherever it is", async () => {
  const { url, ranges } = await serve(whole);
  put(join(home, name), content);
  for (const place of [join(home, name), pathToFileURL(join(home, name)).href, url, { name, sha256, url }]) {
    const file = await openFile(place, options({ data: home }));
    expect(file.size).toBe(content.length);
    for (let time = 0; time < 2; time++) expect((await contentOf(file)).equals(content)).toBe(true);
  }
  expect(ranges).toHaveLength(1);
  const first = await (await openFile(join(home, name), options())).pieces().next();
  expect(first.value?.length).toBeLessThan(content.length);
});

test("a file that is to be read piece by piece is checked and missed as any other", async () => {
  put(join(home, name), "wrong");
  await expect(openFile({ name, sha256 }, options({ data: home }))).rejects.toThrow(`expected sha256 ${sha256}, got `);
  await expect(openFile(join(home, "none.csv"), options())).rejects.toMatchObject({
    code: "data",
    message: `${join(home, "none.csv")}: cannot read: there is no such file or folder`,
  });
  await expect(openFile(home, options())).rejects.toMatchObject({ message: `${home}: cannot read: it is a folder, not a file` });
  const { url } = await serve(whole);
  put(cached(), "damaged");
  expect((await contentOf(await openFile({ name, url, sha256 }, options()))).equals(content)).toBe(true);
});

test("a folder is listed to the bottom, sorted, through links and without running in circles", async () => {
  put(join(home, "set/b/2.png"), "");
  put(join(home, "set/a/1.png"), "");
  put(join(home, "set/labels.csv"), "");
  put(join(home, "elsewhere/3.png"), "");
  symlinkSync(join(home, "elsewhere"), join(home, "set/c"));
  symlinkSync(join(home, "set"), join(home, "set/a/up"));
  expect(await listFolder(join(home, "set"))).toEqual(["a/1.png", "b/2.png", "c/3.png", "labels.csv"]);
});

test("the cache folder is where each system keeps caches", () => {
  expect(cacheFolder({}, "linux", "/home/u")).toBe("/home/u/.cache/lanewise");
  expect(cacheFolder({ XDG_CACHE_HOME: "/c" }, "linux", "/home/u")).toBe("/c/lanewise");
  expect(cacheFolder({}, "darwin", "/Users/u")).toBe("/Users/u/Library/Caches/lanewise");
  expect(cacheFolder({ LOCALAPPDATA: "/local" }, "win32", "/u")).toBe("/local/lanewise/Cache");
});
