// node bench/tables/stages.ts [ROWS]: every cleaning stage alone on the generated table (default 1,000,000 rows): what the thread computes for it,
// learning included, and the longest it keeps others waiting.
import {
  castTypes,
  clipOutliers,
  dropConstant,
  dropDuplicates,
  dropMissing,
  dropOutliers,
  fillMissing,
  filterRows,
  mapValues,
  parseMissing,
  requireRange,
  trimText,
} from "../../src/node/index.ts";
import { cleanRest, cleanShared, loadSource } from "../../src/pipeline/prepare.ts";
import { contextOf, last, pipelineOf, withTable } from "./bigTable.ts";
import { watchThread } from "./watchThread.ts";

const stages = {
  "dropDuplicates()": dropDuplicates(),
  "dropMissing()": dropMissing(),
  "fillMissing()": fillMissing(),
  'fillMissing({ strategy: "median" })': fillMissing({ strategy: "median" }),
  'fillMissing({ strategy: "mostFrequent" })': fillMissing({ strategy: "mostFrequent" }),
  'fillMissing({ strategy: "forward" })': fillMissing({ strategy: "forward" }),
  "clipOutliers()": clipOutliers(),
  "dropOutliers()": dropOutliers(),
  "filterRows({ column, min })": filterRows({ column: "n1", min: 30 }),
  "filterRows({ column, match })": filterRows({ column: "c3", match: "a" }),
  "requireRange({ min: 0 })": requireRange({ min: 0 }),
  "parseMissing([…])": parseMissing(["category-0-abc0", 0]),
  'castTypes({ number: "category" })': castTypes({ n1: "category" }),
  'castTypes({ category: "text" })': castTypes({ c7: "text" }),
  "mapValues({ category, number })": mapValues({ c2: { "category-2-abc0": "other" }, n1: { 17: 18 } }),
  "dropConstant()": dropConstant(),
  "trimText()": trimText(),
};

await withTable(Number(process.argv[2] ?? 1_000_000), async (path) => {
  const table = await last(loadSource(contextOf(pipelineOf(path)))());
  console.log(`${table.rows} rows × 15 columns                     computed   longest piece`);
  for (const [name, stage] of Object.entries(stages)) {
    const context = contextOf({ ...pipelineOf(path), clean: [stage] });
    const costs: { total: number; longest: number }[] = [];
    for (let round = 0; round < 3; round++) {
      const watch = watchThread();
      // What is missing afterwards is looked for by the end of clean, which is not timed here.
      await last(cleanRest(context)(await last(cleanShared(context)(table)))).catch(() => undefined);
      costs.push(watch.stop());
    }
    const middle = (of: "total" | "longest"): string =>
      `${costs
        .map((cost) => cost[of])
        .toSorted((a, b) => a - b)[1]
        ?.toFixed(0)} ms`;
    console.log(`${name.padEnd(44)} ${middle("total").padStart(8)} ${middle("longest").padStart(12)}`);
  }
});
