// The Chromium that tests open pages in: $LANEWISE_CHROMIUM, or Debian's.
import { existsSync } from "node:fs";

const chromiumPath = process.env.LANEWISE_CHROMIUM ?? "/usr/bin/chromium";

/** What to do where there is none; undefined where there is one. */
export const missingChromium = existsSync(chromiumPath)
  ? undefined
  : `${chromiumPath}: there is no Chromium; apt-get install chromium, or set LANEWISE_CHROMIUM to one`;

/** For Playwright: without a screen, and without asking the network for anything. */
export const chromiumLaunch = {
  executablePath: chromiumPath,
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
