// node bench/tables/main.ts [ROWS]: a generated table of 15 columns (default 1,000,000 rows) read, cleaned, divided and encoded, beside its
// parser alone; each in a process of its own, in turn, three times. Times are the processor's, medians; memory is the most that a process held.
// "Its parser alone" is three things: one that finds records and cells and looks at none; one that makes a string of every cell, as parsers
// of CSV do; and ours, which makes typed columns (numbers, and categories with their dictionaries) of them.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { cellReader, cellText } from "../../src/data/csv/cells.ts";
import { openLayout, readColumns, wantedColumn } from "../../src/data/csv/readColumns.ts";
import { recordScanner } from "../../src/data/csv/scanRecords.ts";
import { utf8Chunks } from "../../src/data/csv/utf8Chunks.ts";
import { columnSettings } from "../../src/data/csv.ts";
import { csv } from "../../src/node/index.ts";
import { openOnDisk } from "../../src/node/openOnDisk.ts";
import { clean, loadSource, normalize, split } from "../../src/pipeline/prepare.ts";
import { contextOf, last, pipelineOf, withTable } from "./bigTable.ts";

const io = { progress: () => undefined, warn: () => undefined, pause: async () => undefined };

async function scan(path: string, text: boolean): Promise<number> {
  const read = cellReader(34);
  let cells = 0;
  const scanner = recordScanner({ delimiter: 44, quote: 34, comment: -1, skip: 0 }, path, (record) => {
    if (!text) cells += record.cells;
    else for (let c = 0; c < record.cells; c++) cells += cellText(read(record, c), () => path).length;
  });
  for await (const chunk of utf8Chunks(await openOnDisk(path, path), undefined, io)) scanner.push(chunk);
  scanner.end();
  return cells;
}

async function typed(path: string): Promise<unknown> {
  const file = await openOnDisk(path, path);
  const layout = await openLayout(file, {}, io);
  const settings = columnSettings(csv(path));
  const wanted = layout.names.map((name) => wantedColumn(name, undefined, settings));
  await readColumns(file, layout, wanted, settings, io);
  return wanted.map(({ builder }) => builder.column());
}

async function table(path: string): Promise<unknown> {
  const context = contextOf(pipelineOf(path));
  return last(normalize(context)(await last(split(context)(await last(clean(context)(await last(loadSource(context)())))))));
}

const tasks: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  "parser: cells found, none looked at": (path) => scan(path, false),
  "parser: every cell a string": (path) => scan(path, true),
  "parser: typed columns": typed,
  "read, cleaned, divided, encoded": table,
};

interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

const [first = "1000000", path] = process.argv.slice(2);
if (path !== undefined) {
  const before = process.cpuUsage();
  await tasks[first]?.(path);
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 } satisfies Cost));
} else {
  await withTable(Number(first), (file) => {
    console.log(`${first} rows × 15 columns, ${(statSync(file).size / 2 ** 20).toFixed(0)} MB`);
    const names = Object.keys(tasks);
    const runs = new Map<string, Cost[]>(names.map((name) => [name, []]));
    for (let round = 0; round < 3; round++) {
      for (const name of names) {
        const { stdout } = spawnSync(process.execPath, [import.meta.filename, name, file], { encoding: "utf8" });
        runs.get(name)?.push(JSON.parse(stdout) as Cost);
      }
    }
    const medians = names.map((name): Cost => {
      const [, median = { seconds: 0, megabytes: 0 }] = (runs.get(name) ?? []).toSorted((a, b) => a.seconds - b.seconds);
      return median;
    });
    const all = medians.at(-1)?.seconds ?? 0;
    for (const [i, { seconds, megabytes }] of medians.entries()) {
      const ratio = i < medians.length - 1 ? `  all of it is × ${(all / seconds).toFixed(2)}` : "";
      console.log(`${names[i]?.padEnd(36)} ${seconds.toFixed(2)} s  peak ${megabytes.toFixed(0).padStart(3)} MB${ratio}`);
    }
  });
}
