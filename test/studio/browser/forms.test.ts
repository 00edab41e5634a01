// Settings in the studio: what is filled in is what runs, what is wrong is said beside its field, and keys are enough.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { describe, expect, it } from "vitest";
import type { Definition } from "./definitions.ts";
import { visitEachTime } from "./visits.ts";

const here = visitEachTime();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const part = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const code = (page: Page) => part(page, "Take it along").locator("pre");

async function open(page: Page, name: Definition): Promise<void> {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { name: "Model", exact: true }).waitFor();
}

const field = (within: Locator, name: string) => within.getByLabel(name, { exact: true });

const kinds = (page: Page, name: string): Promise<string[]> => part(page, name).locator(".card-top b").allInnerTexts();

describe("settings", () => {
  it("are what runs", async () => {
    const { page } = here.seen;
    await open(page, "digits");
    await field(part(page, "Model"), "units").first().fill("24");
    await field(part(page, "Train"), "epochs").fill("1");
    await field(part(page, "Train"), "optimizer").selectOption("rmsprop");
    await field(part(page, "Train"), "learning rate").selectOption("a number");
    await field(part(page, "Train"), "learning rate, value").first().fill("0.005");
    await field(part(page, "Source"), "rows").fill("600");
    await expect.poll(() => page.locator(".changed").innerText()).toContain("source, model, train");
    await page.getByRole("link", { name: "Run", exact: true }).click();
    await button(page, "Start training").click();
    await page.getByRole("link", { name: /report\.html/ }).waitFor();
    const run = /digits-\d{8}-\d{6}(-\d+)?/.exec(await page.locator(".path").innerText())?.[0] as string;
    const { pipeline } = JSON.parse(readFileSync(join(here.studio.folder, "runs", run, "pipeline.json"), "utf8"));
    expect(pipeline.model[1]).toEqual({ kind: "dense", units: 24, activation: "relu" });
    expect(pipeline.train).toMatchObject({ epochs: 1, optimizer: { kind: "rmsprop", learningRate: 0.005 } });
    expect(pipeline.source).toEqual({ kind: "strokes", rows: 600, test: 500 });
  });

  it("that are wrong say so beside their field, and are not taken over", async () => {
    const { page } = here.seen;
    await open(page, "digits");
    const units = field(part(page, "Model"), "units").first();
    await units.fill("0");
    const message = "expected an integer >= 1, got 0";
    expect(await page.getByRole("alert").innerText()).toContain(message);
    expect(await units.getAttribute("aria-invalid")).toBe("true");
    const described = (await units.getAttribute("aria-describedby"))?.split(" ").at(-1);
    expect(await page.locator(`#${described}`).innerText()).toBe(message);
    expect(await code(page).innerText()).toContain("dense(64, ");
    await page.getByRole("heading", { name: "digits" }).click();
    await button(page, "Show it").click();
    expect(await units.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole("link", { name: "Rows", exact: true }).click();
    await page.getByRole("link", { name: "Settings" }).click();
    expect(await page.getByRole("alert").innerText()).toContain(message);
    await units.fill("32");
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await code(page).innerText()).toContain("dense(32, ");
  });

  it("may be on their way to what is meant", async () => {
    const { page } = here.seen;
    await open(page, "digits");
    await field(part(page, "Split"), "validation").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("0.05");
    expect(await field(part(page, "Split"), "validation").inputValue()).toBe("0.05");
    expect(await code(page).innerText()).toContain("validation: 0.05");
  });

  it("show their defaults, and go back to them", async () => {
    const { page } = here.seen;
    await open(page, "digits");
    const train = part(page, "Train");
    expect(await field(train, "batch size").getAttribute("placeholder")).toBe("32");
    await field(train, "batch size").fill("8");
    await train.getByRole("button", { name: "Reset batch size to its default" }).click();
    expect(await field(train, "batch size").inputValue()).toBe("");
    await train.getByText("More settings").last().click();
    await field(train, "shuffle").uncheck();
    expect(await code(page).innerText()).toContain("shuffle: false");
    await button(page, "Undo all").click();
    await expect.poll(() => code(page).innerText()).not.toContain("shuffle");
  });

  it("are added, moved and removed by keys alone, and the focus stays with them", async () => {
    const { page } = here.seen;
    await open(page, "digits");
    expect(await kinds(page, "Augment")).toEqual(["rotate", "crop"]);
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null);
    await field(part(page, "Augment"), "What to add to Augment").focus();
    await page.keyboard.type("zoom");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await kinds(page, "Augment")).toEqual(["rotate", "crop", "zoom"]);
    expect(await page.getByRole("status").innerText()).toBe("zoom is added as number 3");
    await button(page, "Move zoom (3) up").focus();
    await page.keyboard.press("Enter");
    expect(await kinds(page, "Augment")).toEqual(["rotate", "zoom", "crop"]);
    expect(await focused()).toBe("Move zoom (2) up");
    await page.keyboard.press("Enter");
    expect(await kinds(page, "Augment")).toEqual(["zoom", "rotate", "crop"]);
    expect(await focused()).toBe("Move zoom (1) down");
    await button(page, "Remove rotate (2)").focus();
    await page.keyboard.press("Enter");
    expect(await kinds(page, "Augment")).toEqual(["zoom", "crop"]);
    expect(await focused()).toBe("Remove crop (2)");
    expect(await code(page).innerText()).toContain("augment: [zoom({ range: [0.9, 1.1] }), crop({ padding: 2 })]");
  });

  it("hold other things: a schedule in an optimizer, a regularizer in a layer, callbacks", async () => {
    const { page } = here.seen;
    await open(page, "digits");
    const train = part(page, "Train");
    await field(train, "optimizer").selectOption("sgd");
    await field(train, "learning rate").selectOption("cosineDecay");
    await field(train, "decay steps").first().fill("7");
    await field(train, "What to add to callbacks").selectOption("earlyStopping");
    await train.locator(".adding").getByRole("button").click();
    await train.locator(".of-callback").getByText("Settings").click();
    await field(train, "patience").fill("3");
    const first = part(page, "Model").locator(".piece").nth(1);
    await first.getByText("More settings").click();
    await field(first, "kernel regularizer").selectOption("l1l2");
    expect(await page.getByRole("alert").count()).toBe(0);
    const text = await code(page).innerText();
    expect(text).toContain("learningRate: cosineDecay({ initialLearningRate: 0.001, decaySteps: 7");
    expect(text).toContain("callbacks: [earlyStopping({ patience: 3 })]");
    expect(text).toContain("kernelRegularizer: l1l2(0, 0.01)");
    await part(page, "Take it along").getByRole("button", { name: "--set options" }).click();
    expect(await code(page).innerText()).toContain("--set 'train.callbacks=");
  });
});
