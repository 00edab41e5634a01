// node bench/tables.ts [ROWS]: a generated table of 15 columns (default 1,000,000 rows) read, cleaned, divided and encoded, beside its parser
// alone; each in a process of its own, in turn, three times. Times are the processor's, medians.
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellReader, cellText } from "../src/data/csv/cells.ts";
import { recordScanner } from "../src/data/csv/scanRecords.ts";
import { utf8Chunks } from "../src/data/csv/utf8Chunks.ts";
import { csv, fillMissing, oneHot, type Pipeline, standardize } from "../src/node/index.ts";
import { openOnDisk } from "../src/node/openOnDisk.ts";
import { nodePlatform } from "../src/node/platform.ts";
import type { RunContext } from "../src/pipeline/context.ts";
import type { RunEvent } from "../src/pipeline/events.ts";
import { clean, loadSource, normalize, split } from "../src/pipeline/prepare.ts";
import { random } from "../src/random.ts";

const CATEGORIES = [9, 16, 7, 15, 6, 5, 2, 42];

/** Six numbers, eight columns of categories after those of the Adult set, a label; 2 to 5 of 100 cells are missing. */
function generate(path: string, rows: number): void {
  const source = random(1, 0);
  const names = CATEGORIES.map((n, c) =>
    Array.from({ length: n }, (_, i) => `category-${c}-${"abcdefghijkl".slice(0, 3 + ((i * 7) % 9))}${i}`),
  );
  const file = openSync(path, "w");
  writeSync(file, `n1,n2,n3,n4,n5,n6,${CATEGORIES.map((_, c) => `c${c}`).join(",")},label\n`);
  for (let done = 0; done < rows; done += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - done) }, () => {
      const u = (): number => source.uniform();
      const numbers = [
        u() < 0.02 ? "" : 17 + source.integer(73),
        source.integer(1e6),
        (u() * 16).toFixed(3),
        u() < 0.1 ? (u() * 1e5).toFixed(2) : 0,
      ];
      const categories = names.map((list, c) =>
        c === 0 && u() < 0.05 ? "?" : c === 1 && u() < 0.02 ? '"other, ""special"""' : list[source.integer(list.length)],
      );
      return [...numbers, (u() * 4000).toFixed(1), source.integer(99), ...categories, u() < 0.25 ? ">50K" : "<=50K"].join(",");
    });
    writeSync(file, `${lines.join("\n")}\n`);
  }
  closeSync(file);
}

async function scan(path: string, text: boolean): Promise<number> {
  const read = cellReader(34);
  let cells = 0;
  const scanner = recordScanner({ delimiter: 44, quote: 34, comment: -1, skip: 0 }, path, (record) => {
    for (let c = 0; c < record.cells; c++) cells += text ? cellText(read(record, c), () => path).length : 1;
  });
  const io = { progress: () => undefined, pause: async () => undefined };
  for await (const chunk of utf8Chunks(await openOnDisk(path, path), undefined, io)) scanner.push(chunk);
  scanner.end();
  return cells;
}

async function last<T>(events: AsyncGenerator<RunEvent, T, undefined>): Promise<T> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) return next.value;
  }
}

async function table(path: string): Promise<void> {
  const pipeline: Pipeline = {
    source: csv(path),
    clean: [fillMissing({ columns: "numeric" }), fillMissing({ strategy: "constant", value: "unknown", columns: "category" })],
    split: { test: 0.2, validation: 0.1, stratify: true },
    normalize: [standardize(), oneHot()],
    model: [],
    train: { loss: "binaryCrossentropy" },
  };
  const signal = new AbortController().signal;
  const context: RunContext = { pipeline, platform: nodePlatform, options: {}, signal, store: undefined, started: 0 };
  await last(normalize(context)(await last(split(context)(await last(clean(context)(await last(loadSource(context)())))))));
}

const tasks: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  "parser alone": (path) => scan(path, false),
  "parser, every cell as a string": (path) => scan(path, true),
  "read, cleaned, divided, encoded": table,
};

const [first = "1000000", path] = process.argv.slice(2);
if (path !== undefined) {
  const before = process.cpuUsage();
  await tasks[first]?.(path);
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
} else {
  const folder = mkdtempSync(join(tmpdir(), "lanewise-bench-"));
  try {
    const file = join(folder, "table.csv");
    generate(file, Number(first));
    console.log(`${first} rows × 15 columns, ${(statSync(file).size / 2 ** 20).toFixed(0)} MB`);
    const runs = Object.fromEntries(Object.keys(tasks).map((name) => [name, [] as { seconds: number; megabytes: number }[]]));
    for (let round = 0; round < 3; round++) {
      for (const name of Object.keys(tasks)) {
        const { stdout } = spawnSync(process.execPath, [import.meta.filename, name, file], { encoding: "utf8" });
        runs[name]?.push(JSON.parse(stdout) as { seconds: number; megabytes: number });
      }
    }
    let parser = 0;
    for (const [name, found] of Object.entries(runs)) {
      const [, median = { seconds: 0, megabytes: 0 }] = found.toSorted((a, b) => a.seconds - b.seconds);
      parser ||= median.seconds;
      const ratio = (median.seconds / parser).toFixed(2);
      console.log(`${name.padEnd(34)} ${median.seconds.toFixed(2)} s  × ${ratio}  peak ${median.megabytes.toFixed(0)} MB`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
