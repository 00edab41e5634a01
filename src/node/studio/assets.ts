// The page as it was built: a list of files that is read once, so no path of a request ever reaches the disk.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PipelineError } from "../../errors.ts";
import { type Answer, bytesAnswer, refused } from "./answer.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Beside what Node loads, or, where that is the sources, where they are built to. */
const built = new URL(extname(import.meta.url) === ".ts" ? "../../../dist/studio/" : "../../studio/", import.meta.url);

export type Assets = (path: string) => Answer;

export function openAssets(): Assets {
  const folder = fileURLToPath(built);
  if (!existsSync(join(folder, "index.html"))) throw new PipelineError("environment", folder, "the page is not built; npm run build");
  const files = new Map<string, Answer>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const path = `/${name.replaceAll("\\", "/")}`;
    // Names in assets/ carry a hash of what is in them.
    const cache = path.startsWith("/assets/") ? "private, max-age=31536000, immutable" : "no-cache";
    files.set(path, bytesAnswer(readFileSync(join(folder, name)), type, { "cache-control": cache }));
  }
  return (path) => files.get(path === "/" ? "/index.html" : path) ?? refused(404, "there is no such page");
}
