// Who may talk to the studio: the browser that was opened with the address that the terminal shows, and only the studio's own page in it.
//
// - The token in that address is exchanged for a cookie that no script can read and that other sites' requests do not carry.
// - The Host header must be ours: a foreign name that is made to point at this machine (DNS rebinding) is not.
// - What changes something must come from our own origin.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Answer, refused } from "./answer.ts";

export interface Guard {
  /** What opens the studio. */
  readonly token: string;
  /** An answer instead of the one that was asked for; undefined lets the request through. */
  check(request: Asked): Answer | undefined;
}

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

export function createGuard(port: number): Guard {
  const [token, secret] = [randomBytes(24).toString("base64url"), randomBytes(24).toString("base64url")];
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // A cookie belongs to a host, whatever the port.
  const cookie = `lanewise-${port}`;
  return {
    token,
    check({ method, url, headers }) {
      const host = headers.host ?? "";
      if (!hosts.includes(host)) return refused(403, "this is not the studio's address");
      const given = url.searchParams.get("token");
      if (given !== null) return same(given, token) && method === "GET" ? welcome(`${cookie}=${secret}`) : WRONG;
      if (!same(cookieOf(headers.cookie, cookie), secret)) return WRONG;
      const site = headers["sec-fetch-site"];
      if (site !== undefined && site !== "same-origin" && site !== "none") return FOREIGN;
      if (method !== "GET" && method !== "HEAD" && headers.origin !== `http://${host}`) return FOREIGN;
      return undefined;
    },
  };
}

const WRONG = refused(403, "open the studio with the address that the terminal shows");
const FOREIGN = refused(403, "the request does not come from the studio's page");

const welcome = (cookie: string): Answer => ({
  status: 303,
  headers: { location: "/", "set-cookie": `${cookie}; Path=/; HttpOnly; SameSite=Strict`, "cache-control": "no-store" },
});

function cookieOf(header: string | undefined, name: string): string {
  const found = (header ?? "").split(";").find((pair) => pair.trim().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1) ?? "";
}

/** Takes as long whether they agree or not. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
