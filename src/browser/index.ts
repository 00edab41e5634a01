// The package as a page sees it: the public names, and `run`, `loadModel` and `reportHtml` in a browser.
export * from "../index.ts";
export { loadModel } from "./loadModel.ts";
export { reportHtml } from "./reportHtml.ts";
export { type BrowserRunOptions, run } from "./run.ts";
export type { RunFiles } from "./runFiles.ts";
