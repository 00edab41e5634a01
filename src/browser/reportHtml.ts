// The report of a run in a page, from wherever its files are.
import { type RunFiles, readerOf } from "./runFiles.ts";

/** report.html: one page without scripts, to show in a frame, to keep or to print. Of a run that was cut off, as far as it came. */
export async function reportHtml(files: RunFiles): Promise<string> {
  const [report, { readRecord }, reader] = await Promise.all([
    import("../report/reportHtml.ts"),
    import("../pipeline/report/readRecord.ts"),
    readerOf(files),
  ]);
  return report.reportHtml(await readRecord(reader));
}
