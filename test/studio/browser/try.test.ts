// Models that were trained in the page, tried in it: a 7 is drawn, a review is typed, a row is filled in. Then those of folders.
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import type { Definition } from "./definitions.ts";
import { visitEachTime } from "./visits.ts";

const here = visitEachTime();

async function train(page: Page, name: Definition): Promise<void> {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("button", { name: "Start training" }).click();
  await page.getByRole("link", { name: /report\.html/ }).waitFor();
  await page.getByRole("heading", { name: "Try it" }).waitFor();
}

const best = (page: Page): Promise<string> => page.locator(".bars .best .bar-name").innerText();
const share = async (page: Page): Promise<number> => Number.parseFloat(await page.locator(".bars .best .bar-share").innerText());

type Point = readonly [x: number, y: number];
const strokes: Readonly<Record<string, readonly (readonly Point[])[]>> = {
  "7": [
    [
      [0.28, 0.2],
      [0.72, 0.2],
      [0.45, 0.82],
    ],
  ],
  "1": [
    [
      [0.5, 0.15],
      [0.5, 0.85],
    ],
  ],
};

/** Draws with the mouse, in parts of the paper. */
async function draw(page: Page, lines: readonly (readonly Point[])[]): Promise<void> {
  const paper = page.locator(".paper canvas");
  await paper.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await paper.boundingBox()) as { x: number; y: number; width: number; height: number };
  for (const [from, ...to] of lines) {
    await page.mouse.move(x + (from as Point)[0] * width, y + (from as Point)[1] * height);
    await page.mouse.down();
    for (const [a, b] of to) await page.mouse.move(x + a * width, y + b * height, { steps: 10 });
    await page.mouse.up();
  }
}

describe("a model of digits", () => {
  it("is drawn a 7 and says 7, from the page and from its folder", async () => {
    const { page } = here.seen;
    await train(page, "digits");
    await draw(page, strokes["7"] as readonly (readonly Point[])[]);
    await expect.poll(() => best(page)).toBe("7");
    expect(await share(page)).toBeGreaterThan(60);
    await expect.poll(() => page.getByRole("status").innerText()).toMatch(/^The model says 7, \d+ %/);
    await page.getByRole("button", { name: "Clear" }).click();
    await expect.poll(() => page.locator(".bars .best").count()).toBe(0);

    await page.reload();
    await page.getByRole("heading", { name: "Try it" }).waitFor();
    await page.locator(".paper canvas").waitFor();
    await draw(page, strokes["1"] as readonly (readonly Point[])[]);
    await expect.poll(() => best(page)).toBe("1");
  });

  it("is given a picture from a file, dark on light", async () => {
    const { page } = here.seen;
    await train(page, "digits");
    const png = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(200, 120);
      const pen = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
      pen.fillStyle = "#fdf8e8";
      pen.fillRect(0, 0, 200, 120);
      pen.strokeStyle = "#223";
      pen.lineWidth = 9;
      pen.lineCap = "round";
      pen.beginPath();
      pen.moveTo(30, 20);
      pen.lineTo(78, 20);
      pen.lineTo(48, 100);
      pen.stroke();
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return Array.from(bytes);
    });
    await page
      .getByLabel("Open a picture", { exact: true })
      .setInputFiles({ name: "seven.png", mimeType: "image/png", buffer: Buffer.from(png) });
    await expect.poll(() => best(page)).toBe("7");
    await page
      .getByLabel("Open a picture", { exact: true })
      .setInputFiles({ name: "no.png", mimeType: "image/png", buffer: Buffer.from("text") });
    expect(await page.getByRole("alert").innerText()).toBe("no.png is no picture that the browser can read");
  });
});

describe("a model of texts", () => {
  it("says what a review is, and which words make it so", async () => {
    const { page } = here.seen;
    await train(page, "reviews");
    await page.getByLabel("A text").fill("What a wonderful film, though it had a dull beginning and a splendid end.");
    await expect.poll(() => best(page)).toBe("pos");
    await expect.poll(() => page.locator(".words th").allInnerTexts()).toContain("wonderful");
    expect(await page.locator(".words tr", { hasText: "wonderful" }).innerText()).toMatch(/\+\d/);
    expect(await page.locator(".words tr", { hasText: "dull" }).innerText()).toMatch(/−\d/);
    expect(await page.locator(".influences .for").allInnerTexts()).toContain("wonderful");
    await page.getByLabel("A text").fill("An awful, boring story.");
    await expect.poll(() => best(page)).toBe("neg");
  });
});

describe("a model of characters", () => {
  it("goes on with a text, and stops when it is told to", async () => {
    const { page } = here.seen;
    await train(page, "writer");
    await page.getByLabel("It begins with").fill("hello wo");
    await page.getByLabel("Characters").fill("12");
    await page.getByLabel(/^Temperature/).fill("0");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect.poll(async () => (await page.locator(".written").innerText()).length).toBe(20);
    expect(await page.locator(".written").innerText()).toMatch(/^hello wo[helo wrd.]{12}$/);
    await page.getByLabel("Characters").fill("100000");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
  });
});

describe("a model of rows", () => {
  it("is given a row, category by name, from the example on", async () => {
    const { page } = here.seen;
    await train(page, "table");
    const colour = page.getByLabel("colour");
    expect(await colour.locator("option").allInnerTexts()).toEqual(["missing", "blue", "green", "red"]);
    expect(await page.getByLabel("size").inputValue()).toMatch(/^\d/);
    await page.getByLabel("size").fill("8.5");
    await colour.selectOption("red");
    await expect.poll(() => best(page)).toBe("whale");
    await page.getByLabel("size").fill("3");
    await colour.selectOption("green");
    await expect.poll(() => best(page)).toBe("fish");
    await page.getByLabel("size").fill("");
    expect(await page.getByRole("alert").innerText()).toMatch(/size is missing/);
  });
});
