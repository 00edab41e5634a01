// Trains in the studio: in its page and in Node. Sees the loss fall on the chart, pauses, resumes, cancels, keeps.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChromium, type RunningStudio, startStudio, type Visit, visit } from "./studio.ts";

/** It trains until it has had all its epochs. */
const digits = `import { dense, dropDuplicates, flatten, minMax, pipeline, rotate, strokes } from "lanewise";
export default pipeline({
  source: strokes(),
  clean: [dropDuplicates()],
  normalize: [minMax()],
  augment: [rotate({ degrees: 8 })],
  split: { test: "given", validation: 0.1 },
  model: [flatten(), dense(128, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 12 },
  evaluate: ["accuracy", "confusionMatrix"],
});
`;

let browser: Browser;
let studio: RunningStudio;
let seen: Visit;
beforeAll(async () => {
  const write = async (folder: string): Promise<void> => {
    await mkdir(join(folder, "pipelines"));
    await writeFile(join(folder, "pipelines/digits.ts"), digits);
  };
  [browser, studio] = await Promise.all([openChromium(), startStudio([], write)]);
});
afterAll(async () => {
  await browser?.close();
  expect(await studio?.close()).toBe(0);
});
beforeEach(async () => {
  seen = await visit(browser, studio.url);
});
afterEach(async () => {
  expect(seen.faults).toEqual([]);
  await seen.context.close();
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const status = (page: Page) => page.locator(".status");

async function start(
  page: Page,
  { epochs, node = false, threads = "1" }: { epochs: number; node?: boolean; threads?: string },
): Promise<void> {
  await page.getByRole("link", { name: "digits" }).click();
  if (node) await page.getByLabel("In Node").check();
  await page.getByLabel("Epochs").fill(String(epochs));
  await page.getByLabel("Threads").selectOption(threads);
  await button(page, "Start training").click();
}

/** What the chart says that training rows gave within the epochs: at first, and now. */
async function losses(page: Page): Promise<[number, number]> {
  const text = await page.locator('svg[aria-labelledby^="curve-loss"] desc').textContent();
  const [, from, to] = /within an epoch: from ([\d.]+) to ([\d.]+)\./.exec(text ?? "") ?? [];
  return [Number(from), Number(to)];
}

const progress = async (page: Page): Promise<string> => page.locator(".progress p span").first().innerText();

describe.each([
  ["in the page", false],
  ["in Node", true],
])("a run %s", (_, node) => {
  it("shows the loss falling, is paused, goes on, and is cancelled", async () => {
    const { page } = seen;
    await start(page, { epochs: 500, node });
    await expect.poll(() => status(page).innerText()).toBe("Running");
    await page.locator('svg[aria-labelledby^="curve-loss"] .dots.train circle').nth(3).waitFor();
    const [first, now] = await losses(page);
    expect(now).toBeLessThan(first / 2);

    await button(page, "Pause").click();
    await expect.poll(() => status(page).innerText()).toBe("Paused");
    const rests = async (): Promise<boolean> => {
      const before = await progress(page);
      await page.waitForTimeout(700);
      return before === (await progress(page));
    };
    await expect.poll(rests).toBe(true);
    expect(await rests()).toBe(true);
    const held = await progress(page);

    await page.keyboard.press("p");
    await expect.poll(() => status(page).innerText()).toBe("Running");
    await expect.poll(() => progress(page)).not.toBe(held);

    await page.keyboard.press("Shift+X");
    await expect.poll(() => status(page).innerText()).toBe("Cancelled");
    expect(await button(page, "Pause").count()).toBe(0);
    await expect.poll(() => page.getByRole("status").innerText()).toContain("Cancelled");
  });

  it("leaves its report in the page, and its folder in runs/", async () => {
    const { page } = seen;
    await start(page, { epochs: 3, node, threads: "2" });
    await page.getByRole("link", { name: /report\.html/ }).waitFor();
    expect(await status(page).innerText()).toBe("Finished");
    await page.getByRole("heading", { name: "Most confident mistakes" }).waitFor();
    const run = /digits-\d{8}-\d{6}(-\d+)?/.exec(await page.locator(".path").innerText())?.[0] as string;
    const file = (name: string): string => join(studio.folder, "runs", run, name);
    for (const name of ["model.safetensors", "metrics.json", "report.html"]) expect(existsSync(file(name)), name).toBe(true);
    expect(readFileSync(file("history.jsonl"), "utf8").trim().split("\n")).toHaveLength(3);

    await page.reload();
    await page.getByRole("heading", { name: "Most confident mistakes" }).waitFor();
    expect(page.url()).toContain(run);
  });
});

describe("a run in Node", () => {
  it("is found again by a page that is loaded anew, and by another", async () => {
    const { page } = seen;
    await start(page, { epochs: 500, node: true });
    await page.locator('svg[aria-labelledby^="curve-loss"] .dots.train circle').nth(3).waitFor();
    await page.reload();
    await expect.poll(() => status(page).innerText()).toBe("Running");
    await page.locator('svg[aria-labelledby^="curve-loss"] .dots.train circle').nth(3).waitFor();

    const other = await seen.context.newPage();
    await other.goto(new URL(studio.url).origin);
    await other.locator(".chip").click();
    await button(other, "Pause").click();
    await expect.poll(() => status(page).innerText()).toBe("Paused");
    await button(other, "Cancel").click();
    await expect.poll(() => status(page).innerText()).toBe("Cancelled");
  });
});

it("goes on with a run that was cut off, after its last checkpoint", async () => {
  const { page } = seen;
  await start(page, { epochs: 30, node: true });
  await page.locator('svg[aria-labelledby^="curve-loss"] .dots.train circle').nth(5).waitFor();
  await button(page, "Cancel").click();
  await expect.poll(() => status(page).innerText()).toBe("Cancelled");
  await page.reload();
  await button(page, "Continue in Node").click();
  await expect.poll(() => status(page).innerText()).toBe("Running");
  await page.getByText(/continuing after epoch \d+ of 30/).waitFor();
  await page.getByRole("heading", { name: "Most confident mistakes" }).waitFor();
  const run = /digits-\d{8}-\d{6}(-\d+)?/.exec(page.url())?.[0] as string;
  const lines = readFileSync(join(studio.folder, "runs", run, "history.jsonl"), "utf8")
    .trim()
    .split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { epoch: number }).epoch)).toEqual(lines.map((_, i) => i + 1));
  expect(lines).toHaveLength(30);
});

