/** What relative addresses are relative to: the page, or the file of the Worker that this runs in. A `blob:` is relative to nothing. */
export function baseUrl(): string {
  if (typeof document !== "undefined") return document.baseURI;
  return location.protocol === "blob:" ? location.origin : location.href;
}
