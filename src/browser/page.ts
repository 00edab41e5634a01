// Where this runs: in a page, or in a Worker of one.

export const isPage = typeof document !== "undefined";

/** What relative addresses are relative to: the page, or the file of the Worker. A `blob:` is relative to nothing. */
export function baseUrl(): string {
  if (isPage) return document.baseURI;
  return location.protocol === "blob:" ? location.origin : location.href;
}
