// Every view of the studio, light and dark, wide and narrow: nothing for axe-core to blame, nothing wider than its window. A picture of each
// is kept beside the tests, to look at.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChromium, type RunningStudio, startStudio, visit } from "./studio.ts";

const small = (
  optimizer: string,
  epochs: number,
): string => `import { dense, dropDuplicates, flatten, minMax, pipeline, rotate, strokes } from "lanewise";
export default pipeline({
  source: strokes({ rows: 2000, test: 500 }),
  clean: [dropDuplicates()],
  normalize: [minMax({ to: [0, 1] })],
  augment: [rotate({ degrees: 8 })],
  split: { test: "given", validation: 0.1, stratify: true },
  model: [flatten(), dense(64, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: "${optimizer}", loss: "sparseCategoricalCrossentropy", epochs: ${epochs} },
  evaluate: ["accuracy", "f1", "confusionMatrix"],
  seed: 3,
});
`;

let browser: Browser;
let studio: RunningStudio;
let runs: string[] = [];
beforeAll(async () => {
  browser = await openChromium();
  studio = await startStudio([], async (folder) => {
    await mkdir(join(folder, "pipelines"));
    await writeFile(join(folder, "pipelines/quick.ts"), small("adam", 8));
    await writeFile(join(folder, "pipelines/slow.ts"), small("sgd", 6));
    await writeFile(join(folder, "pipelines/broken.ts"), "export default { source: 1 };\n");
  });
  const { page, context } = await visit(browser, studio.url);
  for (const name of ["quick", "slow"]) {
    await page.goto(`${new URL(studio.url).origin}/#/pipeline/pipelines%2F${name}.ts`);
    await page.getByRole("button", { name: "Start training" }).click();
    await page.getByRole("link", { name: /report\.html/ }).waitFor();
  }
  runs = await page.evaluate(async () => ((await (await fetch("/api/runs")).json()) as { folder: string }[]).map(({ folder }) => folder));
  await context.close();
});
afterAll(async () => {
  await browser?.close();
  await studio?.close();
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** How to get to each view, from the list of pipelines. */
const views: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  pipelines: (page) => page.getByRole("link", { name: "quick" }).waitFor(),
  async pipeline(page) {
    await page.getByRole("link", { name: "strokes" }).click();
    await button(page, "Start training").waitFor();
  },
  async live(page) {
    await page.getByRole("link", { name: "strokes" }).click();
    await page.getByLabel("Epochs").fill("400");
    await button(page, "Start training").click();
    await page.locator('svg[aria-labelledby^="curve-loss"] .dots.train circle').nth(4).waitFor();
    await button(page, "Pause").click();
    await page.waitForTimeout(400);
  },
  async runs(page) {
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await page.getByRole("checkbox").first().check();
  },
  async run(page) {
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await page.getByRole("link", { name: runs[0] as string }).click();
    await page.getByRole("heading", { name: "Most confident mistakes" }).waitFor();
  },
  async compare(page) {
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await page.getByRole("checkbox").nth(1).waitFor();
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await button(page, "Compare").click();
    await page.getByRole("heading", { name: "Comparison" }).waitFor();
  },
  async keys(page) {
    await page.getByRole("link", { name: "quick" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: "Keyboard" }).waitFor();
  },
};

const settings = [
  ["light", 1200],
  ["dark", 1200],
  ["light", 390],
] as const;

it.each(Object.entries(views))("%s: light and dark, wide and narrow", async (name, reach) => {
  const { page, context, faults } = await visit(browser, studio.url, { reducedMotion: "reduce" });
  await reach(page);
  await page.evaluate(axe.source);
  for (const [colorScheme, width] of settings) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(import.meta.dirname, `__screenshots__/${name}-${colorScheme}-${width}.png`), fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    const { violations, passes } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document));
    expect(violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
    expect(passes.length).toBeGreaterThan(15);
  }
  expect(faults).toEqual([]);
  await context.close();
});

it("goes where its address says, however early that changes", async () => {
  const context = await browser.newContext();
  await context.addInitScript({ content: 'addEventListener("DOMContentLoaded", () => { location.hash = "#/runs"; });' });
  const page = await context.newPage();
  await page.goto(studio.url);
  await page.getByRole("heading", { name: "Runs", exact: true }).waitFor({ timeout: 5000 });
  await context.close();
});
