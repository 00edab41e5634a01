// The report of a run, in a browser: from disk, without scripts or a network, light and dark, on wide screens and narrow ones.
import axe from "axe-core";
import { reportHtml } from "lanewise/browser";
import { afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { points } from "./programs.ts";
import { emulate, filesOf, openFromDisk, runAll } from "./support.ts";

const site = inject("site");
let html = "";
beforeAll(async () => {
  html = await (await fetch(`${site}/runs/digits/report.html`)).text();
});

describe("a report that is opened from disk, scripts disabled", () => {
  it.each([
    ["light", 1200],
    ["dark", 1200],
    ["light", 390],
  ] as const)("shows its figures: %s, %d wide", async (scheme, width) => {
    const { requests, charts, pictures, overflows } = await openFromDisk(html, "report", scheme, width);
    expect(requests).toEqual([]);
    expect(charts).toHaveLength(5);
    for (const chart of charts) {
      expect(chart.width).toBeGreaterThan(300);
      expect(chart.height).toBeGreaterThan(100);
      expect(chart.shapes).toBeGreaterThan(8);
    }
    expect(pictures.length).toBeGreaterThan(40);
    for (const picture of pictures) expect(picture).toEqual({ width: 28, height: 28 });
    expect(overflows).toBe(false);
  });

  it("is light for those who like it light, dark for others", async () => {
    const schemes = await Promise.all(
      (["light", "dark"] as const).map(async (scheme) => (await openFromDisk(html, "report", scheme, 800)).scheme),
    );
    expect(schemes).toEqual(["rgb(247, 248, 249)", "rgb(15, 19, 24)"]);
  });
});

it("is made in the page of what a run there has left", async () => {
  const files = filesOf(await runAll(points));
  const page = new DOMParser().parseFromString(await reportHtml(files), "text/html");
  expect(page.querySelectorAll("svg").length).toBeGreaterThan(2);
  expect(page.body.textContent).toContain("accuracy");
  await expect(reportHtml({})).rejects.toThrow("the given files/pipeline.json: not found");
});

it("is the one that Node has made of the same folder", async () => {
  expect(await reportHtml(`${site}/runs/digits`)).toBe(html);
});

describe("axe-core", () => {
  const before = [document.head.innerHTML, document.body.innerHTML] as const;
  afterEach(async () => {
    [document.head.innerHTML, document.body.innerHTML] = before;
    await emulate({ colorScheme: "light", media: "screen" });
  });

  it.each([{ colorScheme: "light" }, { colorScheme: "dark" }, { media: "print" }] as const)("finds nothing to blame: %j", async (media) => {
    await emulate(media);
    const page = new DOMParser().parseFromString(html, "text/html");
    document.documentElement.lang = page.documentElement.lang;
    document.head.innerHTML = page.head.innerHTML;
    document.body.innerHTML = page.body.innerHTML;
    for (const details of document.querySelectorAll("details")) details.open = true;
    const { violations, passes } = await axe.run(document);
    expect(violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "image-alt", "svg-img-alt", "heading-order"]));
  });
});
