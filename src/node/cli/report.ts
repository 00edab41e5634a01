// `lanewise report`: makes the report of a run from what its folder holds.
import { join } from "node:path";
import { readRecord } from "../../pipeline/report/readRecord.ts";
import { reportHtml } from "../../report/reportHtml.ts";
import { openStore } from "../store.ts";
import type { Command } from "./command.ts";
import { openRun } from "./openRun.ts";

export const reportCommand: Command = {
  name: "report",
  summary: "Makes the report of a run (report.html) anew from its folder; of an interrupted run, too.",
  usage: "lanewise report RUN",
  options: { json: { type: "boolean", help: "print one JSON object" } },
  examples: ["lanewise report runs/mnist-20261124-101500"],
  needs: ["RUN"],
  async run(given) {
    const folder = given.positionals[0] as string;
    const report = await writeReport(folder);
    process.stdout.write(given.flag("json") ? `${JSON.stringify({ run: folder, report })}\n` : `${report}\n`);
    return 0;
  },
};

/** Gives the path of the report. */
export async function writeReport(folder: string): Promise<string> {
  const html = reportHtml(await readRecord(openRun(folder)));
  const store = await openStore(folder);
  await store.write("report.html", new TextEncoder().encode(html));
  return join(folder, "report.html");
}