it("gives the same weights in the page as in Node, byte for byte, with strict", async () => {
  const { page } = seen;
  const weights: Buffer[] = [];
  for (const node of [false, true]) {
    await page.goto(`${new URL(studio.url).origin}/#/`);
    await page.getByRole("link", { name: "digits" }).click();
    await page.getByLabel("Strict").check();
    await page.getByLabel(node ? "In Node" : "In this page").check();
    await page.getByLabel("Epochs").fill("2");
    await button(page, "Start training").click();
    await page.getByRole("link", { name: /report\.html/ }).waitFor();
    const run = /digits-\d{8}-\d{6}(-\d+)?/.exec(await page.locator(".path").innerText())?.[0] as string;
    weights.push(readFileSync(join(studio.folder, "runs", run, "model.safetensors")));
  }
  expect(weights[0]?.length).toBeGreaterThan(400_000);
  expect(weights[0]?.equals(weights[1] as Buffer)).toBe(true);
});

it("leaves the page's own thread free: no task of it computes for more than 50 ms", async () => {
  const { page } = seen;
  await page.getByRole("link", { name: "digits" }).click();
  await page.getByLabel("Epochs").fill("20");
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  await button(page, "Start training").click();
  await page.getByRole("heading", { name: "Where it comes from" }).waitFor();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(threadOf);
  // Computing time, not the clock's: other programs may have the processor meanwhile.
  const tasks = traceEvents.filter((event) => /RunTask$/.test(event.name) && event.tdur !== undefined && mains.includes(threadOf(event)));
  const longest = Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
  console.log(`the longest of ${tasks.length} tasks of the page's thread: ${longest.toFixed(1)} ms`);
  expect(tasks.length).toBeGreaterThan(100);
  expect(longest).toBeLessThan(50);
});

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
