// What only the browser's driver can tell a test.
import { defineBrowserCommand } from "@vitest/browser-playwright";

/** How many dedicated Workers this page has. */
export const workers = defineBrowserCommand<[]>(({ page }) => page.workers().length);
