// Rows in the studio, stage by stage, without training.
import type { Page } from "playwright";
import { expect, it } from "vitest";
import type { Definition } from "./definitions.ts";
import { visitEachTime } from "./visits.ts";

const here = visitEachTime();

async function open(page: Page, name: Definition): Promise<void> {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: "Rows", exact: true }).click();
}

const done = (page: Page): Promise<void> => page.getByRole("button", { name: "Look again" }).waitFor();
const stages = (page: Page): Promise<string[]> => page.locator(".seen h3").allInnerTexts();

it("are pictures, and what augmentation makes of them", async () => {
  const { page } = here.seen;
  await open(page, "digits");
  await done(page);
  expect(await stages(page)).toEqual(["strokes", "split", "minMax"]);
  expect(await page.locator(".strip canvas").count()).toBe(6);
  const ink = await page
    .locator(".strip canvas")
    .first()
    .evaluate((canvas) => {
      const pen = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
      const { data } = pen.getImageData(0, 0, 28, 28);
      return data.filter((value, i) => i % 4 === 0 && value > 128).length;
    });
  expect(ink).toBeGreaterThan(10);
  expect(await page.locator(".examples .card").count()).toBe(10);
  expect(await page.locator(".examples .after img").count()).toBe(30);
  await page.getByLabel("Rows to follow").selectOption("3");
  await expect.poll(() => page.locator(".strip canvas").count()).toBe(3);
});

it("are rows of a table, with the cells that changed, and those that went", async () => {
  const { page } = here.seen;
  await open(page, "table");
  await done(page);
  await page.getByLabel("Rows to follow").selectOption("12");
  // The button of the rows before stands there for a moment.
  await expect.poll(() => page.locator(".seen > li").nth(3).locator("tbody tr").count()).toBeGreaterThan(6);
  await done(page);
  expect(await stages(page)).toEqual(["csv", "dropMissing", "split", "standardize", "oneHot"]);
  expect(await page.locator(".seen li").nth(1).innerText()).toContain("120 → 119 rows");
  expect(await page.locator(".removed").innerText()).toContain("row 7: size is missing");
  const scaled = page.locator(".seen > li").nth(3);
  expect(await scaled.locator("tbody tr").first().locator("td").allInnerTexts()).toEqual([
    expect.stringMatching(/^-?\d\.\d+$/),
    expect.any(String),
  ]);
  expect(await scaled.locator("td.changed").count()).toBe(await scaled.locator("tbody tr").count());
});

it("are texts, as words and as what the network reads", async () => {
  const { page } = here.seen;
  await open(page, "reviews");
  await done(page);
  const lines = page.locator(".seen > li").nth(2).locator(".lines li");
  expect(await lines.first().innerText()).toContain("a · wonderful · film");
});

it("stop where a run would stumble, and say why", async () => {
  const { page } = here.seen;
  await open(page, "digits");
  await page.getByRole("link", { name: "Settings" }).click();
  const model = page.getByRole("region", { name: "Model", exact: true });
  await model.getByLabel("What to add to Model").selectOption("lstm");
  await model.locator(".adding").getByRole("button").click();
  await page.getByRole("link", { name: "Rows", exact: true }).click();
  expect(await page.getByRole("alert").innerText()).toMatch(/^model\[3\] lstm: expected \[\*, steps, features\]/);
  expect(await stages(page)).toEqual(["strokes", "split", "minMax"]);
});

it("are called off by a button", async () => {
  const { page } = here.seen;
  await page.getByRole("link", { name: "digits", exact: true }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("region", { name: "Source", exact: true }).getByLabel("rows", { exact: true }).fill("500000");
  await page.getByRole("link", { name: "Rows", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await done(page);
  expect(await stages(page)).toEqual([]);
  await expect.poll(() => page.workers().length).toBe(0);
});
