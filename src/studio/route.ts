// Where in the studio the reader is: the part of the address behind #.
import { useEffect, useState } from "preact/hooks";

export type Route =
  | { readonly page: "pipelines" }
  | { readonly page: "pipeline"; readonly file: string; readonly tab: string }
  | { readonly page: "runs" }
  | { readonly page: "run"; readonly run: string }
  | { readonly page: "compare"; readonly runs: readonly string[] };

export const linkTo = {
  pipelines: "#/",
  pipeline: (file: string, tab = ""): string => `#/pipeline/${encodeURIComponent(file)}${tab === "" ? "" : `/${tab}`}`,
  runs: "#/runs",
  run: (run: string): string => `#/run/${encodeURIComponent(run)}`,
  compare: (runs: readonly string[]): string => `#/compare/${runs.map(encodeURIComponent).join("/")}`,
} as const;

export function routeOf(hash: string): Route {
  const [page, ...rest] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decoded);
  const [first = "", second = ""] = rest;
  if (page === "pipeline" && first !== "") return { page, file: first, tab: second };
  if (page === "runs") return { page };
  if (page === "run" && first !== "") return { page, run: first };
  if (page === "compare" && rest.length > 1) return { page, runs: rest };
  return { page: "pipelines" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function go(link: string): void {
  location.hash = link;
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener("hashchange", changed);
    // It may have changed before anybody listened.
    changed();
    return () => removeEventListener("hashchange", changed);
  }, []);
  return routeOf(hash);
}
