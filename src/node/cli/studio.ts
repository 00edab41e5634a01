// `lanewise studio`: serves the studio until it is told to stop.
import { coloursFor } from "./colours.ts";
import type { Command } from "./command.ts";
import { usageError } from "./failure.ts";

export const studioCommand: Command = {
  name: "studio",
  summary: "Opens a page on this machine that trains pipelines, in the browser or in Node, shows how it goes, and compares runs.",
  usage: "lanewise studio [FILE…] [options]",
  options: {
    port: { type: "string", value: "N", help: "the port on 127.0.0.1 (default: one that is free)" },
    node: { type: "boolean", help: "start runs in Node, not in the browser, unless the page says otherwise" },
    data: { type: "string", value: "DIR", help: "where sources look for their files first (default: $LANEWISE_DATA)" },
    open: { type: "boolean", help: "open the page in the browser" },
  },
  examples: ["lanewise studio", "lanewise studio pipelines/mnist.ts --node --open"],
  needs: [],
  more: true,
  async run(given) {
    const port = given.text("port") ?? "0";
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw usageError("--port", `expected a number from 0 to 65535, got "${port}"`);
    const data = given.text("data");
    const { openStudio } = await import("../studio/server.ts");
    const studio = await openStudio({
      pipelines: given.positionals,
      port: Number(port),
      node: given.flag("node"),
      ...(data !== undefined && { data }),
    });
    const colours = coloursFor(process.stdout);
    process.stdout.write(
      `${colours.bold("The studio is open:")} ${colours.cyan(studio.url)}\n${colours.dim("Ctrl-C ends it, and the runs in Node with it.")}\n`,
    );
    if (given.flag("open")) (await import("../studio/openBrowser.ts")).openBrowser(studio.url);
    await stopped();
    await studio.close();
    return 0;
  },
};

/** A second signal ends the process at once. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
  });
}
