// The package as a page sees it: the public names, and `run` and `loadModel` in a browser.
export * from "../index.ts";
export { loadModel, type ModelSource } from "./loadModel.ts";
export { type BrowserRunOptions, run } from "./run.ts";
