// What only the browser's driver can do for a test.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { defineBrowserCommand } from "@vitest/browser-playwright";

/** How many dedicated Workers this page has. */
export const workers = defineBrowserCommand<[]>(({ page }) => page.workers().length);

/** Whether the reader likes pages light or dark, and has this one printed. */
export interface Media {
  readonly colorScheme?: "light" | "dark";
  readonly media?: "print" | "screen";
}

export const emulate = defineBrowserCommand<[media: Media]>(({ page }, media) => page.emulateMedia(media));

export interface Drawn {
  /** All that was asked for besides the file itself. */
  readonly requests: readonly string[];
  readonly scheme: string;
  /** Of every picture on the page, its size; a chart's, how many shapes it has. */
  readonly charts: readonly { readonly width: number; readonly height: number; readonly shapes: number }[];
  readonly pictures: readonly { readonly width: number; readonly height: number }[];
  /** Whether the page is wider than its window. */
  readonly overflows: boolean;
}

/** Opens a page from disk in a window of its own, without scripts and without a network; a picture of it is kept beside the tests. */
export const openFromDisk = defineBrowserCommand<[html: string, name: string, colorScheme: "light" | "dark", width: number]>(
  async ({ context }, html, name, colorScheme, width): Promise<Drawn> => {
    const browser = context.browser();
    if (browser === null) throw new Error("the tests' page has no browser");
    const folder = await mkdtemp(join(tmpdir(), "lanewise-"));
    const window = await browser.newContext({ javaScriptEnabled: false, offline: true, colorScheme, viewport: { width, height: 900 } });
    try {
      const file = join(folder, "report.html");
      await writeFile(file, html);
      const page = await window.newPage();
      const requests: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      const address = pathToFileURL(file).href;
      await page.goto(address);
      await page.screenshot({ path: join(import.meta.dirname, `__screenshots__/${name}-${colorScheme}-${width}.png`), fullPage: true });
      const seen = await page.evaluate(() => ({
        scheme: getComputedStyle(document.body).backgroundColor,
        charts: [...document.querySelectorAll("svg.chart")].map((chart) => {
          const { width, height } = chart.getBoundingClientRect();
          return { width, height, shapes: chart.querySelectorAll("circle, path").length };
        }),
        pictures: [...document.images].map(({ naturalWidth, naturalHeight }) => ({ width: naturalWidth, height: naturalHeight })),
        overflows: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      }));
      return { ...seen, requests: requests.filter((url) => url !== address && !url.startsWith("data:")) };
    } finally {
      await window.close();
      await rm(folder, { recursive: true });
    }
  },
);
