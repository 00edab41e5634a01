// A folder as any static server serves it, and what a page in it shows in a real Chromium.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { chromium } from "playwright";
import { chromiumLaunch } from "../support/chromium.ts";

const types: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };
const isolation = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** The JSON that the page writes into its body. The page is alone in its process, so that it may have threads, if `isolated`. */
export async function shown(folder: string, path: string, isolated: boolean): Promise<unknown> {
  const server = createServer(({ url = "/" }, response) => {
    const file = join(folder, new URL(url, "http://site").pathname);
    if (!existsSync(file) || !statSync(file).isFile()) response.writeHead(404).end();
    else
      response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain", ...(isolated && isolation) }).end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const browser = await chromium.launch(chromiumLaunch);
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`);
    await page.waitForFunction("document.body.textContent.startsWith('{')", undefined, { timeout: 60_000 }).catch(() => {
      throw new Error(`${path} shows nothing; ${errors.join("; ")}`);
    });
    return JSON.parse((await page.textContent("body")) as string);
  } finally {
    await browser.close();
    server.close();
  }
}
