// Shows an address in the user's browser, where there is one.
import { spawn } from "node:child_process";

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] };

export function openBrowser(url: string): void {
  const [program = "", ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  // The address stands in the terminal, too.
  child.on("error", () => {});
  child.unref();
}
