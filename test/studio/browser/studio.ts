// The studio as a user has it: its command in a folder of its own, and a real browser that opens the address that it prints.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { chromiumLaunch } from "../../support/chromium.ts";

const main = resolve(import.meta.dirname, "../../../dist/node/cli/main.js");

export interface RunningStudio {
  readonly url: string;
  /** Where it was started. */
  readonly folder: string;
  /** As Ctrl-C does; gives the exit code. */
  close(): Promise<number | null>;
}

/** `prepare` may put files into its folder first. */
export async function startStudio(
  args: readonly string[] = [],
  prepare: (folder: string) => Promise<void> = async () => {},
): Promise<RunningStudio> {
  const folder = await mkdtemp(join(tmpdir(), "lanewise-studio-"));
  await prepare(folder);
  const { LANEWISE_DATA: _, ...env } = process.env;
  const child = spawn(process.execPath, [main, "studio", ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const url = await addressOf(child);
  return {
    url,
    folder,
    async close() {
      const ended = new Promise<number | null>((end) => child.once("close", end));
      child.kill("SIGINT");
      const code = await ended;
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = "";
    child.stdout?.on("data", (text: Buffer) => {
      said += text;
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(said)?.[0];
      if (url !== undefined) found(url);
    });
    child.once("close", (code) => fail(new Error(`the studio ended with ${code}: ${said}`)));
  });
}

export const openChromium = (): Promise<Browser> => chromium.launch(chromiumLaunch);

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page asked for outside the studio, and what went wrong in it. */
  readonly faults: string[];
}

export async function visit(browser: Browser, url: string, settings: Parameters<Browser["newContext"]>[0] = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...settings });
  const page = await context.newPage();
  const faults: string[] = [];
  const { origin } = new URL(url);
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(origin)) faults.push(`asked for ${request.url()}`);
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(url);
  return { page, context, faults };
}
