// The studio in Firefox, where there is one: trains on two threads, and draws.
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Firefox, openFirefox } from "../../firefox/firefox.ts";
import { type RunningStudio, startStudio } from "./studio.ts";

const program = [process.env.LANEWISE_FIREFOX, "/usr/bin/firefox", "/usr/bin/firefox-esr"].find(
  (path) => path !== undefined && existsSync(path),
);

describe.skipIf(program === undefined)("the studio in Firefox", () => {
  let firefox: Firefox;
  let studio: RunningStudio;
  beforeAll(async () => {
    [firefox, studio] = await Promise.all([openFirefox(program as string), startStudio()]);
    await firefox.visit(studio.url);
  });
  afterAll(async () => {
    await firefox?.close();
    await studio?.close();
  });

  const text = (): Promise<string> => firefox.evaluate("document.body.innerText");

  it("is isolated, and trains on two threads", async () => {
    expect(await firefox.evaluate("crossOriginIsolated")).toBe(true);
    await firefox.evaluate('(location.hash = "#/pipeline/:strokes")');
    await expect.poll(text).toContain("Start training");
    await firefox.evaluate(`(() => {
      const choose = (selector, value, event) => {
        const field = document.querySelector(selector);
        field.value = value;
        field.dispatchEvent(new Event(event, { bubbles: true }));
      };
      choose(".start input[type=number]", "3", "input");
      choose(".start select", "2", "change");
      document.querySelector(".start button[type=submit]").click();
      return true;
    })()`);
    await expect.poll(text, { timeout: 30_000 }).toContain("Most confident mistakes");
    expect(await text()).toMatch(/Finished/);
    expect(await firefox.evaluate('document.querySelectorAll("svg.chart .line").length')).toBeGreaterThan(2);
  });
});
