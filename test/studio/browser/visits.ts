// For the tests of a file: a browser, a studio with the definitions, and for each test a visit in which nothing may go wrong.
import type { Browser } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type Definition, definitionFiles } from "./definitions.ts";
import { openChromium, type RunningStudio, startStudio, type Visit, visit } from "./studio.ts";

export interface Here {
  studio: RunningStudio;
  /** Where each definition lies. */
  files: Readonly<Record<Definition, string>>;
  seen: Visit;
}

/** What it returns is filled in before the first test. */
export function visitEachTime(): Readonly<Here> {
  const here = {} as Here;
  let browser: Browser | undefined;
  beforeAll(async () => {
    here.files = await definitionFiles();
    [browser, here.studio] = await Promise.all([openChromium(), startStudio(Object.values(here.files))]);
  });
  afterAll(async () => {
    await browser?.close();
    await here.studio?.close();
  });
  beforeEach(async () => {
    here.seen = await visit(browser as Browser, here.studio.url);
  });
  afterEach(async () => {
    expect(here.seen.faults).toEqual([]);
    await here.seen.context.close();
  });
  return here;
}
