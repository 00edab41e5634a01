// Settings, rows and trials, light and dark, wide and narrow: nothing for axe-core to blame, nothing wider than its window. A picture of each
// is kept beside the tests, to look at.
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Definition, definitionFiles } from "./definitions.ts";
import { openChromium, type RunningStudio, startStudio, visit } from "./studio.ts";

let browser: Browser;
let studio: RunningStudio;
const runs: Partial<Record<Definition, string>> = {};
beforeAll(async () => {
  browser = await openChromium();
  studio = await startStudio(Object.values(await definitionFiles()));
  const { page, context } = await visit(browser, studio.url);
  for (const name of ["digits", "table", "reviews", "writer"] as const) {
    await page.goto(`${new URL(studio.url).origin}/#/`);
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("button", { name: "Start training" }).click();
    await page.getByRole("link", { name: /report\.html/ }).waitFor();
    runs[name] = /[a-z]+-\d{8}-\d{6}(-\d+)?/.exec(await page.locator(".path").innerText())?.[0] as string;
  }
  await context.close();
});
afterAll(async () => {
  await browser?.close();
  await studio?.close();
});

const tab = async (page: Page, name: Definition, tab: string): Promise<void> => {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: tab, exact: true }).click();
};

const rows =
  (name: Definition) =>
  async (page: Page): Promise<void> => {
    await tab(page, name, "Rows");
    await page.getByRole("button", { name: "Look again" }).waitFor();
  };

const trial =
  (name: Definition, act: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    await page.evaluate((run) => {
      location.hash = `#/run/${run}`;
    }, runs[name]);
    await page.getByRole("heading", { name: "Try it" }).waitFor();
    await act(page);
  };

const views: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async settings(page) {
    await tab(page, "digits", "Settings");
    await page.getByLabel("optimizer", { exact: true }).selectOption("sgd");
    await page.getByLabel("learning rate", { exact: true }).selectOption("cosineDecay");
  },
  async "settings-wrong"(page) {
    await tab(page, "table", "Settings");
    for (const details of await page.locator("details").all()) await details.evaluate((element) => element.setAttribute("open", ""));
    await page.getByLabel("units", { exact: true }).first().fill("0");
  },
  "rows-pictures": rows("digits"),
  "rows-table": rows("table"),
  "rows-texts": rows("reviews"),
  "try-digit": trial("digits", async (page) => {
    const box = await page.locator(".paper canvas").boundingBox();
    if (box === null) throw new Error("no paper");
    await page.mouse.move(box.x + 80, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 210, box.y + 60, { steps: 8 });
    await page.mouse.move(box.x + 130, box.y + 240, { steps: 8 });
    await page.mouse.up();
    await page.locator(".bars .best").waitFor();
  }),
  "try-row": trial("table", (page) => page.locator(".bars .best").waitFor()),
  "try-text": trial("reviews", async (page) => {
    await page.getByLabel("A text").fill("What a wonderful film, though it had a dull beginning and a splendid end.");
    await page.locator(".words").waitFor();
  }),
  "try-writer": trial("writer", async (page) => {
    await page.getByLabel("Characters").fill("60");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
  }),
};

describe.each(Object.entries(views))("%s", (name, reach) => {
  it.each([
    ["light", 1200],
    ["dark", 1200],
    ["light", 390],
  ] as const)("%s, %d wide", async (colorScheme, width) => {
    const settings = { colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" } as const;
    const { page, context, faults } = await visit(browser, studio.url, settings);
    await reach(page);
    await page.screenshot({ path: join(import.meta.dirname, `__screenshots__/${name}-${colorScheme}-${width}.png`), fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await page.evaluate(axe.source);
    const { violations, passes } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document));
    expect(violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
    expect(passes.length).toBeGreaterThan(15);
    expect(faults).toEqual([]);
    await context.close();
  });
});
